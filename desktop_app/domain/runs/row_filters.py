"""Which rows of the answer grid are shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, TypeAlias

from desktop_app.domain.forms.form import Choice, Choices, Date, Number, YesNo
from desktop_app.domain.runs.rows import LOW_CONFIDENCE, GridColumn, RowFact, RunRows
from desktop_app.domain.runs.run import ItemState
from desktop_app.domain.searchable import searchable


@dataclass(frozen=True, slots=True)
class Contains:
    """Every word of the text, in any order and without regard to case."""

    text: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these values; None for rows without a value."""

    values: frozenset[bool | str | None]


@dataclass(frozen=True, slots=True)
class Between:
    """Numbers, or days as "YYYY-MM-DD"; None for no limit. Rows without a value are left out.

    Attributes:
        is_open: `high` itself is left out.
    """

    low: float | str | None = None
    high: float | str | None = None
    is_open: bool = False


ColumnFilter: TypeAlias = Contains | OneOf | Between


class FilterKind(Enum):
    """What a column can be filtered by."""

    TEXT = "text"
    VALUES = "values"
    NUMBERS = "numbers"
    DAYS = "days"


class Attention(Enum):
    """Rows that a person should look at."""

    FAILED = "failed"
    UNSURE = "unsure"
    PROBLEMS = "problems"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class RowFilters:
    """A row is shown when it passes all of them.

    Attributes:
        search: words to be found anywhere in the row.
        by_column: by key of the column.
        attention: rows for which any of these is true; empty for all.
        only: ids of items; None for all.
    """

    search: str = ""
    by_column: Mapping[str, ColumnFilter] = field(default_factory=dict)
    attention: frozenset[Attention] = frozenset()
    only: frozenset[int] | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.search.strip() or self.by_column or self.attention or self.only is not None)

    def with_column(self, key: str, wanted: ColumnFilter | None) -> RowFilters:
        """Another filter for one column; None for none."""
        others = {name: one for name, one in self.by_column.items() if name != key}
        return replace(self, by_column=others if wanted is None else {**others, key: wanted})


Places: TypeAlias = Sequence[int]


def kind_of(column: GridColumn) -> FilterKind:
    """What the column can be filtered by."""
    if column.field is None:
        match column.fact:
            case RowFact.STATE:
                return FilterKind.VALUES
            case RowFact.CONFIDENCE:
                return FilterKind.NUMBERS
            case _:
                return FilterKind.TEXT
    match column.field.kind:
        case YesNo() | Choice() | Choices():
            return FilterKind.VALUES
        case Number():
            return FilterKind.NUMBERS
        case Date():
            return FilterKind.DAYS
        case _:
            return FilterKind.TEXT


def kept_by_column(rows: RunRows, column: GridColumn, wanted: ColumnFilter, places: Places) -> Places:
    """Those of the rows that pass the filter of one column."""
    values = rows.column(column)
    match wanted:
        case Contains(text):
            words = searchable(text).split()
            return [place for place in places if _holds(words, searchable(text_of(values[place])))]
        case OneOf(chosen):
            waiting = without_answer_yet(rows, values) if None in chosen else set()
            places = [place for place in places if place not in waiting] if waiting else places
            if column.field is not None and isinstance(column.field.kind, Choices):
                return [place for place in places if _any_chosen(chosen, values[place])]
            return [place for place in places if values[place] in chosen]
        case Between():
            return _between(values, wanted, places)


def without_answer_yet(rows: RunRows, values: Sequence[Any]) -> set[int]:
    """Rows that have no value because they are still to be asked about: they do not count as without one."""
    if not any(rows.states.count(state) for state in _TO_BE_ASKED):
        return set()
    states = enumerate(rows.states)
    return {place for place, state in states if state in _TO_BE_ASKED and values[place] in (None, [])}


def kept_by_attention(rows: RunRows, wanted: Collection[Attention], places: Places) -> Places:
    """Those for which any of these is true."""
    found: set[int] = set()
    if Attention.FAILED in wanted:
        found.update(place for place, state in enumerate(rows.states) if state is ItemState.FAILED)
    if Attention.UNSURE in wanted:
        least = rows.column(GridColumn(fact=RowFact.CONFIDENCE))
        found.update(p for p, sure in enumerate(least) if sure is not None and sure < LOW_CONFIDENCE)
    if Attention.PROBLEMS in wanted:
        found.update(place for place in list(rows.problems) if rows.has_problem(place))
    if Attention.CHANGED in wanted:
        found.update(rows.edited)
    return [place for place in places if place in found]


def kept_by_search(text: str, texts: Sequence[str], places: Places) -> Places:
    """Those in which all words are found; `texts` by place, see `row_texts`."""
    first, *others = searchable(text).split() or [""]
    return [p for p in places if first in texts[p] and _holds(others, texts[p])]


def row_texts(rows: RunRows, places: Sequence[int]) -> list[str]:
    """What a search looks through: the name, every value in words, and the note; in the order of `places`.

    All rows go through one conversion together, which takes a fraction of the time. Hand long lists over in
    blocks of a few thousand.
    """
    columns = [[text_of(column[place]) for place in places] for column in rows.values.values()]
    names = [rows.names[place] for place in places]
    notes = [rows.notes.get(place, "") for place in places]
    texts = list(map("\n".join, zip(names, *columns, notes, strict=True)))
    together = searchable(_BETWEEN.join(texts)).split(_BETWEEN) if texts else []
    # A text with the separator in it must not mix up the others.
    return together if len(together) == len(texts) else list(map(searchable, texts))


_TO_BE_ASKED = (ItemState.QUEUED, ItemState.ASKING)
_BETWEEN = "\0"


def text_of(value: Any) -> str:
    """A value as it is searched; yes and no stand in too many other words to be looked for."""
    match value:
        case None | bool():
            return ""
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _holds(words: list[str], text: str) -> bool:
    return all(word in text for word in words)


def _any_chosen(wanted: frozenset[bool | str | None], chosen: Any) -> bool:
    return any(one in wanted for one in chosen) if chosen else None in wanted


def _between(values: Sequence[Any], wanted: Between, places: Places) -> Places:
    low, high = wanted.low, wanted.high
    places = [place for place in places if values[place] is not None]
    if low is not None:
        places = [place for place in places if values[place] >= low]
    if high is not None and wanted.is_open:
        places = [place for place in places if values[place] < high]
    elif high is not None:
        places = [place for place in places if values[place] <= high]
    return places
