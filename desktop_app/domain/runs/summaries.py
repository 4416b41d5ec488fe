"""What a column of the answer grid comes to: counts of its values, or a small histogram."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain.forms.form import Choice, Choices, Number, YesNo
from desktop_app.domain.runs.row_filters import (
    Between,
    ColumnFilter,
    FilterKind,
    OneOf,
    kind_of,
    without_answer_yet,
)
from desktop_app.domain.runs.rows import GridColumn, RowFact, RunRows
from desktop_app.domain.runs.run import ItemState

MOST_BINS = 12
"""Of a histogram; more are too thin to be hit."""


@dataclass(frozen=True, slots=True)
class Part:
    """One bar of a summary.

    Attributes:
        wanted: shows exactly the rows that are counted here.
        total: rows of the run.
        shown: those of them that are shown now.
    """

    wanted: OneOf | Between
    total: int
    shown: int

    @property
    def value(self) -> bool | str | None:
        """The value that is counted, for bars of single values."""
        return next(iter(self.wanted.values)) if isinstance(self.wanted, OneOf) else None


@dataclass(frozen=True, slots=True)
class Summary:
    """The bars of one column, in order.

    Attributes:
        key: of the column.
        is_histogram: bars stand side by side along an axis.
    """

    key: str
    parts: tuple[Part, ...]
    is_histogram: bool = False


def summary_of(column: GridColumn, rows: RunRows, shown: Sequence[int]) -> Summary | None:
    """The summary of a column; None for columns of free text, and where there is nothing to count.

    Args:
        rows: all of the run.
        shown: places of those that pass the filters.
    """
    kind = kind_of(column)
    if kind is FilterKind.TEXT:
        return None
    values = rows.column(column)
    waiting = without_answer_yet(rows, values) if kind is FilterKind.VALUES else None
    if waiting:
        total = [value for place, value in enumerate(values) if place not in waiting]
        return _values(column, total, [values[place] for place in shown if place not in waiting])
    now = values if len(shown) == len(values) else list(map(values.__getitem__, shown))
    return (_values if kind is FilterKind.VALUES else _histogram)(column, values, now)


def toggled(now: ColumnFilter | None, part: Part, add: bool) -> ColumnFilter | None:
    """The filter after a bar was chosen: only it, or without it when it was the only one.

    Args:
        add: keep what was chosen before as well; ranges grow until they hold the bar.
    """
    match now, part.wanted:
        case OneOf(values), OneOf(one) if add:
            rest = values ^ one
            return OneOf(rest) if rest else None
        case Between() as before, Between() as after if add:
            return _joined(before, after)
        case _:
            return None if now == part.wanted else part.wanted


def is_part_chosen(now: ColumnFilter | None, part: Part) -> bool:
    """Whether the filter shows what a bar stands for."""
    match now, part.wanted:
        case OneOf(values), OneOf(one):
            return one <= values
        case Between(low, high), Between(first, last):
            is_above = low is None or (first is not None and first >= low)  # type: ignore[operator]
            return is_above and (high is None or (last is not None and last <= high))  # type: ignore[operator]
        case _:
            return False


def _values(column: GridColumn, values: Sequence[Any], now: Sequence[Any]) -> Summary | None:
    several = column.field is not None and isinstance(column.field.kind, Choices)
    count = _counted_each if several else Counter
    total = count(values)
    visible = total if now is values else count(now)
    order = _order(column, total)
    if not any(total[value] for value in order):
        return None
    if column.fact is None and total[None]:
        order.append(None)
    parts = [Part(OneOf(frozenset((value,))), total[value], visible[value]) for value in order]
    return Summary(column.key, tuple(parts))


def _order(column: GridColumn, total: Counter[Any]) -> list[bool | str | None]:
    match column.field.kind if column.field is not None else None:
        case YesNo():
            return [True, False]
        case Choice(options=options) | Choices(options=options):
            return [*options]
        case _:
            return [state for state in ItemState if total[state]]


def _counted_each(values: Sequence[Any]) -> Counter[Any]:
    """Every chosen option counts, and None where none is chosen. Combinations are few, so they come first."""
    counts: Counter[Any] = Counter()
    for chosen, count in Counter([tuple(value) if value else None for value in values]).items():
        for option in chosen or (None,):
            counts[option] += count
    return counts


def _histogram(column: GridColumn, values: Sequence[Any], now: Sequence[Any]) -> Summary | None:
    total = sorted(value for value in values if value is not None)
    visible = total if now is values else sorted(value for value in now if value is not None)
    if not total:
        return None
    bins = _bins(column, total[0], total[-1])
    parts = zip(bins, _filled(bins, total), _filled(bins, visible), strict=True)
    return Summary(column.key, tuple(Part(*part) for part in parts), is_histogram=True)


def _bins(column: GridColumn, low: Any, high: Any) -> list[Between]:
    if column.fact is RowFact.CONFIDENCE:
        return [Between(step / 10, (step + 1) / 10, step < 9) for step in range(10)]
    if isinstance(low, str):
        days = _whole_bins(date.fromisoformat(low).toordinal(), date.fromisoformat(high).toordinal())
        return [Between(_day(first), _day(last)) for first, last in days]
    is_whole = column.field is not None and isinstance(column.field.kind, Number) and column.field.kind.whole
    if is_whole:
        return [Between(first, last) for first, last in _whole_bins(int(low), int(high))]
    return _even_bins(float(low), float(high))


def _whole_bins(low: int, high: int) -> list[tuple[int, int]]:
    """Ranges of equal width, both ends included; the last one ends with the highest number."""
    width = -(-(high - low + 1) // MOST_BINS)
    return [(first, min(first + width - 1, high)) for first in range(low, high + 1, width)]


def _even_bins(low: float, high: float) -> list[Between]:
    """Ranges between round numbers, all but the last without their upper end."""
    if not low < high:
        return [Between(low, high)]
    raw = high / MOST_BINS - low / MOST_BINS  # their difference alone may be too large for a number
    power = 10.0 ** math.floor(math.log10(raw))
    width = next(power * step for step in (1, 2, 2.5, 5, 10) if power * step >= raw * (1 - 1e-9))
    first = math.floor(low / width)
    edges = [width * number for number in range(first, first + MOST_BINS + 3)]
    while len(edges) > 2 and edges[-2] >= high:
        edges.pop()
    edges = [float(f"{edge:.12g}") for edge in edges]
    edges[-1], last = max(edges[-1], high), len(edges) - 2
    return [Between(edges[n], edges[n + 1], n < last) for n in range(last + 1)]


def _filled(bins: Sequence[Between], ordered: Sequence[Any]) -> list[int]:
    """How many of the values, in order, are in each bin; the last one takes whatever is left."""
    ends = [(bisect_left if one.is_open else bisect_right)(ordered, one.high) for one in bins[:-1]]
    edges = [0, *ends, len(ordered)]
    return [last - first for first, last in itertools.pairwise(edges)]


def _joined(before: Between, after: Between) -> Between:
    """The range from the lower low end to the higher high end."""
    lows: list[Any] = [before.low, after.low]
    highest = max(before, after, key=_end)
    return Between(None if None in lows else min(lows), highest.high, highest.is_open)


def _end(one: Between) -> tuple[bool, Any, bool]:
    return one.high is None, 0 if one.high is None else one.high, not one.is_open


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
