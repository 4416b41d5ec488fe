"""Boxes of a run's answers become marks on the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.forms.form import Form, FormField, Places, YesNo, plain_form
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.domain.runs.marks import evidence_of, ground_words
from desktop_app.domain.runs.run import ItemState, RunServer
from tests.fakes.made_runs import plan

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


MARKED = (
    "Two: <|object_ref_start|>bolts<|object_ref_end|>"
    "<|box_start|>(0,0),(500,500)<|box_end|><|box_start|>(500,500),(1000,1000)<|box_end|>."
)
LISTED = '[{"bbox_2d": [14, 28, 28, 56], "label": "bolt"}, {"point_2d": [0, 56], "label": "nut"}]'


def plain(size: Size, **more: Any) -> RunItem:
    answer = ItemAnswer({}, "", (), {}, "", size, "box", "vl", None, 1.0)
    return RunItem(1, 0, "a.png", "a.png", ItemState.ANSWERED, replace(answer, **more))


def test_places_that_words_name_are_marks_and_gone_from_the_words() -> None:
    found = ground_words(plan(form=plain_form("Bolts?")), plain(Size(200, 100), family="qwen2-vl"), MARKED)
    assert found.text == "Two: bolts."
    assert [(mark.label, mark.box) for mark in found.evidence] == [
        ("bolts", Box(0, 0, 100, 50)),
        ("bolts", Box(100, 50, 200, 100)),
    ]


def test_places_listed_in_pixels_count_in_the_picture_that_was_sent() -> None:
    item = plain(Size(280, 560), sent_size=Size(28, 56), family="qwen2.5-vl")
    found = ground_words(plan(form=plain_form("Bolts?")), item, LISTED)
    assert [(mark.label, mark.box, mark.point) for mark in found.evidence] == [
        ("bolt", Box(140, 280, 280, 560), None),
        ("nut", None, Point(0, 560)),
    ]


@pytest.mark.parametrize(
    ("family", "image_tokens", "right"),
    [("qwen2.5-vl", 0, 100), ("qwen2.5-vl", 200, 200), ("qwen3-vl", 0, 56)],
)
def test_an_answer_from_before_that_was_kept_counts_in_what_was_likely_sent(
    family: str, image_tokens: int, right: int
) -> None:
    asked = plan(form=plain_form("Bolts?"))
    asked = replace(
        asked,
        servers=(RunServer("box", "http://box", "alias", family=family),),
        options=replace(asked.options, image_tokens=image_tokens),
    )
    listed = '{"bbox_2d": [0, 0, 100, 100], "label": "bolt"}'
    (mark,) = ground_words(asked, plain(Size(560, 1120)), listed).evidence
    assert mark.box is not None
    assert mark.box.right == right


def test_a_picture_too_thin_for_any_model_is_no_trouble() -> None:
    found = ground_words(plan(form=plain_form("Bolts?")), plain(Size(3000, 1)), MARKED)
    assert len(found.evidence) == 2


def test_words_of_a_person_about_a_picture_without_an_answer_stay_as_they_are() -> None:
    item = RunItem(1, 0, "a.png", "a.png", ItemState.FAILED)
    found = ground_words(plan(form=plain_form("Bolts?")), item, MARKED)
    assert (found.text, found.evidence) == (MARKED, ())
