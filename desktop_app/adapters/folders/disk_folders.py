"""Lists folders of the file system and watches them, in place; nothing is copied or opened."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import FILE_ATTRIBUTE_HIDDEN

from desktop_app.adapters.folders.watching import watch_folder
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import FolderEntry

FIRST_CHUNK = 64
"""About one screen of tiles."""

CHUNK = 4000
"""Fewer hand-overs to the window than this is not worth anything; more memory held back is."""

LONGEST_WAIT_S = 0.25
"""A slow network share hands over what it has this often, in seconds."""

_HAS_HIDDEN_ATTRIBUTE = sys.platform == "win32"


class DiskFolders:
    """The port `Folders` on `os.scandir` and the operating system's change notices."""

    def scan(self, folder: Path, recursive: bool, suffixes: frozenset[str]) -> Iterator[list[FolderEntry]]:
        """Chunks of picture files below `folder`, the first one small.

        A folder reached by several symbolic links is listed once, so loops end. Names beginning with a dot
        are left out, on Windows hidden files as well. What vanishes while it is listed is left out.

        Raises:
            AppError: FOLDER_MISSING, FOLDER_UNREADABLE, for `folder` itself; folders below it that cannot be
                read are skipped.
        """
        walk = _Walk(folder, recursive, suffixes)
        chunk: list[FolderEntry] = []
        limit, due = FIRST_CHUNK, time.monotonic() + LONGEST_WAIT_S
        for entries in walk.pieces():
            chunk += entries
            if len(chunk) >= limit or (chunk and time.monotonic() > due):
                yield chunk
                chunk = []
                limit, due = CHUNK, time.monotonic() + LONGEST_WAIT_S
        if chunk:
            yield chunk

    def watch(self, folder: Path, recursive: bool, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` from another thread, at most a few times a second, after pictures may have changed.

        Local folders use the operating system's notices. Network shares on Linux give none for what other
        computers do; there, and when the system has no watches left, the folders' modification times are
        looked at every few seconds: new, renamed and deleted files are seen, changed contents are not.
        """
        return watch_folder(folder, recursive, changed)


_PIECE = 64
"""Entries between two looks at the clock."""


@dataclass
class _Walk:
    root: Path
    recursive: bool
    suffixes: frozenset[str]
    _seen: set[tuple[int, int]] = field(default_factory=set)
    _waiting: list[tuple[str, str]] = field(default_factory=list)

    def pieces(self) -> Iterator[list[FolderEntry]]:
        """Small lists of entries, folder by folder."""
        try:
            self._add(str(self.root.absolute()), "")
            yield from self._folder(*self._waiting.pop())
        except OSError as problem:
            raise _folder_error(self.root, problem) from problem
        while self._waiting:
            try:
                yield from self._folder(*self._waiting.pop())
            except OSError:
                continue  # a folder below that cannot be read hides its own pictures only

    def _add(self, path: str, prefix: str) -> None:
        """Queue a folder unless it was met before, under whatever name."""
        status = os.stat(path)  # noqa: PTH116 - text paths; a `Path` for each folder is not needed
        identity = (status.st_dev, status.st_ino)
        if identity not in self._seen:
            self._seen.add(identity)
            self._waiting.append((path, prefix))

    def _folder(self, path: str, prefix: str) -> Iterator[list[FolderEntry]]:
        with os.scandir(path) as listing:
            while True:
                piece: list[FolderEntry] = []
                goes_on = self._piece(listing, prefix, piece)
                if piece:
                    yield piece
                if not goes_on:
                    return

    def _piece(self, listing: Iterator[os.DirEntry[str]], prefix: str, piece: list[FolderEntry]) -> bool:
        """Fill `piece`; False at the end of the folder. The inner loop of listing: kept flat for speed."""
        suffixes, recursive, make = self.suffixes, self.recursive, FolderEntry
        for entry in listing:
            name = entry.name
            if name[0] == "." or (_HAS_HIDDEN_ATTRIBUTE and _is_hidden(entry)):
                continue
            if name[name.rfind(".") :].lower() in suffixes and entry.is_file():
                try:
                    status = entry.stat()
                except OSError:
                    continue  # it vanished while the folder was listed
                piece.append(make(entry.path, prefix + name, status.st_size, status.st_mtime_ns))
                if len(piece) >= _PIECE:
                    return True
            elif recursive:
                self._queue(entry, prefix)
        return False

    def _queue(self, entry: os.DirEntry[str], prefix: str) -> None:
        try:
            if entry.is_dir():
                self._add(entry.path, f"{prefix}{entry.name}/")
        except OSError:
            return  # a link to nowhere, or to a place that may not be entered


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    try:
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(attributes & FILE_ATTRIBUTE_HIDDEN)


def _folder_error(folder: Path, problem: OSError) -> AppError:
    missing = isinstance(problem, FileNotFoundError | NotADirectoryError)
    code = ErrorCode.FOLDER_MISSING if missing else ErrorCode.FOLDER_UNREADABLE
    return AppError(code, detail=str(problem), name=folder.name or str(folder))
