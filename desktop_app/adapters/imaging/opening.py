"""From a path to an opened, checked, undecoded picture; every way this can fail becomes an `AppError`."""

from __future__ import annotations

import contextlib
import errno
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL.ImageFile import ImageFile

from desktop_app.adapters.imaging.formats.picture_format import (
    HEAD_BYTES,
    PictureFormat,
    SizeGuard,
    UnsupportedKindError,
)
from desktop_app.adapters.imaging.formats.registry import all_suffixes, format_of
from desktop_app.adapters.imaging.pillow_setup import set_up_pillow
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.picture_notes import NoteCode
from desktop_app.domain.pictures import Note

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})
_FROM_DECODERS = frozenset({None, errno.EINVAL, errno.EOVERFLOW})
"""Pillow raises OSError without a number for bad data, and seeks to impossible places when told to."""


@dataclass(frozen=True, slots=True)
class OpenPicture:
    """A picture whose head was read and whose size is within the limit; valid while its file is open."""

    name: str
    file: BinaryIO
    file_format: PictureFormat
    image: ImageFile
    notes: tuple[Note, ...]


@contextlib.contextmanager
def opened_file(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file of at least one byte.

    Raises:
        AppError: PICTURE_MISSING, PICTURE_UNREADABLE, PICTURE_EMPTY; PICTURE_UNKNOWN_FORMAT for a folder,
            a pipe or a device. The body's errors become PICTURE_BROKEN and the like.
    """
    with failures_explained(path.name):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for a writer for ever
            raise AppError(ErrorCode.PICTURE_UNKNOWN_FORMAT, name=path.name, detail="not a regular file")
        if status.st_size == 0:
            raise AppError(ErrorCode.PICTURE_EMPTY, name=path.name)
        with path.open("rb") as file:
            yield file


@contextlib.contextmanager
def opened(path: Path, max_megapixels: int) -> Iterator[OpenPicture]:
    """Open a picture by its content, whatever its name ends in.

    The file is passed to Pillow as an object, never by name: Pillow would map a named file into memory, and
    reading a mapped file that someone shortens ends the process.

    Raises:
        AppError: as `opened_file`; PICTURE_UNKNOWN_FORMAT when the content is of no known format,
            PICTURE_TOO_LARGE, and PICTURE_BROKEN for whatever goes wrong in the body.
    """
    set_up_pillow()
    with opened_file(path) as file:
        yield open_picture(file, path.name, path.suffix, max_megapixels)


def open_picture(file: BinaryIO, name: str, suffix: str, max_megapixels: int) -> OpenPicture:
    """Read the head of an open file; call within `failures_explained`."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    file_format = format_of(head)
    if file_format is None:
        raise AppError(ErrorCode.PICTURE_UNKNOWN_FORMAT, name=name)
    guard = size_guard(name, max_megapixels)
    image = file_format.open(file, guard)
    guard(*image.size)
    return OpenPicture(name, file, file_format, image, _suffix_notes(suffix.lower(), file_format))


def size_guard(name: str, max_megapixels: int) -> SizeGuard:
    """A function that raises PICTURE_TOO_LARGE above `max_megapixels`, and PICTURE_BROKEN for no pixels."""

    def guard(width: int, height: int) -> None:
        if width < 1 or height < 1:
            raise AppError(ErrorCode.PICTURE_BROKEN, name=name, detail=f"size {width} x {height}")
        if width * height > max_megapixels * 1_000_000:
            megapixels = -(-width * height // 1_000_000)
            raise AppError(
                ErrorCode.PICTURE_TOO_LARGE, name=name, megapixels=megapixels, limit=max_megapixels
            )

    return guard


@contextlib.contextmanager
def failures_explained(name: str) -> Iterator[None]:
    """Turn whatever reading a picture raises into an `AppError`.

    Decoders raise nearly every built-in exception on damaged data (fuzzing finds OSError, SyntaxError,
    ValueError, TypeError, KeyError, IndexError, struct.error, EOFError, OverflowError, RuntimeError among
    others), so every `Exception` counts as damage here; its text goes into the details.
    """
    try:
        yield
    except AppError:
        raise
    except UnsupportedKindError as problem:
        raise AppError(ErrorCode.PICTURE_UNKNOWN_FORMAT, name=name, detail=str(problem)) from problem
    except MemoryError as problem:
        raise AppError(ErrorCode.PICTURE_MEMORY, name=name, detail=_words(problem)) from problem
    except OSError as problem:
        raise AppError(_code(problem), name=name, detail=_words(problem)) from problem
    except Exception as problem:
        raise AppError(ErrorCode.PICTURE_BROKEN, name=name, detail=_words(problem)) from problem


def _suffix_notes(suffix: str, file_format: PictureFormat) -> tuple[Note, ...]:
    if suffix in file_format.suffixes or suffix not in all_suffixes():
        return ()
    return (Note(NoteCode.WRONG_SUFFIX, (("suffix", suffix), ("format", file_format.name))),)


def _code(problem: OSError) -> ErrorCode:
    if problem.errno in _GONE:
        return ErrorCode.PICTURE_MISSING
    if problem.errno in _FROM_DECODERS:
        return ErrorCode.PICTURE_BROKEN
    return ErrorCode.PICTURE_MEMORY if problem.errno == errno.ENOMEM else ErrorCode.PICTURE_UNREADABLE


def _words(problem: BaseException) -> str:
    return f"{type(problem).__name__}: {problem}"
