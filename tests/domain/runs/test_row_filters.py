"""Filters of the answer grid."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop_app.domain.forms.form import Choices, Date, Form, FormField, Number, Text, YesNo
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.row_filters import (
    Attention,
    Between,
    ColumnFilter,
    Contains,
    OneOf,
    RowFilters,
    kept_by_attention,
    kept_by_column,
    kept_by_search,
    row_texts,
)
from desktop_app.domain.runs.rows import RunRows, columns_of, rows_of
from desktop_app.domain.runs.run import ItemState
from tests.fakes.made_runs import answer

FORM = Form(
    "F",
    (
        FormField("rust", "Rust", YesNo()),
        FormField("n", "N", Number()),
        FormField("day", "Day", Date()),
        FormField("marks", "Marks", Choices(("a", "b"))),
        FormField("words", "Words", Text()),
    ),
)
VALUES: tuple[dict[str, CellValue], ...] = (
    {"rust": True, "n": 1, "day": "2024-01-31", "marks": ["a"], "words": "Heavy RUST, left"},
    {"rust": False, "n": 2.5, "day": "2024-02-01", "marks": ["a", "b"], "words": "左边 ＡＢＣ"},
    {"rust": None, "n": 10, "day": None, "marks": [], "words": ""},
)
ROWS = rows_of(
    FORM,
    [
        RunItem(n, n, f"/p/{n}", f"IMG {n}.jpg", ItemState.ANSWERED, answer(values=values))
        for n, values in enumerate(VALUES)
    ],
)
COLUMNS = {column.key: column for column in columns_of(FORM)}


def kept(key: str, wanted: ColumnFilter, rows: RunRows = ROWS) -> list[int]:
    return list(kept_by_column(rows, COLUMNS[key], wanted, range(len(rows))))


@pytest.mark.parametrize(
    ("key", "wanted", "expected"),
    [
        ("rust", OneOf(frozenset((True,))), [0]),
        ("rust", OneOf(frozenset((False, None))), [1, 2]),
        ("marks", OneOf(frozenset(("b",))), [1]),
        ("marks", OneOf(frozenset((None,))), [2]),
        ("marks", OneOf(frozenset(("a", None))), [0, 1, 2]),
        ("n", Between(2), [1, 2]),
        ("n", Between(None, 2.5), [0, 1]),
        ("n", Between(1, 2.5, is_open=True), [0]),
        ("day", Between("2024-02-01"), [1]),
        ("day", Between(None, "2024-01-31"), [0]),
        ("words", Contains("left rust"), [0]),
        ("words", Contains("abc"), [1]),
        (":name", Contains("img 2"), [2]),
        (":state", OneOf(frozenset((ItemState.FAILED,))), []),
    ],
)
def test_a_filter_keeps_the_rows_it_means(key: str, wanted: ColumnFilter, expected: Sequence[int]) -> None:
    assert kept(key, wanted) == expected


def test_a_search_looks_through_names_values_and_notes_but_not_yes_and_no() -> None:
    ROWS.notes[2] = "on site"
    texts = row_texts(ROWS, range(3))
    assert [list(kept_by_search(text, texts, range(3))) for text in ("heavy img", "2.5", "site", "true")] == [
        [0],
        [1],
        [2],
        [],
    ]


def test_rows_that_need_attention_for_any_of_the_reasons_are_kept() -> None:
    rows = rows_of(
        FORM,
        [
            RunItem(1, 0, "/1", "1", ItemState.FAILED),
            RunItem(2, 1, "/2", "2", ItemState.ANSWERED, answer(), edited={"rust": False}),
            RunItem(3, 2, "/3", "3", ItemState.ANSWERED, answer()),
        ],
    )
    assert kept_by_attention(rows, {Attention.FAILED}, range(3)) == [0]
    assert kept_by_attention(rows, {Attention.FAILED, Attention.CHANGED}, range(3)) == [0, 1]
    # Of the second one a person has set the value that was not sure.
    assert kept_by_attention(rows, {Attention.UNSURE}, range(3)) == [2]


def test_taking_a_columns_filter_away_leaves_the_others() -> None:
    filters = RowFilters().with_column("n", Between(1)).with_column("rust", OneOf(frozenset((True,))))
    assert not filters.is_empty
    assert set(filters.with_column("n", None).by_column) == {"rust"}
    assert filters.with_column("n", None).with_column("rust", None).is_empty
