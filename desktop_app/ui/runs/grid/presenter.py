"""Leads the answer grid: rows of a run, which of them are shown, and what a person changes. Knows no Qt."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from desktop_app.domain.forms.form import Form
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.row_filters import Attention, ColumnFilter, RowFilters
from desktop_app.domain.runs.rows import GridColumn, RunRows, columns_of, rows_of
from desktop_app.domain.runs.run import Run, RunCounts
from desktop_app.domain.runs.summaries import Part, Summary, toggled
from desktop_app.services.runs.answer_table import (
    RowOrder,
    RowSearch,
    Wish,
    arranged,
    attention_counts,
    summaries,
)
from desktop_app.services.runs.progress import RunProgress
from desktop_app.services.runs.runs import Runs
from desktop_app.ui.runs.grid.editing import GridEditing
from desktop_app.ui.runs.grid.row_details import RowDetails
from desktop_app.ui.runs.grid.view_data import GridNote, Shown

REFRESH_S = 0.3
"""Rows that changed are read again this often, all in one go."""

REARRANGE_S = 1.0
"""While a run works, order and summaries follow at most this often."""

COUNT_AFTER_S = 0.03
"""The rows are drawn before they are counted."""

class View(Protocol):
    """What the presenter says to the grid; described there."""

    def show_rows(self, rows: RunRows, columns: Sequence[GridColumn]) -> None: ...

    def arrange(self, places: Sequence[int], from_top: bool) -> None: ...

    def announce(self, places: Sequence[int]) -> None: ...

    def show_shown(self, shown: Shown) -> None: ...

    def show_summaries(self, found: Sequence[Summary], attention: Mapping[Attention, int]) -> None: ...

    def show_thumbnail(self, item_id: int, raster: Raster | None) -> None: ...

    def lacks_thumbnail(self, item_id: int) -> bool: ...

    def show_item(self, item: RunItem) -> None: ...

    def show_details(self, item: RunItem, form: Form) -> None: ...

    def show_note(self, note: GridNote | None, can_undo: bool) -> None: ...

    def selected_ids(self) -> tuple[int, ...]: ...


class AnswerGridPresenter:
    """Lives on the event loop. One run is shown at a time.

    Attributes:
        editing: what a person changes.
        on_edited: told items that a person has changed.
    """

    def __init__(
        self,
        view: View,
        runs: Runs,
        start_task: Callable[[Coroutine[Any, Any, Any]], object],
        thumbnail: Callable[[Path], Awaitable[Raster]],
        on_item_chosen: Callable[[RunItem, bool], object],
    ) -> None:
        """
        Args:
            start_task: runs a coroutine on the loop.
            thumbnail: a small picture of a file.
            on_item_chosen: told the item the keyboard is on, and whether it is to be seen in full.
        """
        self._view = view
        self._runs = runs
        self._start = start_task
        self._on_item_chosen = on_item_chosen
        self.on_edited: Callable[[Sequence[RunItem]], object] = lambda items: None
        self._details = RowDetails(runs, start_task, thumbnail, view.show_item, view.show_thumbnail)
        self.editing = GridEditing(runs, self._take_items, view.show_note)
        self._run: Run | None = None
        self._rows = RunRows()
        self._columns: tuple[GridColumn, ...] = ()
        self._search = RowSearch()
        self._wish = self._arranged = Wish()
        self._shown: Sequence[int] = ()
        self._counts = RunCounts()
        self._changed: set[int] = set()
        self._is_everything_stale = False
        self._is_refreshing = False
        self._is_arranging = False
        self._is_stale = False
        self._soon = asyncio.Event()
        self._counting = 0
        self._next_at = 0.0
        self._chosen = 0

    # Led from outside

    async def show(self, run: Run | None) -> None:
        """Show the rows of a run, all of them in its order; None for none."""
        self._run = run
        self._wish = self._arranged = Wish()
        self.editing.begin(None if run is None else run.id)
        self._changed.clear()
        self._details.begin(0 if run is None else run.id)
        await self._load()

    def progress(self, progress: RunProgress) -> None:
        """A run went on; what changed is read a few times a second."""
        run = self._run
        if run is None or progress.run.id != run.id:
            return
        self._run = progress.run
        self._changed.update(progress.changed)
        # Queued again without being named, or by another window.
        if not progress.changed and progress.run.counts != self._counts:
            self._is_everything_stale = True
        self._counts = progress.run.counts
        if (self._changed or self._is_everything_stale) and not self._is_refreshing:
            self._is_refreshing = True
            self._start(self._refresh())

    def selected_ids(self) -> tuple[int, ...]:
        """The selected items, in the order shown."""
        return self._view.selected_ids()

    def visible_ids(self) -> tuple[int, ...]:
        """The items that pass the filters, in the order shown."""
        ids = self._rows.ids
        return tuple(ids[place] for place in self._shown)

    def show_only(self, item_ids: Sequence[int]) -> None:
        """Show only these items."""
        self._filter(RowFilters(only=frozenset(item_ids)))

    # What a person wants

    def search(self, text: str) -> None:
        self._filter(replace(self._wish.filters, search=text))

    def filter_column(self, key: str, wanted: ColumnFilter | None) -> None:
        self._filter(self._wish.filters.with_column(key, wanted))

    def choose_part(self, key: str, part: Part, keep: bool) -> None:
        """A bar of a summary was chosen; `keep`: together with those chosen before."""
        now = self._wish.filters.by_column.get(key)
        self.filter_column(key, toggled(now, part, keep))

    def show_attention(self, wanted: frozenset[Attention]) -> None:
        self._filter(replace(self._wish.filters, attention=wanted))

    def show_all(self) -> None:
        self._filter(RowFilters())

    def sort(self, key: str, descending: bool | None) -> None:
        """By a column; None for the order of the run."""
        order = RowOrder() if descending is None else RowOrder(key, descending)
        self._wish = replace(self._wish, order=order)
        self._arrange()

    def sort_next(self, key: str) -> None:
        """Up, down, and back to the order of the run."""
        order = self._wish.order
        if order.key != key:
            self.sort(key, False)
        else:
            self.sort(key, None if order.descending else True)

    async def show_visible(self, visible: Sequence[int], nearby: Sequence[int]) -> None:
        """These are on screen, and those come next."""
        await self._details.want([*visible, *nearby], self._view.lacks_thumbnail)

    async def choose(self, item_id: int, in_full: bool = False) -> None:
        """The keyboard went to a row, or its picture is to be seen in full."""
        self._chosen = item_id
        item = await self._details.item(item_id)
        if item is not None and self._chosen == item_id:  # else it went on meanwhile
            self._on_item_chosen(item, in_full)

    async def show_details(self, item_id: int) -> None:
        """All that is known about one answer."""
        item, run = await self._details.item(item_id), self._run
        if item is not None and run is not None:
            self._view.show_details(item, run.plan.form)

    # Rows

    async def _load(self) -> None:
        run = self._run
        rows = RunRows() if run is None else await self._runs.rows(run.id)
        if (None if run is None else run.id) != (None if self._run is None else self._run.id):
            return  # another one was chosen meanwhile
        self._rows, self._search = rows, RowSearch()
        self._columns = () if run is None else columns_of(run.plan.form)
        self._counts = RunCounts() if self._run is None else self._run.counts
        self._shown = range(len(rows))
        self._view.show_rows(rows, self._columns)
        self._tell_shown()
        self._arrange()

    async def _refresh(self) -> None:
        try:
            await asyncio.sleep(REFRESH_S)
        finally:
            self._is_refreshing = False
        run, changed = self._run, tuple(self._changed)
        self._changed.clear()
        if run is None:
            return
        if self._is_everything_stale:
            self._is_everything_stale = False
            self._details.begin(run.id)
            await self._load()
            return
        rows = await self._runs.rows(run.id, changed)
        if self._run is not None and self._run.id == run.id:
            self._details.forget(changed)
            self._take(rows)
            self._arrange(soon=False)

    def _take(self, rows: RunRows) -> None:
        """Rows as they are now."""
        places = self._rows.update(rows)
        self._search.forget(places)
        self._view.announce(places)

    def _filter(self, filters: RowFilters) -> None:
        if filters != self._wish.filters:
            self._wish = replace(self._wish, filters=filters)
            self._tell_shown()
            self._arrange()

    def _arrange(self, soon: bool = True) -> None:
        """Filter, sort and count again; not `soon`: when it is time, as rows change without end."""
        self._is_stale = True
        if soon:
            self._soon.set()
        if not self._is_arranging:
            self._is_arranging = True
            self._start(self._arrange_all())

    def _count(self) -> None:
        """Count again, beside whatever else is done; an earlier count that is not through is given up."""
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
        places: Sequence[int] = range(len(rows))
        if wish != Wish():
            places = await asyncio.to_thread(arranged, rows, columns, wish, self._search)
        if rows is not self._rows or wish is not self._wish:
            return  # what was wished for since is arranged next
        if places != self._shown:
            self._shown = places
            self._view.arrange(places, wish.order != self._arranged.order)
        self._arranged = wish
        self._tell_shown()
        self._count()

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

    def _tell_shown(self) -> None:
        order = self._wish.order
        self._view.show_shown(
            Shown(self._wish.filters, order.key, order.descending, len(self._shown), len(self._rows))
        )

    # Changes

    def _take_items(self, items: Sequence[RunItem]) -> None:
        """A person has changed these."""
        run = self._run
        if run is None:
            return
        for item in items:
            self._details.keep(item)
        self._take(rows_of(run.plan.form, items))
        self._count()
        self.on_edited(items)
