"""Summaries of the answer grid's columns: each bar shows exactly the rows that it counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    FieldKind,
    FormField,
    Number,
    Text,
    YesNo,
)
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.row_filters import Between, OneOf, kept_by_column
from desktop_app.domain.runs.rows import GridColumn, RowFact, RunRows
from desktop_app.domain.runs.run import ItemState
from desktop_app.domain.runs.summaries import MOST_BINS, Part, Summary, is_part_chosen, summary_of, toggled

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(date.isoformat)
OF_KIND: tuple[tuple[FieldKind, st.SearchStrategy[CellValue]], ...] = (
    (YesNo(), st.booleans()),
    (Number(), st.floats(-1e12, 1e12) | st.integers(-100, 100)),
    (Number(whole=True), st.integers(-(10**9), 10**9)),
    (Choice(("a", "b")), st.sampled_from(("a", "b"))),
    (Choices(("a", "b")), st.lists(st.sampled_from(("a", "b")), unique=True)),
    (Date(), DAYS),
)


def rows_with(kind: FieldKind, values: list[CellValue]) -> tuple[GridColumn, RunRows]:
    states = [ItemState.ANSWERED] * len(values)
    column = GridColumn(field=FormField("x", "X", kind))
    return column, RunRows(list(range(len(values))), ["n"] * len(values), states, {"x": values})


@pytest.mark.parametrize(("kind", "values"), OF_KIND)
@given(data=st.data())
def test_each_bar_counts_the_rows_its_filter_keeps(
    kind: FieldKind, values: st.SearchStrategy[CellValue], data: st.DataObject
) -> None:
    column, rows = rows_with(kind, data.draw(st.lists(st.none() | values, max_size=40)))
    shown = data.draw(st.sets(st.integers(0, max(0, len(rows) - 1)))) if len(rows) else set()
    summary = summary_of(column, rows, sorted(shown))
    if summary is None:
        assert not any(value not in (None, []) for value in rows.values["x"])
        return
    for part in summary.parts:
        kept = kept_by_column(rows, column, part.wanted, range(len(rows)))
        assert part.total == len(kept)
        assert part.shown == len(set(kept) & shown)


@pytest.mark.parametrize("kind", [YesNo(), Choice(("a", "b")), Choices(("a", "b"))])
@given(data=st.data())
def test_rows_that_are_still_to_be_asked_about_are_not_without_a_value(
    kind: FieldKind, data: st.DataObject
) -> None:
    values = dict(OF_KIND)[kind]
    column, rows = rows_with(kind, data.draw(st.lists(st.none() | values, max_size=20)))
    rows.states = [data.draw(st.sampled_from(ItemState)) for _ in rows.ids]
    empty = [n for n, value in enumerate(rows.values["x"]) if value in (None, [])]
    to_be_asked = (ItemState.QUEUED, ItemState.ASKING)
    without = [n for n in empty if rows.states[n] not in to_be_asked]
    assert list(kept_by_column(rows, column, OneOf(frozenset((None,))), range(len(rows)))) == without
    for part in (summary_of(column, rows, range(len(rows))) or Summary("x", ())).parts:
        kept = kept_by_column(rows, column, part.wanted, range(len(rows)))
        assert (part.total, part.shown) == (len(kept), len(kept))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_a_histogram_holds_every_number_in_few_bars(numbers: list[float]) -> None:
    column, rows = rows_with(Number(), list(numbers))
    summary = summary_of(column, rows, range(len(rows)))
    assert summary is not None
    assert sum(part.total for part in summary.parts) == len(numbers)
    assert len(summary.parts) <= MOST_BINS + 2


def test_bars_of_numbers_begin_at_round_ones() -> None:
    column, rows = rows_with(Number(), [0.13, 9.7])
    summary = summary_of(column, rows, range(2))
    assert summary is not None
    lows = [part.wanted.low for part in summary.parts if isinstance(part.wanted, Between)]
    assert lows == list(range(10))


def test_days_of_a_year_fall_into_equal_ranges() -> None:
    days = [(date(2024, 1, 1) + timedelta(n)).isoformat() for n in range(366)]
    column, rows = rows_with(Date(), list(days))
    summary = summary_of(column, rows, range(366))
    assert summary is not None
    assert [part.total for part in summary.parts] == [31] * 11 + [25]
    assert isinstance(summary.parts[0].wanted, Between)
    assert (summary.parts[0].wanted.low, summary.parts[0].wanted.high) == ("2024-01-01", "2024-01-31")


@pytest.mark.parametrize(
    ("kind", "values", "last"),
    [(Number(whole=True), [0, 40], 40), (Date(), ["2026-01-07", "2026-12-28"], "2026-12-28")],
)
def test_bars_end_with_the_highest_value(kind: FieldKind, values: list[CellValue], last: object) -> None:
    column, rows = rows_with(kind, values)
    summary = summary_of(column, rows, range(2))
    assert summary is not None
    assert isinstance(summary.parts[-1].wanted, Between)
    assert summary.parts[-1].wanted.high == last


def test_free_text_has_no_summary() -> None:
    column, rows = rows_with(Text(), ["a", "a"])
    assert summary_of(column, rows, range(2)) is None


def test_states_that_no_row_has_are_not_counted() -> None:
    _, rows = rows_with(YesNo(), [True, None])
    rows.states[1] = ItemState.FAILED
    summary = summary_of(GridColumn(fact=RowFact.STATE), rows, range(2))
    assert isinstance(summary, Summary)
    assert [part.value for part in summary.parts] == [ItemState.ANSWERED, ItemState.FAILED]


def test_a_bar_chosen_again_takes_its_filter_away() -> None:
    yes, no = (Part(OneOf(frozenset((value,))), 1, 1) for value in (True, False))
    assert toggled(None, yes, add=False) == yes.wanted
    assert toggled(yes.wanted, yes, add=False) is None
    assert toggled(yes.wanted, no, add=False) == no.wanted
    assert toggled(yes.wanted, no, add=True) == OneOf(frozenset((True, False)))
    assert toggled(OneOf(frozenset((True, False))), no, add=True) == yes.wanted


def test_a_bar_is_chosen_when_the_filter_shows_all_it_stands_for() -> None:
    yes, no = (Part(OneOf(frozenset((value,))), 1, 1) for value in (True, False))
    assert is_part_chosen(yes.wanted, yes)
    assert not is_part_chosen(yes.wanted, no)
    assert is_part_chosen(OneOf(frozenset((True, False))), no)
    low, high = Part(Between(0, 5, True), 1, 1), Part(Between(5, 10), 1, 1)
    assert is_part_chosen(low.wanted, low)
    assert not is_part_chosen(low.wanted, high)
    assert is_part_chosen(Between(None, 10), high)
    assert not is_part_chosen(Between(6, None), high)
    assert not is_part_chosen(None, low)


def test_ranges_grow_together() -> None:
    low, high = Part(Between(0, 5, True), 1, 1), Part(Between(10, 15), 1, 1)
    assert toggled(low.wanted, high, add=True) == Between(0, 15)
    assert toggled(high.wanted, low, add=True) == Between(0, 15)
