"""The words of errors."""

from __future__ import annotations

import errno

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from desktop_app.domain.error_texts import ERROR_TEXTS
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.picture_notes import NoteCode
from desktop_app.domain.pictures import Note
from desktop_app.ui.report import advice, advised, describe, note_text, sentence


class OneSentence(QTranslator):
    """Knows one Chinese sentence."""

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        if context == "errors" and source_text == "The file {name} is empty.":
            return "文件 {name} 是空的。"
        return ""


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_code_has_a_sentence_even_when_its_values_are_missing(qapp: object, code: ErrorCode) -> None:
    error = AppError(code)
    assert sentence(error)
    assert "{" not in sentence(error) + advice(error)
    assert code in ERROR_TEXTS


def test_values_and_detail_are_told(qapp: object) -> None:
    report = describe(AppError(ErrorCode.PICTURE_EMPTY, name="a {b}.jpg", detail="0 bytes"))
    assert report.sentence == "The file a {b}.jpg is empty."
    assert report.advice == "Copy it again from where it came from."
    assert report.detail == "0 bytes"


def test_the_sentence_is_translated_before_its_values_are_filled_in(qapp: QCoreApplication) -> None:
    translator = OneSentence()
    qapp.installTranslator(translator)
    try:
        assert sentence(AppError(ErrorCode.PICTURE_EMPTY, name="a.jpg")) == "文件 a.jpg 是空的。"
    finally:
        qapp.removeTranslator(translator)


def test_advice_follows_the_sentence_where_there_is_any(qapp: object) -> None:
    broken = AppError(ErrorCode.PICTURE_BROKEN, name="x.jpg")
    assert advised(broken) == "The picture x.jpg is damaged. Copy it again from where it came from."
    assert advised(broken, "\n").splitlines() == [sentence(broken), advice(broken)]
    silent = next(AppError(code) for code in ErrorCode if not ERROR_TEXTS[code].advice)
    assert advised(silent) == sentence(silent)


def test_an_unexpected_problem_keeps_its_traceback_out_of_the_sentence(qapp: object) -> None:
    try:
        raise KeyError("no such thing")
    except KeyError as problem:
        report = describe(problem)
    assert report.sentence == "Something unexpected went wrong."
    assert "KeyError" in report.detail
    assert "test_report.py" in report.detail


def test_a_group_with_one_error_is_told_as_that_error(qapp: object) -> None:
    inner = AppError(ErrorCode.PICTURE_MISSING, name="b.png")
    group = BaseExceptionGroup("outer", [ExceptionGroup("inner", [inner])])
    assert describe(group).sentence == "The picture b.png is no longer there."
    several = ExceptionGroup("two", [inner, ValueError("x")])
    assert describe(several).sentence == "Something unexpected went wrong."


def test_a_full_disk_is_told_as_such(qapp: object) -> None:
    assert describe(OSError(errno.ENOSPC, "no space")).sentence == "The disk is full."


def test_notes_are_worded_and_unknown_ones_show_their_code(qapp: object) -> None:
    first = Note(NoteCode.FIRST_FRAME, (("count", 12),))
    assert note_text(first) == "Only the first of 12 frames or pages is used."
    assert note_text(Note(NoteCode.FIRST_FRAME)) == "first-frame"
    assert note_text(Note("from-the-future")) == "from-the-future"
