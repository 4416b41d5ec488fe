"""Boxes of a run's answers become marks on the picture."""

from __future__ import annotations

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.forms.form import Form, FormField, Places, YesNo
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.domain.runs.marks import evidence_of
from desktop_app.domain.runs.run import ItemState

FORM = Form(
    "Bolts", (FormField("rust", "Rust", YesNo()), FormField("where", "Bolts", Places(), required=False))
)


def item(where: list[list[int]] | None, edited: dict[str, list[list[int]]] | None = None) -> RunItem:
    values = {"rust": True, "where": where}
    answer = ItemAnswer(values, "", (), {}, "", Size(100, 80), "Box", "vl", None, 1.0)
    return RunItem(1, 0, "a.png", "a.png", ItemState.ANSWERED, answer, edited or {})


def test_each_box_is_a_mark_named_by_its_field() -> None:
    assert evidence_of(FORM, item([[1, 2, 30, 40], [5, 6, 7, 8]])) == (
        Evidence(1, "Bolts", Box(1, 2, 30, 40)),
        Evidence(1, "Bolts", Box(5, 6, 7, 8)),
    )


def test_what_a_person_has_set_counts() -> None:
    assert evidence_of(FORM, item([[1, 2, 3, 4]], {"where": [[9, 9, 10, 10]]})) == (
        Evidence(1, "Bolts", Box(9, 9, 10, 10)),
    )


def test_no_box_and_no_answer_are_no_mark() -> None:
    assert evidence_of(FORM, item(None)) == ()
    assert evidence_of(FORM, RunItem(1, 0, "a.png", "a.png", ItemState.QUEUED)) == ()
