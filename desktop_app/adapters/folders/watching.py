"""Tells when a folder's contents change: by the operating system's notices, or by looking now and then."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

SETTLE_S = 0.3
"""Changes within this time after the first are told together, in seconds."""

LOOK_EVERY_S = 5.0
"""Between two looks at folders that give no notices, in seconds; one look costs one request per folder."""

_NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "ncpfs",
    }
)


def watch_folder(
    folder: Path, recursive: bool, changed: Callable[[], None], look_every_s: float = LOOK_EVERY_S
) -> Callable[[], None]:
    """Start watching; returns the way to stop, which waits a moment for the threads."""
    teller = _Teller(changed)
    if sys.platform != "linux" or not _is_network(folder):
        stop = _notices(folder, recursive, teller)
        if stop is not None:
            return stop
    return _Looks(folder, recursive, teller, look_every_s).stop


class _Teller:
    """Gathers a burst of changes into one call, made from its own thread."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._pending = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="folder-changes", daemon=True)
        self._thread.start()

    def tell(self) -> None:
        self._pending.set()

    def stop(self) -> None:
        self._stopped.set()
        self._pending.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=1.0)

    def _run(self) -> None:
        while True:
            self._pending.wait()
            if self._stopped.wait(SETTLE_S):
                return
            self._pending.clear()
            self._changed()


def _notices(folder: Path, recursive: bool, teller: _Teller) -> Callable[[], None] | None:
    """Watch through watchdog; None when the system refuses (no watches left, folder gone)."""
    from watchdog.events import (
        DirCreatedEvent,
        DirDeletedEvent,
        DirMovedEvent,
        FileClosedEvent,
        FileCreatedEvent,
        FileDeletedEvent,
        FileModifiedEvent,
        FileMovedEvent,
        FileSystemEventHandler,
    )
    from watchdog.observers import Observer

    class _Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            teller.tell()

    # Opening and reading are not asked for: the program's own reading would count as a change. Linux tells
    # when a written file is closed, so its notice for every single write is not needed.
    written = FileClosedEvent if sys.platform == "linux" else FileModifiedEvent
    wanted: list[type[FileSystemEvent]] = [
        *(FileCreatedEvent, FileDeletedEvent, FileMovedEvent, written),
        *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
    ]
    observer = Observer()
    observer.daemon = True
    try:
        observer.schedule(_Handler(), str(folder), recursive=recursive, event_filter=wanted)
        observer.start()
    except OSError:
        # Some emitters may have begun already; those end with the observer.
        observer.stop()
        return None

    def stop() -> None:
        teller.stop()
        observer.stop()
        observer.join(timeout=1.0)

    return stop


class _Looks:
    """Compares the folders' modification times every few seconds."""

    def __init__(self, folder: Path, recursive: bool, teller: _Teller, every_s: float) -> None:
        self._folder = str(folder)
        self._recursive = recursive
        self._teller = teller
        self._every_s = every_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="folder-looks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._teller.stop()
        self._stopped.set()
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        known = self._snapshot()
        while not self._stopped.wait(self._every_s):
            if any(_modified(path) != time_ns for path, time_ns in known.items()):
                known = self._snapshot()
                self._teller.tell()

    def _snapshot(self) -> dict[str, int | None]:
        found = {self._folder: _modified(self._folder)}
        waiting = [self._folder] if self._recursive else []
        while waiting and not self._stopped.is_set():
            for path in _folders_in(waiting.pop()):
                found[path] = _modified(path)
                waiting.append(path)
        return found


def _folders_in(path: str) -> list[str]:
    """Folders directly below, without following links; none when it cannot be read."""
    try:
        with os.scandir(path) as listing:
            return [
                entry.path
                for entry in listing
                if entry.name[0] != "." and entry.is_dir(follow_symlinks=False)
            ]
    except OSError:
        return []


def _modified(path: str) -> int | None:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - as in the listing, text paths
    except OSError:
        return None


def _is_network(folder: Path) -> bool:
    """Whether Linux reaches the folder through a network file system, by its longest mount point."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system_of(str(folder.absolute()), mounts) in _NETWORK_FILE_SYSTEMS


def file_system_of(path: str, mounts: str) -> str:
    """Type of the file system that holds `path`, from the text of /proc/self/mounts; "" when unknown.

    Blanks in mount points are written there as octal escapes (proc_mounts(5)).
    """
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        below = point if point.endswith("/") else point + "/"
        # Later mounts hide earlier ones at the same place.
        if (path + "/").startswith(below) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind
