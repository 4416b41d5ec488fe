from __future__ import annotations

import string

import pytest

from desktop_app.domain.picture_notes import NOTE_TEXTS, NoteCode, english
from desktop_app.domain.pictures import Note


@pytest.mark.parametrize("code", NoteCode)
def test_every_code_has_a_sentence(code: NoteCode) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(NOTE_TEXTS[code]) if name]
    sentence = english(Note(code, tuple((name, 7) for name in names)))
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_an_unknown_code_or_a_missing_value_is_shown_as_the_code() -> None:
    assert english(Note("from-a-later-version")) == "from-a-later-version"
    assert english(Note("first-frame")) == "first-frame"
