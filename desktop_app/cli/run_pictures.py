"""Which pictures a run is about."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from desktop_app.adapters.folders.disk_folders import DiskFolders
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import RunScope
from desktop_app.domain.settings import SortOrder
from desktop_app.services.gallery_order import order_entries, searchable

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
        AppError: WRONG_USE, FOLDER_MISSING, FOLDER_UNREADABLE, RUN_EMPTY.
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
    place = folder if source == "folder" else _common_folder([path for path, _name in pictures])
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
    paths = dict.fromkeys(folder / line for line in _lines(wanted) if line.strip())
    return [(str(path), _name_below(folder, path)) for path in paths]


def _lines(wanted: Wanted) -> list[str]:
    content = wanted.listed
    if wanted.list_file and wanted.list_file != STANDARD_INPUT:
        try:
            content = Path(wanted.list_file).expanduser().read_bytes()
        except OSError as problem:
            reason = f"The list {wanted.list_file} cannot be read."
            raise AppError(ErrorCode.WRONG_USE, reason=reason, detail=str(problem)) from problem
    # Names that are no UTF-8 go through unchanged, as everywhere else.
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return [line.removesuffix("\r") for line in text.split("\n")]  # a name may hold the other line ends


def _name_below(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _common_folder(paths: Sequence[str]) -> Path:
    try:
        return Path(os.path.commonpath([os.path.dirname(path) for path in paths]))  # noqa: PTH120
    except ValueError:  # on several drives
        return Path(paths[0]).parent
