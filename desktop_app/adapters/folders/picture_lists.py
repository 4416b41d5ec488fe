"""Files that name pictures, a path in each line."""

from __future__ import annotations

import codecs
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode

MOST_BYTES = 256 * 1024 * 1024
"""Room for a million long paths; what is larger is another kind of file, chosen by mistake."""

_TWO_BYTES = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class NamedPictures:
    """What names of a list lead to.

    Attributes:
        found: paths of files that are there.
        missing: names that lead to no file.
    """

    found: tuple[Path, ...]
    missing: tuple[str, ...]


def read_list(path: Path) -> list[str]:
    """The names in a file; may block.

    Raises:
        AppError: LIST_UNREADABLE.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AppError(ErrorCode.LIST_UNREADABLE, name=path.name, detail=f"over {MOST_BYTES:,} bytes")
        content = path.read_bytes()
    except OSError as problem:
        raise AppError(ErrorCode.LIST_UNREADABLE, name=path.name, detail=str(problem)) from problem
    if b"\0" in content and not content.startswith(_TWO_BYTES):  # a workbook or a picture, chosen by mistake
        raise AppError(ErrorCode.LIST_UNREADABLE, name=path.name, detail="not a text file")
    return names_in(content)


def names_in(content: bytes) -> list[str]:
    """In the list's order, each once. Names that are no UTF-8 go through unchanged, as everywhere else."""
    if content.startswith(_TWO_BYTES):  # as Windows' own shell writes a list
        text = content.decode("utf-16", "replace")
    else:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    lines = (line.removesuffix("\r") for line in text.split("\n"))  # a name may hold the other line ends
    return list(dict.fromkeys(line for line in lines if line.strip()))


def find_named(names: Sequence[str], folders: Sequence[Path]) -> NamedPictures:
    """Look for files of these names below the folders, in their order; may block."""
    found: dict[Path, None] = {}
    missing = []
    for name in names:
        path = _path_of(name, folders)
        if path is None:
            missing.append(name)
        else:
            found[path] = None
    return NamedPictures(tuple(found), tuple(missing))


def name_below(folder: Path, path: Path) -> str:
    """How a picture is shown: below the folder, or else in full."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def common_folder(paths: Sequence[str]) -> Path:
    """The folder all these are in, or the first one's."""
    try:
        return Path(os.path.commonpath([os.path.dirname(path) for path in paths]))  # noqa: PTH120
    except ValueError:  # on several drives
        return Path(paths[0]).parent


def _path_of(name: str, folders: Sequence[Path]) -> Path | None:
    written = [name]
    if len(name) > 2 and name[0] == name[-1] == '"':  # as Windows copies a path
        written.append(name[1:-1])
    candidates = (folder / one for one in written for folder in folders)
    # Unlike a Path's method this one calls nothing that cannot be a name an error.
    return next((path for path in candidates if os.path.isfile(path)), None)  # noqa: PTH113
