"""From an exception to what a person reads: one sentence, one piece of advice, and details on demand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.error_texts import ERROR_TEXTS, fill
from desktop_app.domain.errors import AppError, ErrorCode, as_app_error, is_disk_full
from desktop_app.domain.picture_notes import NOTE_TEXTS
from desktop_app.domain.pictures import Note


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """What is shown of an error.

    Attributes:
        sentence: what went wrong, in the user's language.
        advice: what to do next; may be empty.
        detail: technical text behind "Details"; may be empty.
    """

    sentence: str
    advice: str
    detail: str = ""


def sentence(error: AppError) -> str:
    """What went wrong, translated and with the error's values filled in."""
    return _worded(ERROR_TEXTS[error.code].sentence, error)


def advice(error: AppError) -> str:
    """What to do next, translated; empty for codes that have none."""
    return _worded(ERROR_TEXTS[error.code].advice, error)


def advised(error: AppError, between: str = " ") -> str:
    """What went wrong and, behind it, what to do next."""
    return between.join(filter(None, (sentence(error), advice(error))))


def describe(problem: BaseException) -> ErrorReport:
    """The report for any exception.

    An `AppError` keeps its own detail. A group of exceptions that comes down to one is told as that one. A
    full disk is told as such. Everything else is UNEXPECTED with the traceback as detail.
    """
    error = _judged(_single(problem))
    return ErrorReport(sentence(error), advice(error), error.detail)


def note_text(note: Note) -> str:
    """What was done to a picture, translated; the bare code for a note this version does not know."""
    return note.worded(NOTE_TEXTS, partial(QCoreApplication.translate, "notes"))


def _worded(template: str, error: AppError) -> str:
    if not template:
        return ""
    return fill(QCoreApplication.translate("errors", template), error)


def _single(problem: BaseException) -> BaseException:
    """The only exception inside nested groups (as a task group raises them), else the problem itself."""
    while isinstance(problem, BaseExceptionGroup) and len(problem.exceptions) == 1:
        problem = problem.exceptions[0]
    return problem


def _judged(problem: BaseException) -> AppError:
    error = as_app_error(problem)
    is_full = isinstance(problem, OSError) and is_disk_full(problem)
    return AppError(ErrorCode.DISK_FULL, detail=error.detail) if is_full else error
