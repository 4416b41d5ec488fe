"""Replaces a file in one step: a reader sees the old bytes or the new ones, also after a power loss."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path

PRIVATE = 0o600
"""Readable and writable by its owner alone."""


def replace_file(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Write `data` to a new file beside `path` and move it there; a symbolic link stays a link.

    Args:
        mode: permission bits of the file; missing folders are made for the owner alone.

    Raises:
        OSError: the old file is then as it was, and nothing else is left behind.
    """
    target = path.resolve() if path.is_symlink() else path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        _write_through(temporary, data, mode)
        temporary.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _write_through(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too; Windows has no such call and does not need it.

    The file is in place by now: a file system that refuses this, as some network shares do, is no failure.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
