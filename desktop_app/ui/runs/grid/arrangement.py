"""Which rows of the grid are shown, in which order, and what the columns come to. Knows no Qt."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from desktop_app.domain.runs.row_filters import Attention, RowFilters
from desktop_app.domain.runs.rows import GridColumn, RunRows
from desktop_app.domain.runs.summaries import Summary
from desktop_app.services.runs.answer_table import (
    RowOrder,
    RowSearch,
    Wish,
    arranged,
    attention_counts,
    summaries,
)
from desktop_app.ui.runs.grid.row_order import Order, Shown, order_of

REARRANGE_S = 1.0
"""While a run works, order and summaries follow at most this often."""

COUNT_AFTER_S = 0.03
"""The rows are drawn before they are counted."""


class View(Protocol):
    """What the grid is told; described there."""

    def show_rows(self, rows: RunRows, columns: Sequence[GridColumn]) -> None: ...

    def arrange(self, order: Order, from_top: bool) -> None: ...

    def show_shown(self, shown: Shown) -> None: ...

    def show_summaries(self, found: Sequence[Summary], attention: Mapping[Attention, int]) -> None: ...


class Arrangement:
    """Works in threads, beside whatever else is done; what was wished for last counts."""

    def __init__(self, view: View, start_task: Callable[[Coroutine[Any, Any, Any]], object]) -> None:
        self._view = view
        self._start = start_task
        self._rows = self._told = RunRows()
        self._columns: Sequence[GridColumn] = ()
        self._search = RowSearch()
        self._total = 0
        self._wish = self._arranged = Wish()
        self._shown: Sequence[int] = ()
        self._is_arranging = False
        self._is_stale = False
        self._soon = asyncio.Event()
        self._counting = 0
        self._next_at = 0.0

    @property
    def wish(self) -> Wish:
        return self._wish

    @property
    def rows(self) -> RunRows:
        """As they are now, in the order of the run: all of them, or the first until all are here."""
        return self._rows

    @property
    def shown(self) -> Sequence[int]:
        """Places of the rows that are shown, in order."""
        return self._shown

    @property
    def is_whole(self) -> bool:
        """All rows of the run are here, and shown as they are wished for."""
        return len(self._told) == self._total

    def begin(self, columns: Sequence[GridColumn], first: RunRows, total: int) -> None:
        """Another run, of which these rows are here; `take` brings all of them."""
        self._columns, self._total = columns, total
        self._wish = self._arranged = Wish()
        self._rows, self._search, self._shown = first, RowSearch(), range(len(first))
        self._counting += 1  # what is counted of another run is not told any more
        self._show_rows()
        self._tell()

    def take(self, rows: RunRows) -> None:
        """All rows of the run, also when they were read once more."""
        self._rows, self._search, self._total = rows, RowSearch(), len(rows)
        if self._wish == Wish():
            self._shown = range(len(rows))
            self._show_rows()
            self._tell()
        self.arrange()  # rows that a filter hides are not shown in between

    def forget(self, places: Sequence[int]) -> None:
        """These rows have changed."""
        self._search.forget(places)

    def filter(self, filters: RowFilters) -> None:
        if filters != self._wish.filters:
            self._wish = replace(self._wish, filters=filters)
            self._tell()
            self.arrange()

    def sort(self, order: RowOrder) -> None:
        self._wish = replace(self._wish, order=order)
        self.arrange()

    def arrange(self, soon: bool = True) -> None:
        """Filter, sort and count again; not `soon`: when it is time, as rows change without end."""
        if len(self._rows) < self._total:
            return  # they are arranged when all are here
        self._is_stale = True
        if soon:
            self._soon.set()
        if not self._is_arranging:
            self._is_arranging = True
            self._start(self._arrange_all())

    def count(self) -> None:
        """Count again; an earlier count that is not through is given up."""
        self._counting += 1
        self._start(self._show_summaries(self._counting))

    async def _arrange_all(self) -> None:
        try:
            while self._is_stale:
                wait = self._next_at - time.monotonic()
                if wait > 0 and not self._soon.is_set():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._soon.wait(), wait)
                self._is_stale = False
                self._soon.clear()
                began = time.monotonic()
                await self._arrange_once()
                now = time.monotonic()
                self._next_at = now + max(REARRANGE_S, 4 * (now - began))
        finally:
            self._is_arranging = False

    async def _arrange_once(self) -> None:
        rows, columns, wish = self._rows, self._columns, self._wish
        order = order_of(range(len(rows)), len(rows))
        if wish != Wish():
            order = await asyncio.to_thread(_order, rows, columns, wish, self._search)
        if rows is not self._rows or wish is not self._wish:
            return  # what was wished for since is arranged next
        self._show_rows()
        if order.places != self._shown:
            self._shown = order.places
            self._view.arrange(order, wish.order != self._arranged.order)
        self._arranged = wish
        self._tell()
        self.count()

    def _show_rows(self) -> None:
        if self._told is not self._rows:
            self._told = self._rows
            self._view.show_rows(self._rows, self._columns)

    async def _show_summaries(self, number: int) -> None:
        """A column at a time, so that the window and newer wishes come first."""
        rows, columns, places = self._rows, self._columns, self._shown
        found: list[Summary] = []
        await asyncio.sleep(COUNT_AFTER_S)
        for column in columns:
            if number != self._counting:
                return
            found += await asyncio.to_thread(summaries, (column,), rows, places)
        attention = await asyncio.to_thread(attention_counts, rows)
        if number == self._counting:
            self._view.show_summaries(found, attention)

    def _tell(self) -> None:
        order = self._wish.order
        is_whole = self.is_whole
        count = len(self._shown) if is_whole else self._total
        shown = Shown(self._wish.filters, order.key, order.descending, count, self._total, not is_whole)
        self._view.show_shown(shown)


def _order(rows: RunRows, columns: Sequence[GridColumn], wish: Wish, search: RowSearch) -> Order:
    return order_of(arranged(rows, columns, wish, search), len(rows))
