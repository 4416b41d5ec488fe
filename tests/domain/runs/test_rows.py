"""Rows of the answer grid as columns: made, joined, brought up to date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.forms.form import Choice, Form, FormField, Number, YesNo
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import CellValue, ProblemKind
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.rows import RowFact, RunRows, columns_of, rows_of
from desktop_app.domain.runs.run import ItemState
from tests.fakes.made_runs import answer

FORM = Form(
    "F",
    (
        FormField("rust", "Rust", YesNo()),
        FormField("kind", "Kind", Choice(("a", "b"))),
        FormField("n", "N", Number()),
    ),
)


def item(number: int, **changes: Any) -> RunItem:
    values: dict[str, CellValue] = {"rust": number % 2 == 0, "kind": "a", "n": number}
    made = RunItem(
        number, number, f"/p/{number}.jpg", f"{number}.jpg", ItemState.ANSWERED, answer(values=values)
    )
    return replace(made, **changes)


def test_a_persons_value_counts_and_the_answers_own_is_kept_beside_it() -> None:
    rows = rows_of(FORM, [item(1, edited={"rust": True})])
    assert rows.values["rust"] == [True]
    assert rows.original(0, "rust") is False
    assert rows.is_edited(0, "rust")
    assert not rows.is_edited(0, "kind")
    assert rows.original(0, "kind") == "a"


def test_a_problem_ends_when_a_person_sets_the_value() -> None:
    broken = replace(answer(values={"kind": "a"}), problems=(FieldProblem("n", ProblemKind.OUT_OF_RANGE),))
    rows = rows_of(FORM, [item(1, answer=broken), item(2, answer=broken, edited={"n": 3})])
    assert rows.problem(0, "n") is ProblemKind.OUT_OF_RANGE
    assert rows.problem(0, "kind") is None
    assert rows.has_problem(0)
    assert rows.problem(1, "n") is None
    assert not rows.has_problem(1)


def test_incomplete_is_what_is_answered_and_still_has_a_problem() -> None:
    broken = replace(answer(values={"kind": "a"}), problems=(FieldProblem("n", ProblemKind.OUT_OF_RANGE),))
    nothing = replace(answer(values={}), problems=(FieldProblem("", ProblemKind.CUT_OFF),))
    failure = AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)
    rows = rows_of(
        FORM,
        [
            item(1),
            item(2, answer=broken),
            item(3, answer=broken, edited={"n": 3}),
            item(4, answer=nothing, state=ItemState.FAILED, failure=failure),
        ],
    )
    assert rows.incomplete == [1]


def test_a_problem_of_the_whole_answer_is_one_of_every_field_without_a_value() -> None:
    broken = replace(answer(values={}), problems=(FieldProblem("", ProblemKind.CUT_OFF),))
    rows = rows_of(FORM, [item(1, answer=broken)])
    assert {rows.problem(0, key) for key in FORM.keys} == {ProblemKind.CUT_OFF}


def test_the_least_confidence_leaves_out_what_a_person_has_set() -> None:
    sure = replace(answer(values={"rust": True, "kind": "a"}), confidence={"rust": 0.4, "kind": 0.9})
    rows = rows_of(
        FORM, [item(1, answer=sure), item(2, answer=sure, edited={"rust": False}), item(3, answer=None)]
    )
    column = next(one for one in columns_of(FORM) if one.fact is RowFact.CONFIDENCE)
    assert list(rows.column(column)) == [0.4, 0.9, None]
    assert [rows.value(place, column) for place in range(3)] == [0.4, 0.9, None]


def test_joined_pieces_are_as_if_they_had_been_made_at_once() -> None:
    sure = replace(answer(values={"rust": True}), confidence={"rust": 0.4})
    failed = item(2, answer=None, state=ItemState.FAILED, failure=AnswerFailure(ErrorCode.SERVER_TIMEOUT))
    items = [
        item(1),
        failed,
        item(3, answer=sure, note="look"),
        item(4, edited={"n": 9}),
        item(5, shared_from=1),
    ]
    joined = RunRows()
    for start in range(0, 5, 2):
        joined.append(rows_of(FORM, items[start : start + 2]))
    assert joined.places == rows_of(FORM, items).places
    whole = rows_of(FORM, items)
    assert whole.places
    # A column that only the last piece has is filled up at the front.
    assert joined == whole
    assert joined.places == {one.id: place for place, one in enumerate(items)}


def test_changed_rows_take_the_place_of_the_old_ones_and_strangers_are_left_out() -> None:
    rows = rows_of(FORM, [item(1, note="old", edited={"n": 7}), item(2), item(3)])
    changed = rows_of(
        FORM, [item(9), item(1, state=ItemState.QUEUED), item(3, note="new", edited={"rust": True})]
    )
    assert rows.update(changed) == [0, 2]
    assert rows.states == [ItemState.QUEUED, ItemState.ANSWERED, ItemState.ANSWERED]
    assert rows.notes == {2: "new"}
    assert not rows.is_edited(0, "n")
    assert rows.values["n"] == [1, 2, 3]
    assert rows.values["rust"] == [False, True, True]
