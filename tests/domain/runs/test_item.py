from __future__ import annotations

from collections.abc import Mapping

import pytest

from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import CellValue, ProblemKind
from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.domain.runs.run import ItemState

CONFIDENCE = {"rust": 0.4, "paint": 0.7}


def item(
    values: Mapping[str, CellValue] | None,
    edited: Mapping[str, CellValue] | None = None,
    confidence: Mapping[str, float] = CONFIDENCE,
) -> RunItem:
    answer = None
    if values is not None:
        problems = (FieldProblem("width", ProblemKind.MISSING),)
        answer = ItemAnswer(values, "{}", problems, confidence, "abc", Size(4, 3), "box", "qwen", None, 1.0)
    return RunItem(1, 0, "/a.jpg", "a.jpg", ItemState.ANSWERED, answer, edited or {})


def test_the_answers_value_counts_until_a_person_sets_another() -> None:
    assert item({"rust": True}).value("rust") is True
    assert item({"rust": True}, {"rust": False}).value("rust") is False
    assert item({"rust": True}, {"paint": "red"}).value("rust") is True


def test_a_person_may_set_a_value_to_nothing() -> None:
    assert item({"rust": True}, {"rust": None}).value("rust") is None


def test_a_person_may_set_what_was_not_answered() -> None:
    assert item(None).value("rust") is None
    assert item(None, {"rust": False}).value("rust") is False
    assert item({}, {"width": 12}).value("width") == 12


def test_a_field_without_a_valid_value_has_none() -> None:
    assert item({"rust": True}).value("width") is None


@pytest.mark.parametrize(
    ("edited", "confidence", "least"),
    [
        ({}, CONFIDENCE, 0.4),
        ({"rust": True}, CONFIDENCE, 0.7),
        ({"rust": None}, CONFIDENCE, 0.7),
        ({"width": 3}, CONFIDENCE, 0.4),
        ({"rust": True, "paint": "red"}, CONFIDENCE, None),
        ({}, {"rust": 0.0}, 0.0),
        ({}, {}, None),
    ],
)
def test_the_least_confidence_is_that_of_the_fields_nobody_has_looked_after(
    edited: Mapping[str, CellValue], confidence: Mapping[str, float], least: float | None
) -> None:
    assert item({"rust": True, "paint": "red"}, edited, confidence).least_confidence == least


def test_without_an_answer_there_is_no_confidence() -> None:
    assert item(None, {"rust": True}).least_confidence is None
