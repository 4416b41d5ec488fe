"""The rows of a run's answer grid: filtered, sorted and counted, for 100,000 of them.

Runs in a worker thread beside a living window; a row that changes meanwhile is arranged again afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.domain.forms.form import Choice, Choices, Places
from desktop_app.domain.natural_order import natural_keys
from desktop_app.domain.runs.row_filters import (
    Attention,
    RowFilters,
    kept_by_attention,
    kept_by_column,
    kept_by_search,
    row_texts,
    text_of,
)
from desktop_app.domain.runs.rows import GridColumn, RowFact, RunRows
from desktop_app.domain.runs.run import ItemState
from desktop_app.domain.runs.summaries import Summary, summary_of
from desktop_app.services.block_sorting import sorted_in_blocks

_KEY_BLOCK = 2000
_STATES = {state: number for number, state in enumerate(ItemState)}


@dataclass(frozen=True, slots=True)
class RowOrder:
    """By a column; the order of the run without one. Rows without a value come last either way."""

    key: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Which rows are to be shown, and in which order."""

    filters: RowFilters = field(default_factory=RowFilters)
    order: RowOrder = field(default_factory=RowOrder)


class RowSearch:
    """The text of each row, made when it is first looked for and again when the row has changed."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._stale: set[int] = set()

    def forget(self, places: Sequence[int]) -> None:
        """These rows have changed."""
        self._stale.update(places)

    def texts(self, rows: RunRows) -> Sequence[str]:
        """By place."""
        if len(self._texts) != len(rows):
            self._texts = []
            for start in range(0, len(rows), _KEY_BLOCK):
                self._texts += row_texts(rows, range(start, min(start + _KEY_BLOCK, len(rows))))
        stale = list(self._stale)
        self._stale.difference_update(stale)
        for place, text in zip(stale, row_texts(rows, stale), strict=True):
            self._texts[place] = text
        return self._texts


def arranged(rows: RunRows, columns: Sequence[GridColumn], wish: Wish, search: RowSearch) -> Sequence[int]:
    """Places of the rows that pass the filters, in order."""
    shown = _filtered(rows, columns, wish.filters, search)
    column = next((one for one in columns if one.key == wish.order.key), None)
    return shown if column is None else _sorted(rows, shown, column, wish.order.descending)


def summaries(columns: Sequence[GridColumn], rows: RunRows, shown: Sequence[int]) -> tuple[Summary, ...]:
    """Of every column that has one."""
    found = (summary_of(column, rows, shown) for column in columns)
    return tuple(summary for summary in found if summary is not None)


def attention_counts(rows: RunRows) -> dict[Attention, int]:
    """How many rows need attention, by reason."""
    places = range(len(rows))
    return {one: len(kept_by_attention(rows, (one,), places)) for one in Attention}


def _filtered(
    rows: RunRows, columns: Sequence[GridColumn], filters: RowFilters, search: RowSearch
) -> Sequence[int]:
    places: Sequence[int] = range(len(rows))
    if filters.only is not None:
        ids, only = rows.ids, filters.only
        places = [place for place in places if ids[place] in only]
    if filters.attention:
        places = kept_by_attention(rows, filters.attention, places)
    for column in columns:
        wanted = filters.by_column.get(column.key)
        if wanted is not None:
            places = kept_by_column(rows, column, wanted, places)
    if filters.search.strip():
        places = kept_by_search(filters.search, search.texts(rows), places)
    return places


def _sorted(rows: RunRows, places: Sequence[int], column: GridColumn, descending: bool) -> list[int]:
    if column.fact is RowFact.NAME:
        return _by_name(rows, places, descending)
    values, key = rows.column(column), _sort_key(column)
    keys = {place: key(value) for place in places if (value := values[place]) not in _EMPTY}
    ordered = sorted_in_blocks(list(keys), keys.__getitem__, descending)
    if len(keys) == len(places):
        return ordered
    return [*ordered, *(place for place in places if place not in keys)]


_EMPTY: tuple[Any, ...] = (None, "", [])


def _by_name(rows: RunRows, places: Sequence[int], descending: bool) -> list[int]:
    keys: list[str] = []
    for start in range(0, len(places), _KEY_BLOCK):
        keys += natural_keys([rows.names[place] for place in places[start : start + _KEY_BLOCK]])
    return [places[n] for n in sorted_in_blocks(range(len(places)), keys.__getitem__, descending)]


def _sort_key(column: GridColumn) -> Callable[[Any], Any]:
    if column.fact is RowFact.STATE:
        return _STATES.__getitem__
    match column.field.kind if column.field is not None else None:
        case Places():
            return len
        case Choice(options=options):
            ranks = _ranks(options)
            return lambda value: ranks.get(value, len(ranks))
        case Choices(options=options):
            ranks = _ranks(options)
            return lambda chosen: [ranks.get(one, len(ranks)) for one in chosen]
    return lambda value: text_of(value).casefold() if isinstance(value, str | list) else value


def _ranks(options: Sequence[str]) -> dict[str, int]:
    """Options are ordered as the form orders them: "none" comes before "light" and "heavy"."""
    return {option: number for number, option in enumerate(options)}
