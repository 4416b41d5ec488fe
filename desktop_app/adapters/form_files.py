"""Forms in TOML files: written by people as well as by the program, sent to colleagues by mail."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import tomli_w

from desktop_app.adapters.atomic_file import replace_file
from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.records import Record, form_of, record_of

LARGEST_FILE = 1_000_000
"""Bytes. Forty fields with every word a person would write are a tenth of this; a picture is more."""

_READABLE_BY_ALL = 0o666  # less what the user's umask takes away, as any document
_PLACE = re.compile(r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL)


class TomlFormFiles:
    """Fulfils `FormFiles`."""

    def load(self, path: Path) -> Form:
        """
        Raises:
            AppError: FORM_BROKEN with the file's name, where it can be told the line, and the reason;
                FORM_NEWER.
        """
        try:
            return form_of(_read(path))
        except AppError as problem:
            if problem.code is not ErrorCode.FORM_BROKEN:
                raise
            raise _broken(path, str(problem.values["reason"]), problem.detail) from problem

    def save(self, path: Path, form: Form) -> None:
        """Write a new file or replace one in a single step.

        Raises:
            AppError: FORM_UNWRITABLE, DISK_FULL; a file that was there is then as it was.
        """
        try:
            replace_file(path, _written(record_of(form)), _READABLE_BY_ALL)
        except OSError as problem:
            code = ErrorCode.DISK_FULL if is_disk_full(problem) else ErrorCode.FORM_UNWRITABLE
            raise AppError(code, detail=str(problem), name=path.name) from problem


def _written(record: Record) -> bytes:
    # Several lines stay several lines for whoever edits the file, except where that would lose a return.
    return tomli_w.dumps(record, multiline_strings=not _has_returns(record)).encode("utf-8", "replace")


def _has_returns(value: object) -> bool:
    match value:
        case str():
            return "\r" in value
        case dict():
            return any(_has_returns(one) for one in value.values())
        case list():
            return any(_has_returns(one) for one in value)
        case _:
            return False


def _read(path: Path) -> Record:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise AppError(ErrorCode.FORM_BROKEN, reason="The file is far too large for a form.")
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as problem:
        raise AppError(ErrorCode.FORM_BROKEN, reason="There is no such file.") from problem
    except UnicodeDecodeError as problem:
        reason = "The file is not text in UTF-8; save it again with that encoding."
        raise AppError(ErrorCode.FORM_BROKEN, reason=reason, detail=str(problem)) from problem
    except OSError as problem:
        reason = "The file cannot be read."
        raise AppError(ErrorCode.FORM_BROKEN, reason=reason, detail=str(problem)) from problem
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise AppError(ErrorCode.FORM_BROKEN, reason=_in_words(problem), detail=str(problem)) from problem


def _in_words(problem: Exception) -> str:
    """What the TOML parser says, the place first: people look for the line."""
    said = _PLACE.match(str(problem))
    if said is None:
        return "It is not TOML."
    line = f"line {said['line']}" if said["line"] else "the end of the file"
    return f"It is not TOML at {line}: {said['what'].rstrip('.')}."


def _broken(path: Path, reason: str, detail: str) -> AppError:
    return AppError(ErrorCode.FORM_BROKEN, reason=f"{path.name}: {reason}", detail=detail)
