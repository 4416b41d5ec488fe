"""Turns SQLite's errors into ours where the cause lies outside the program."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full

_OUTSIDE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PROTOCOL,
}
_BROKEN = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_SPARE_BYTES = 1_000_000


def as_app_error(problem: Exception, path: Path) -> AppError | None:
    """Our error for what went wrong at the library `path`, or None when it is a mistake of the program."""
    if isinstance(problem, OSError):
        code = ErrorCode.DISK_FULL if is_disk_full(problem) else ErrorCode.STORE_UNAVAILABLE
        return AppError(code, detail=str(problem))
    if not isinstance(problem, sqlite3.Error):
        return None
    primary = _primary_code(problem)
    detail = f"{getattr(problem, 'sqlite_errorname', type(problem).__name__)}: {problem} ({path})"
    if primary == sqlite3.SQLITE_FULL:
        return AppError(ErrorCode.DISK_FULL, detail=detail)
    if primary in _BROKEN:
        return AppError(ErrorCode.STORE_BROKEN, detail=detail, path=str(path))
    if primary not in _OUTSIDE:
        return None
    # A quota or a file size limit shows as an input/output error, not as SQLITE_FULL.
    full = primary == sqlite3.SQLITE_IOERR and _is_full(path.parent)
    return AppError(ErrorCode.DISK_FULL if full else ErrorCode.STORE_UNAVAILABLE, detail=detail)


def is_busy(problem: BaseException | None) -> bool:
    """Whether another process holds the library."""
    return isinstance(problem, sqlite3.Error) and _primary_code(problem) == sqlite3.SQLITE_BUSY


def _primary_code(problem: sqlite3.Error) -> int:
    """The extended code's low byte; errors of the Python module itself carry none and give 0."""
    code: int = getattr(problem, "sqlite_errorcode", 0)
    return code & 0xFF


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _SPARE_BYTES
    except OSError:
        return False
