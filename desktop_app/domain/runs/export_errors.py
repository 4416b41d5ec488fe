"""What keeps an export from being written, in the user's terms."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full

_OF_THE_FOLDER = (errno.EROFS, errno.ENOTDIR, errno.EEXIST)
"""A disk that is read only; a file where the folder should be."""

_DENIED = (errno.EACCES, errno.EPERM)


@contextlib.contextmanager
def as_export_error(path: Path) -> Iterator[None]:
    """Say what keeps `path`, or a new file beside it that is to take its place, from being written.

    Raises:
        AppError: EXPORT_NO_ROOM, EXPORT_DENIED, EXPORT_FAILED instead of an OSError.
    """
    try:
        yield
    except OSError as problem:
        raise _error_of(problem, path) from problem


def _error_of(problem: OSError, path: Path) -> AppError:
    if is_disk_full(problem):
        return AppError(ErrorCode.EXPORT_NO_ROOM, name=path.name, detail=str(problem))
    if problem.errno in _OF_THE_FOLDER or (problem.errno in _DENIED and not _is_about(path, problem)):
        folder = path.parent.name or str(path.parent)
        return AppError(ErrorCode.EXPORT_DENIED, name=folder, detail=str(problem))
    return AppError(ErrorCode.EXPORT_FAILED, name=path.name, detail=str(problem))


def _is_about(path: Path, problem: OSError) -> bool:
    """Whether the file itself is in the way, open in another program for example, and not its folder."""
    return str(path) in (problem.filename, problem.filename2)
