"""Encoded thumbnails in a folder with a limit on its size.

Any number of threads and processes may use the same folder: files are put in place in one step, carry a
checksum, and may vanish at any time. A file that does not pass its checksum counts as absent. When the folder
outgrows its limit, the files that were not used for the longest time go first.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
import zlib
from pathlib import Path

_MARK = b"LDT1"
"""First bytes of every file; to be changed when what follows changes."""

_HEADER_BYTES = len(_MARK) + 4
_FILLED_AFTER_SWEEP = 0.9
_SWEEPS_PER_LIMIT = 20
"""The folder is measured again after this part of the limit was written."""

_USE_NOTED_EVERY_S = 3600
"""A file's time of last use is renewed no more often; on every read it would cost more than reading."""

_ABANDONED_AFTER_S = 3600
"""Age at which a half-written file is taken for the remains of a process that died."""

_SUFFIX = ".thumb"
_PART_SUFFIX = ".part"


class ThumbnailStore:
    """Bytes by key; every failure to read is a miss, and a failure to write loses nothing but time."""

    def __init__(self, folder: Path, cap_bytes: int) -> None:
        """`folder` is made when first needed; `cap_bytes`: limit on the sum of all file sizes."""
        self._folder = folder
        self._cap_bytes = cap_bytes
        self._sweeping = threading.Lock()
        self._counting = threading.Lock()
        self._unmeasured: int | None = None  # bytes written since the last sweep; None: never measured yet

    def limit_to(self, cap_bytes: int) -> None:
        """Keep below another limit; the next thumbnail that is put in brings the folder down to it."""
        with self._counting:
            self._cap_bytes = cap_bytes
            self._unmeasured = None

    def get(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        body = content[_HEADER_BYTES:]
        if content[:_HEADER_BYTES] != _header(body):
            with contextlib.suppress(OSError):  # another process may have replaced or removed it
                path.unlink()
            return None
        self._note_use(path)
        return body

    def put(self, key: str, body: bytes) -> None:
        path = self._path(key)
        part = path.with_name(f"{key}.{os.getpid()}-{threading.get_ident()}{_PART_SUFFIX}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_header(body) + body)
            part.replace(path)
        except OSError as problem:  # a full or read-only disk slows the gallery down and does nothing worse
            logging.getLogger(__name__).info("thumbnail not kept: %s", problem)
            with contextlib.suppress(OSError):
                part.unlink()
            return
        if self._is_sweep_due(_HEADER_BYTES + len(body)):
            self.sweep()

    def sweep(self) -> None:
        """Measure the folder and remove the longest unused files until it is well below its limit.

        Does nothing while another thread is at it.
        """
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            with self._counting:
                self._unmeasured = 0
            files = self._files()
            excess = sum(size for _, size, _ in files) - self._cap_bytes
            if excess > 0:
                _remove_oldest(files, excess + int(self._cap_bytes * (1 - _FILLED_AFTER_SWEEP)))
        finally:
            self._sweeping.release()

    def clear(self) -> None:
        """Remove every thumbnail; what other processes are using comes back when it is needed."""
        for _, _, path in self._files():
            with contextlib.suppress(OSError):
                Path(path).unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / (key + _SUFFIX)

    def _note_use(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _USE_NOTED_EVERY_S:
                os.utime(path)

    def _is_sweep_due(self, written: int) -> bool:
        with self._counting:
            if self._unmeasured is None:
                return True
            self._unmeasured += written
            return self._unmeasured > self._cap_bytes // _SWEEPS_PER_LIMIT

    def _files(self) -> list[tuple[float, int, str]]:
        """Time of last use, size and path of every thumbnail; removes abandoned parts on the way."""
        found: list[tuple[float, int, str]] = []
        now = time.time()
        for folder in _entries(str(self._folder)):
            for entry in _entries(folder.path):
                with contextlib.suppress(OSError):
                    status = entry.stat()
                    if entry.name.endswith(_SUFFIX):
                        found.append((status.st_mtime, status.st_size, entry.path))
                    elif entry.name.endswith(_PART_SUFFIX) and now - status.st_mtime > _ABANDONED_AFTER_S:
                        Path(entry.path).unlink()
        return found


def _header(body: bytes) -> bytes:
    return _MARK + zlib.crc32(body).to_bytes(4, "big")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:  # not made yet, removed meanwhile, or no folder
        return []


def _remove_oldest(files: list[tuple[float, int, str]], bytes_to_free: int) -> None:
    for _, size, path in sorted(files):
        if bytes_to_free <= 0:
            return
        with contextlib.suppress(OSError):
            Path(path).unlink()
            bytes_to_free -= size
