"""How the columns of the answer grid are named."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.forms.form import FormField, Text, YesNo, plain_form
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
