"""Looks at picture files without opening them as pictures; runs in worker threads that may get stuck."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from desktop_app.adapters.sqlite_store.picture_rows import FileStamp
from desktop_app.domain.errors import AppError

_Result = TypeVar("_Result")


class Workers(Protocol):
    """Threads for blocking work, given up after a time limit: a share may have stopped answering."""

    async def run(self, work: Callable[[], _Result], name: str) -> _Result: ...


class FileLooks:
    """Stamps and hashes of files; None for what cannot be found out."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    async def stamps(self, paths: Sequence[Path], within_s: float | None = None) -> list[FileStamp | None]:
        """Stamps of all files, or all None when that takes longer than `within_s`."""
        stamps = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                stamps = await self._in_worker(lambda: [_stamp(path) for path in paths], paths)
        return stamps or [None] * len(paths)

    async def content_hash(self, path: Path) -> str | None:
        return await self._in_worker(partial(_content_hash, path), [path])

    async def gone(self, paths: Sequence[Path]) -> list[bool]:
        """Whether each file is certainly no longer there."""
        missing = await self._in_worker(lambda: [_is_gone(path) for path in paths], paths)
        return missing or [False] * len(paths)

    async def _in_worker(self, work: Callable[[], _Result], paths: Sequence[Path]) -> _Result | None:
        try:
            return await self._workers.run(work, paths[0].name)
        except AppError:
            return None


def _stamp(path: Path) -> FileStamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return FileStamp(status.st_size, status.st_mtime_ns)


def _content_hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _is_gone(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False
