"""Replaces a file in one step: a reader sees the old bytes or the new ones, also after a power loss."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

PRIVATE = 0o600
"""Readable and writable by its owner alone."""

SHARED = 0o666
"""As the user's other documents: what the system's mask leaves of it."""


def replace_file(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Write `data` to a new file beside `path` and move it there; a symbolic link stays a link.

    Args:
        mode: permission bits of the file; missing folders are made for the owner alone.

    Raises:
        OSError: the old file is then as it was, and nothing else is left behind.
    """
    with replacing(path, mode) as temporary:
        temporary.write_bytes(data)


@contextlib.contextmanager
def replacing(path: Path, mode: int = PRIVATE, sync: bool = True) -> Iterator[Path]:
    """A new file beside `path` to write to; when the block ends well, it takes the place of `path`.

    Args:
        mode: permission bits of a file that was not there before.
        sync: wait until it is on the disk; off for many small files that can be made again.

    Raises:
        OSError: the old file is then as it was, and nothing else is left behind.
    """
    new = NewFile(path, mode, sync)
    try:
        yield new.path
        new.commit()
    except BaseException:
        new.discard()
        raise


class NewFile:
    """A file beside another whose place it is to take, for work that is spread over time.

    Attributes:
        path: where to write; the file is there and empty.
    """

    def __init__(self, path: Path, mode: int = PRIVATE, sync: bool = True) -> None:
        """As `replacing`; folders that are missing are as private as the file."""
        self._target = path.resolve() if path.is_symlink() else path
        self._sync = sync
        self._target.parent.mkdir(mode=0o700 if mode == PRIVATE else 0o777, parents=True, exist_ok=True)
        self.path = self._target.with_name(f".{self._target.name[:48]}.{secrets.token_hex(4)}")
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        os.close(descriptor)
        if mode != PRIVATE and self._target.exists():
            with contextlib.suppress(OSError):  # some shares keep no permissions
                self.path.chmod(stat.S_IMODE(self._target.stat().st_mode))

    def commit(self) -> None:
        """Move it into place.

        Raises:
            OSError: the other file is then as it was; `discard` is still to be called.
        """
        if self._sync:
            descriptor = os.open(self.path, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        self.path.replace(self._target)
        if self._sync:
            _sync_folder(self._target.parent)

    def discard(self) -> None:
        """Remove it, unless it was moved into place."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


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
