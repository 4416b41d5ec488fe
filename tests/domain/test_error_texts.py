"""Every error has words, and the words can always be filled in."""

from __future__ import annotations

import string

import pytest

from desktop_app.domain.error_texts import ERROR_TEXTS, english
from desktop_app.domain.errors import AppError, ErrorCode


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_code_has_one_sentence(code: ErrorCode) -> None:
    sentence = ERROR_TEXTS[code].sentence
    assert sentence
    assert sentence.endswith((".", "}"))


@pytest.mark.parametrize("code", list(ErrorCode))
def test_a_report_never_fails_for_want_of_a_value(code: ErrorCode) -> None:
    text = english(AppError(code))
    assert "{" not in text.sentence + text.advice


@pytest.mark.parametrize("code", list(ErrorCode))
def test_placeholders_are_named(code: ErrorCode) -> None:
    texts = ERROR_TEXTS[code]
    names = [
        name for text in (texts.sentence, texts.advice) for _, name, _, _ in string.Formatter().parse(text)
    ]
    assert all(name is None or name.isidentifier() for name in names)


def test_values_are_filled_in() -> None:
    error = AppError(ErrorCode.SERVER_TOO_MANY_PICTURES, limit=4)
    assert english(error).sentence == "The server takes at most 4 pictures in one question."
