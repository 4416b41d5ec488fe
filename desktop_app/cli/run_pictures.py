"""Which pictures a run is about."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from desktop_app.adapters.folders.disk_folders import DiskFolders
from desktop_app.adapters.folders.picture_lists import common_folder, name_below, names_in, read_list
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import RunScope
from desktop_app.domain.searchable import searchable
from desktop_app.domain.settings import SortOrder
from desktop_app.services.gallery_order import order_entries

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says about the pictures.

    Attributes:
        folder: None for the current one, with a list.
        list_file: a file of paths, `STANDARD_INPUT`, or None for the folder's pictures.
        listed: what came from standard input.
        match: pattern, "" for all.
        limit: at most so many, None for all.
    """

    folder: str | None
    list_file: str | None = None
    listed: bytes = b""
    recursive: bool = False
    match: str = ""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The pictures, each a path and the name to show, and where they came from."""

    scope: RunScope
    pictures: Sequence[tuple[str, str]]


def read_listed() -> bytes:
    """A list from standard input. Call outside the event loop, which would keep an interrupt to itself."""
    return b"" if sys.stdin is None else sys.stdin.buffer.read()


def find_pictures(wanted: Wanted, suffixes: frozenset[str]) -> Found:
    """List the pictures; may block.

    Raises:
        AppError: WRONG_USE, FOLDER_MISSING, FOLDER_UNREADABLE, LIST_UNREADABLE, RUN_EMPTY.
    """
    if wanted.list_file is None and wanted.folder is None:
        raise AppError(ErrorCode.WRONG_USE, reason="Name a folder, or a list of pictures with --list.")
    folder = Path(wanted.folder or ".").expanduser().absolute()
    if folder.is_file():
        reason = f"{wanted.folder} is a file; name its folder, or ask about it with: lightdesk ask"
        raise AppError(ErrorCode.WRONG_USE, reason=reason)
    if wanted.list_file is None:
        pictures, source = _in_folder(folder, wanted.recursive, suffixes), "folder"
    else:
        pictures, source = _in_list(folder, wanted), "list"
    pictures = [one for one in pictures if fits(one[1], wanted.match)][: wanted.limit]
    if not pictures:
        raise AppError(ErrorCode.RUN_EMPTY)
    place = folder if source == "folder" else common_folder([path for path, _name in pictures])
    return Found(RunScope(place, wanted.recursive, wanted.match, source), pictures)


def fits(name: str, pattern: str) -> bool:
    """Whether a name below the folder fits a pattern, whatever the case.

    A pattern without a slash is about the file's own name.
    """
    if not pattern:
        return True
    path = name.replace(os.sep, "/")
    return fnmatchcase(searchable(path if "/" in pattern else path.rpartition("/")[2]), searchable(pattern))


def _in_folder(folder: Path, recursive: bool, suffixes: frozenset[str]) -> list[tuple[str, str]]:
    entries = [entry for chunk in DiskFolders().scan(folder, recursive, suffixes) for entry in chunk]
    return [(entry.path, entry.name) for entry in order_entries(entries, SortOrder.NAME).entries]


def _in_list(folder: Path, wanted: Wanted) -> list[tuple[str, str]]:
    """In the list's order, each picture once. What the list names is asked about, whatever its ending."""
    if wanted.list_file is None or wanted.list_file == STANDARD_INPUT:
        names = names_in(wanted.listed)
    else:
        names = read_list(Path(wanted.list_file).expanduser())
    paths = dict.fromkeys(folder / name for name in names)
    return [(str(path), name_below(folder, path)) for path in paths]
