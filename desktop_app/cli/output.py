"""What the command line prints, and its exit codes."""

from __future__ import annotations

import io
import os
import shlex
import sys

from desktop_app.domain.error_texts import english, fill
from desktop_app.domain.errors import AppError, ErrorCode

DONE = 0
PICTURE_FAILED = 1
OUTPUT_FAILED = 1
WRONG_USE = 2
SERVER_FAILED = 3
BLOCKED = 4
INTERRUPTED = 130

_ADVICE = {
    ErrorCode.SERVER_KEY: (
        "To give its key, set it up with: lightdesk servers add NAME URL --key-stdin "
        "(a wrong key goes with: lightdesk servers remove NAME)"
    ),
    ErrorCode.SERVER_KEY_MISSING: "Set it up with: lightdesk servers add NAME URL --key-stdin",
    ErrorCode.SERVER_MODEL_UNKNOWN: "Its models are listed by: lightdesk servers check URL",
    ErrorCode.SERVER_UNKNOWN: "Give an address, or a name from: lightdesk servers list",
    ErrorCode.BLOCKED_HOST: (
        "It is outside your network. If you mean it, set it up with: "
        "lightdesk servers add NAME URL --allow-outside"
    ),
    ErrorCode.RUN_NEEDS_SERVER: (
        "Name one with --server, or set one up with: lightdesk servers add NAME URL"
    ),
    ErrorCode.ANSWER_NOT_A_FORM: "Its words are in the output; if they break off, raise --max-tokens.",
    ErrorCode.EXPORT_FORMAT: "End it in .csv, .xlsx, .jsonl, .html or .json, or name a --format.",
    ErrorCode.RUN_UNKNOWN: "Runs are listed by: lightdesk runs list",
    ErrorCode.RUN_IN_USE: "Wait until it is done, or pause it with: lightdesk runs pause {name}",
    ErrorCode.RUN_UNHEARD: (
        "It pauses as soon as it does. If it hangs, end that program; the run can be resumed then."
    ),
    ErrorCode.RUN_NAME_TAKEN: ("Give another --name; what there is shows: lightdesk runs list"),
    ErrorCode.FORM_UNKNOWN: (
        "Give a form file, the name of one of your forms, or one of the shipped ones: "
        "describe, document, count, safety, receipt, sign"
    ),
}
"""What to do next where the window's advice speaks of its dialogs; values in it are quoted for a shell."""

_WRONG_USE_CODES = frozenset(
    (
        ErrorCode.WRONG_USE,
        ErrorCode.SERVER_UNKNOWN,
        ErrorCode.SERVER_ADDRESS,
        ErrorCode.FOLDER_MISSING,
        ErrorCode.FOLDER_UNREADABLE,
        ErrorCode.FORM_UNKNOWN,
        ErrorCode.FORM_BROKEN,
        ErrorCode.FORM_NEWER,
        ErrorCode.PROMPT_VARIABLE,
        ErrorCode.RUN_UNKNOWN,
        ErrorCode.RUN_FIELD_UNKNOWN,
        ErrorCode.RUN_NAME_TAKEN,
        ErrorCode.RUN_NEEDS_SERVER,
        ErrorCode.RUN_IN_USE,
        ErrorCode.RUN_EMPTY,
        ErrorCode.LIST_UNREADABLE,
        ErrorCode.EXPORT_FORMAT,
        ErrorCode.EXPORT_FOLDER,
        ErrorCode.EXPORT_NO_BOXES,
        ErrorCode.IMPORT_FAILED,
        ErrorCode.IMPORT_OTHER_RUN,
        ErrorCode.IMPORT_QUESTIONS,
        ErrorCode.IMPORT_NO_RESULTS,
    )
)


def prepare_streams() -> None:
    """Answers are UTF-8 wherever they go; Windows' own code page cannot hold most of them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class OutputError(Exception):
    """Standard output takes nothing more, and not because its reader has gone."""


def say(text: str, end: str = "\n") -> None:
    """Print a piece of the answer.

    Raises:
        BrokenPipeError: whoever read it has gone.
        OutputError: it cannot be written, for example onto a full disk.
    """
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    try:
        print(text, end=end, flush=True)
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise OutputError(problem.strerror or str(problem)) from problem


def abandon_stdout() -> None:
    """Python must not fail again when it flushes what could not be written at its end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(text: str, end: str = "\n") -> None:
    """A line for the person; never part of the answer."""
    if sys.stderr is None:  # closed: print would take standard output instead
        return
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:  # nobody reads it; the exit code still tells
        return


def advised(error: AppError) -> str:
    """What went wrong, and what to do next."""
    text, advice = english(error), _ADVICE.get(error.code)
    if advice is None:
        return f"{text.sentence} {text.advice}".rstrip()
    typed = {key: shlex.quote(str(value)) for key, value in error.values.items()}
    return f"{text.sentence} {fill(advice, AppError(error.code, **typed))}"


def tell_error(error: AppError, verbose: bool) -> None:
    """Sentence and advice; the technical detail on demand."""
    tell(f"lightdesk: {advised(error)}")
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
