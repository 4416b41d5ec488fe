"""How the columns of the answer grid are named, and how values read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.forms.form import PLAIN_FIELD, FormField, Text, YesNo, plain_form
from desktop_app.domain.runs.rows import GridColumn
from desktop_app.ui.runs.grid.words import GridWords


def test_the_answer_to_a_plain_question_is_named_in_the_users_language(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GridWords, "tr", lambda words, text: f"«{text}»")
    [field] = plain_form("Is there rust?").fields
    assert GridWords().heading(GridColumn(field)) == "«Answer»"


@pytest.mark.parametrize(
    "field", [FormField("answer", "Answer", YesNo()), FormField("note", "Words", Text())]
)
def test_a_field_is_named_as_its_form_says(qapp: QApplication, field: FormField) -> None:
    assert GridWords().heading(GridColumn(field)) == field.label


def test_a_plain_answer_reads_without_the_markers_of_its_places(qapp: QApplication) -> None:
    name = "<|object_ref_start|>rust<|object_ref_end|>"
    words = GridWords().value(GridColumn(PLAIN_FIELD), f"There is {name}<|box_start|>(1,2),(3,4)<|box_end|>.")
    assert words == "There is rust."
    assert GridWords().value(GridColumn(PLAIN_FIELD), "a <| b") == "a <| b"
