"""Order, filters and search of the answer grid's rows."""

from __future__ import annotations

import pytest

from desktop_app.domain.forms.form import Choice, Choices, Date, Form, FormField, Number, Places, Text, YesNo
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.row_filters import Attention, Between, RowFilters
from desktop_app.domain.runs.rows import RunRows, columns_of, rows_of
from desktop_app.domain.runs.run import ItemState
from desktop_app.services.runs.answer_table import (
    RowOrder,
    RowSearch,
    Wish,
    arranged,
    attention_counts,
    summaries,
)
from tests.fakes.made_runs import answer

FORM = Form(
    "F",
    (
        FormField("rust", "Rust", YesNo()),
        FormField("n", "N", Number()),
        FormField("day", "Day", Date()),
        FormField("marks", "Marks", Choices(("b", "a"))),
        FormField("grade", "Grade", Choice(("none", "light", "heavy"))),
        FormField("words", "Words", Text()),
        FormField("where", "Where", Places()),
    ),
)
VALUES: tuple[dict[str, CellValue], ...] = (
    {
        "rust": True,
        "n": 10,
        "day": "2024-02-01",
        "marks": ["b"],
        "grade": "heavy",
        "words": "beta",
        "where": [[1, 2, 3, 4]],
    },
    {"rust": False, "n": 9.5, "day": None, "marks": [], "grade": "none", "words": "", "where": []},
    {
        "rust": None,
        "n": None,
        "day": "2023-12-31",
        "marks": ["a"],
        "grade": "light",
        "words": "Alpha",
        "where": [[1, 2, 3, 4]] * 2,
    },
)
NAMES = ("IMG 10.jpg", "IMG 9.jpg", "img 1.jpg")
COLUMNS = columns_of(FORM)


def rows() -> RunRows:
    states = (ItemState.FAILED, ItemState.ANSWERED, ItemState.ANSWERED)
    items = [
        RunItem(n + 1, n, f"/{n}", NAMES[n], states[n], answer(values=values))
        for n, values in enumerate(VALUES)
    ]
    return rows_of(FORM, items)


@pytest.mark.parametrize(
    ("key", "up", "down"),
    [
        (":name", [2, 1, 0], [0, 1, 2]),
        ("rust", [1, 0, 2], [0, 1, 2]),
        ("n", [1, 0, 2], [0, 1, 2]),
        ("day", [2, 0, 1], [0, 2, 1]),
        ("marks", [0, 2, 1], [2, 0, 1]),
        ("grade", [1, 2, 0], [0, 2, 1]),
        ("words", [2, 0, 1], [0, 2, 1]),
        ("where", [0, 2, 1], [2, 0, 1]),
        (":state", [1, 2, 0], [0, 1, 2]),
        ("", [0, 1, 2], [0, 1, 2]),
    ],
)
def test_rows_are_sorted_by_what_a_column_means_with_empty_cells_last(
    key: str, up: list[int], down: list[int]
) -> None:
    for descending, expected in ((False, up), (True, down)):
        wish = Wish(order=RowOrder(key, descending))
        assert list(arranged(rows(), COLUMNS, wish, RowSearch())) == expected


def test_all_filters_must_pass() -> None:
    filters = RowFilters(search="img", by_column={"n": Between(9)}, attention=frozenset((Attention.FAILED,)))
    assert list(arranged(rows(), COLUMNS, Wish(filters), RowSearch())) == [0]
    assert list(arranged(rows(), COLUMNS, Wish(RowFilters(only=frozenset((2, 3)))), RowSearch())) == [1, 2]


def test_a_search_finds_what_has_changed_since_the_last_one() -> None:
    table, search = rows(), RowSearch()
    wish = Wish(RowFilters(search="gamma"))
    assert list(arranged(table, COLUMNS, wish, search)) == []
    table.values["words"][1] = "Gamma"
    search.forget([1])
    assert list(arranged(table, COLUMNS, wish, search)) == [1]


def test_summaries_follow_the_columns_and_count_what_is_shown() -> None:
    found = {summary.key: summary for summary in summaries(COLUMNS, rows(), [0])}
    assert list(found) == ["rust", "n", "day", "marks", "grade", ":state", ":confidence"]
    assert [(part.value, part.total, part.shown) for part in found["rust"].parts] == [
        (True, 1, 1),
        (False, 1, 0),
        (None, 1, 0),
    ]


def test_attention_is_counted_by_reason() -> None:
    table = rows()
    table.edited[2] = {"n": 1}
    counts = attention_counts(table)
    assert (counts[Attention.FAILED], counts[Attention.CHANGED], counts[Attention.UNSURE]) == (1, 1, 3)
