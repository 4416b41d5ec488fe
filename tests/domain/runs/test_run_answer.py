"""What a run holds of one picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from desktop_app.domain.forms.form import Form, FormField, Places, YesNo
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.geometry import Box
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState
from desktop_app.domain.runs.run_answer import RunAnswer
from tests.fakes.made_runs import answer, plan

FORM = Form(
    "F",
    (FormField("a", "A", Places()), FormField("rust", "Rust", YesNo()), FormField("b", "B", Places())),
)


def told(edited: dict[str, CellValue]) -> RunAnswer:
    own = answer(values={"a": [[0, 0, 1, 1], [2, 2, 3, 3]], "rust": True, "b": [[4, 4, 5, 5]]})
    item = RunItem(1, 0, "/a.jpg", "a.jpg", ItemState.ANSWERED, own, edited)
    return RunAnswer(plan(form=FORM), datetime.now(UTC), item)


def test_boxes_are_counted_through_all_fields() -> None:
    one = told({})
    assert [list(one.marks_of(key)) for key in ("a", "rust", "b", "unknown")] == [[0, 1], [], [2], []]
    assert one.evidence[2].box == Box(4, 4, 5, 5)


def test_boxes_that_a_person_has_set_are_the_ones_that_count() -> None:
    one = told({"a": [[7, 7, 8, 8]], "b": None})
    assert [list(one.marks_of(key)) for key in ("a", "b")] == [[0], []]
    assert [mark.box for mark in one.evidence] == [Box(7, 7, 8, 8)]


def test_what_was_asked_is_told_with_the_words_of_the_picture() -> None:
    form = replace(FORM, instructions="Is {{file}} in {{ folder }} ({{size}}) as on {{taken}}?")
    item = RunItem(1, 0, "/bridge/a.jpg", "a.jpg", ItemState.ANSWERED, answer())
    known = RunAnswer(plan(form=form), datetime.now(UTC), item)
    size = answer().original_size
    assert known.asked == f"Is a.jpg in bridge ({size.width} x {size.height}) as on {{{{taken}}}}?"
    bare = replace(known, item=replace(item, answer=None))
    assert bare.asked == "Is a.jpg in bridge ({{size}}) as on {{taken}}?"
    kept = replace(known, item=replace(item, answer=replace(answer(), asked="Is it as on 2024-05-06?\n")))
    assert kept.asked == "Is it as on 2024-05-06?"


def test_a_value_that_a_person_has_set_is_something_to_read_without_an_answer() -> None:
    item = RunItem(1, 0, "/a.jpg", "a.jpg", ItemState.FAILED)
    bare = RunAnswer(plan(form=FORM), datetime.now(UTC), item)
    assert not bare.has_values
    assert told({"rust": False}).has_values
