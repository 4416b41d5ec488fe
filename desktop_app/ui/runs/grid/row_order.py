"""Which rows the answer grid shows, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.domain.runs.row_filters import RowFilters


@dataclass(frozen=True, slots=True)
class Shown:
    """Which rows are shown.

    Attributes:
        key, descending: the column they are sorted by, "" for the order of the run.
        count, total: rows that pass the filters, and rows of the run.
        is_reading: only the first of them are here.
    """

    filters: RowFilters = field(default_factory=RowFilters)
    key: str = ""
    descending: bool = False
    count: int = 0
    total: int = 0
    is_reading: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """Which rows are shown in which order; for 100,000 rows it is made beside the window, see `order_of`.

    Attributes:
        places: of the rows, from the top.
        numbers: of the rows from the top, by place; -1 for one that is not shown.
    """

    places: Sequence[int] = ()
    numbers: Sequence[int] = ()


def order_of(places: Sequence[int], total: int) -> Order:
    """`total`: rows of the run."""
    if isinstance(places, range) and len(places) == total:
        return Order(places, places)
    numbers = [-1] * total
    for number, place in enumerate(places):
        numbers[place] = number
    return Order(places, numbers)
