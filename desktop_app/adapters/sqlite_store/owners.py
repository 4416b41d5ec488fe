"""Tells whether the process that began something still lives.

Each process holds a lock on a file of its own for as long as it lives; the system lets go of the lock when
the process ends, however it ends. Neither process numbers that come again nor clocks that jump matter.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import uuid
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LEFTOVER_AGE_S = 3600.0


class Owner:
    """This process as an owner.

    Attributes:
        id: written beside what this process is working on.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Args:
            folder: where the owners of one library keep their lock files; made when missing.

        Raises:
            OSError: when the file cannot be made.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self.id = uuid.uuid4().hex
        self._path = folder / self.id
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with contextlib.suppress(OSError):  # a file system without locks: everybody then counts as alive
            _lock(self._descriptor)
        self._clear_leftovers()

    def is_alive(self, owner_id: str) -> bool:
        """Whether that owner's process still runs; also true when that cannot be found out."""
        if owner_id == self.id:
            return True
        try:
            descriptor = os.open(self._folder / owner_id, os.O_RDWR)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        try:
            _lock(descriptor)
        except OSError:
            return True
        finally:
            os.close(descriptor)
        return False

    def release(self) -> None:
        """Give the lock back; what is still marked with this id belongs to nobody then."""
        os.close(self._descriptor)
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _clear_leftovers(self) -> None:
        """Remove files of crashed processes; a young file may belong to one that is about to lock it."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                old = path.stat().st_mtime < time.time() - _LEFTOVER_AGE_S
                if old and not self.is_alive(path.name):
                    path.unlink()


def _lock(descriptor: int) -> None:
    """Raises OSError at once when somebody else holds the lock."""
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        # flock belongs to the open file, so it also tells two owners in one process apart.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
