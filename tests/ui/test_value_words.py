"""How values of forms are worded."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.forms.form import FieldKind, FormField, Items, Number, Places, Text, YesNo
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.ui.value_words import ValueWords


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (YesNo(), True, "yes"),
        (YesNo(), None, "no value"),
        (Number("mm"), 1234, "1,234 mm"),
        (Number(), 0.5, "0.5"),
        (Text(), "", "nothing"),
        (Items(), ["a", "b"], "• a\n• b"),
        (Items(), [], "none"),
        (Places(), [[1, 2, 3, 4]], "left 1, top 2, right 3, bottom 4"),
        (Places(), [], "no box"),
    ],
)
def test_a_value_is_worded_in_full(qapp: QApplication, kind: FieldKind, value: Any, words: str) -> None:
    assert ValueWords().whole(FormField("one", "One", kind), value) == words


def test_what_is_nearly_certain_is_not_called_certain(qapp: QApplication) -> None:
    assert ValueWords().percent(0.9999) == "99 %"


def test_every_problem_has_a_sentence_of_its_own(qapp: QApplication) -> None:
    words = ValueWords()
    assert len({words.problem(kind) for kind in ProblemKind}) == len(ProblemKind)
