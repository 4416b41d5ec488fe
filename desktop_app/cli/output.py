"""What the command line prints, and its exit codes."""

from __future__ import annotations

import io
import sys

from desktop_app.domain.error_texts import english
from desktop_app.domain.errors import AppError, ErrorCode

PICTURE_FAILED = 1
WRONG_USE = 2
SERVER_FAILED = 3
BLOCKED = 4
INTERRUPTED = 130

_WRONG_USE_CODES = (ErrorCode.WRONG_USE, ErrorCode.SERVER_UNKNOWN, ErrorCode.SERVER_ADDRESS)


def prepare_streams() -> None:
    """Answers are UTF-8 wherever they go; Windows' own code page cannot hold most of them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def tell(text: str) -> None:
    """A line for the person; never part of the answer."""
    try:
        print(text, file=sys.stderr, flush=True)
    except BrokenPipeError:  # nobody reads it; the exit code still tells
        return


def tell_error(error: AppError, verbose: bool) -> None:
    """Sentence and advice; the technical detail on demand."""
    text = english(error)
    tell(f"lightdesk: {text.sentence}" + (f" {text.advice}" if text.advice else ""))
    if verbose:
        tell(f"[{error.code.value}] {error.detail}".rstrip())


def exit_code_of(error: AppError) -> int:
    if error.code in _WRONG_USE_CODES:
        return WRONG_USE
    if error.code.value.startswith("server-"):
        return SERVER_FAILED
    if error.code.value.startswith("blocked-"):
        return BLOCKED
    return PICTURE_FAILED
