"""What all exporters share: files that appear whole or not at all, and what is said when they cannot."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from desktop_app.adapters.atomic_file import SHARED, replacing
from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full


@contextlib.contextmanager
def new_file(path: Path, sync: bool = True) -> Iterator[Path]:
    """A new file beside `path` to write to, which takes its place when the block ends well.

    Raises:
        AppError: EXPORT_FAILED, DISK_FULL; what was at `path` is then as it was.
    """
    with told(path), replacing(path, SHARED, sync) as temporary:
        yield temporary


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in the user's terms that something could not be written to `path`."""
    try:
        yield
    except OSError as problem:
        raise export_error(problem, path) from problem


def export_error(problem: OSError, path: Path) -> AppError:
    if is_disk_full(problem):
        return AppError(ErrorCode.DISK_FULL, detail=str(problem))
    return AppError(ErrorCode.EXPORT_FAILED, name=path.name, detail=str(problem))
