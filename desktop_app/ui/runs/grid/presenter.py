"""Leads the answer grid: the rows of a run, and what a person looks for in them and changes. Knows no Qt."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
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
from desktop_app.services.runs.answer_table import RowOrder
from desktop_app.services.runs.ports import RunAnswers
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.runs.grid.arrangement import Arrangement
from desktop_app.ui.runs.grid.editing.grid_editing import GridEditing
from desktop_app.ui.runs.grid.editing.grid_note import GridNote
from desktop_app.ui.runs.grid.row_details import RowDetails
from desktop_app.ui.runs.grid.row_order import Order, Shown

REFRESH_S = 0.3
"""Rows that changed are read again this often, all in one go."""

FIRST_ROWS = 200
"""More than a screen holds; they are shown before all are read."""


class View(Protocol):
    """What the presenter says to the grid; described there."""

    def show_rows(self, rows: RunRows, columns: Sequence[GridColumn]) -> None: ...

    def arrange(self, order: Order, from_top: bool) -> None: ...

    def announce(self, places: Sequence[int]) -> None: ...

    def show_shown(self, shown: Shown) -> None: ...

    def show_summaries(self, found: Sequence[Summary], attention: Mapping[Attention, int]) -> None: ...

    def show_thumbnail(self, item_id: int, raster: Raster | None) -> None: ...

    def lacks_thumbnail(self, item_id: int) -> bool: ...

    def show_item(self, item: RunItem) -> None: ...

    def show_details(self, item: RunItem, form: Form) -> None: ...

    def show_note(self, note: GridNote | None, can_undo: bool) -> None: ...

    def show_change(self, done: int, count: int) -> None: ...

    def selected_ids(self) -> tuple[int, ...]: ...


class AnswerGridPresenter:
    """Lives on the event loop. One run is shown at a time.

    Attributes:
        editing: what a person changes.
        on_changed: told the ids of items that have changed, None when all may have.
    """

    def __init__(
        self,
        view: View,
        answers: RunAnswers,
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
        self._answers = answers
        self._start = start_task
        self._on_item_chosen = on_item_chosen
        self.on_changed: Callable[[Sequence[int] | None], object] = lambda item_ids: None
        self._details = RowDetails(answers, start_task, thumbnail, view.show_item, view.show_thumbnail)
        self._arrangement = Arrangement(view, start_task)
        self.editing = GridEditing(answers, self._take_items, view.show_note, view.show_change)
        self._run: Run | None = None
        self._all_here = asyncio.Event()
        self._counts = RunCounts()
        self._changed: set[int] = set()
        self._is_everything_stale = False
        self._is_refreshing = False
        self._chosen = 0

    # Led from outside

    async def show(self, run: Run | None) -> None:
        """Show the rows of a run, all of them in its order; None for none."""
        self._run = run
        self._counts = RunCounts() if run is None else run.counts
        self._is_everything_stale = False
        self._all_here.clear()
        self.editing.begin(None if run is None else run.id)
        self.on_changed(None)
        self._changed.clear()
        self._details.begin(0 if run is None else run.id)
        if run is None:
            self._arrangement.begin((), RunRows(), 0)
            return
        first = await self._answers.first_rows(run.id, FIRST_ROWS)
        if self._is_shown(run):
            self._arrangement.begin(columns_of(run.plan.form), first, run.counts.total)
            await self._load(run)

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
        self._refresh_soon()

    def selected_ids(self) -> tuple[int, ...]:
        """The selected items, in the order shown."""
        return self._view.selected_ids()

    @property
    def is_whole(self) -> bool:
        """All rows of the run are here; before that the first ones are shown as they are."""
        return self._arrangement.is_whole

    def visible_ids(self) -> tuple[int, ...]:
        """The items that pass the filters, in the order shown."""
        ids = self._arrangement.rows.ids
        return tuple(ids[place] for place in self._arrangement.shown)

    def show_only(self, item_ids: Sequence[int]) -> None:
        """Show only these items."""
        self._arrangement.filter(RowFilters(only=frozenset(item_ids)))

    # What a person wants

    def search(self, text: str) -> None:
        self._arrangement.filter(replace(self._arrangement.wish.filters, search=text))

    def filter_column(self, key: str, wanted: ColumnFilter | None) -> None:
        self._arrangement.filter(self._arrangement.wish.filters.with_column(key, wanted))

    def choose_part(self, key: str, part: Part, keep: bool) -> None:
        """A bar of a summary was chosen; `keep`: together with those chosen before."""
        now = self._arrangement.wish.filters.by_column.get(key)
        self.filter_column(key, toggled(now, part, keep))

    def show_attention(self, wanted: frozenset[Attention]) -> None:
        self._arrangement.filter(replace(self._arrangement.wish.filters, attention=wanted))

    def show_all(self) -> None:
        self._arrangement.filter(RowFilters())

    def sort(self, key: str, descending: bool | None) -> None:
        """By a column; None for the order of the run."""
        self._arrangement.sort(RowOrder() if descending is None else RowOrder(key, descending))

    def sort_next(self, key: str) -> None:
        """Up, down, and back to the order of the run."""
        order = self._arrangement.wish.order
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

    def _is_shown(self, run: Run) -> bool:
        return self._run is not None and self._run.id == run.id

    async def _load(self, run: Run) -> None:
        """Read all rows; what changes meanwhile is read again."""
        self._all_here.clear()
        try:
            rows = await self._answers.rows(run.id)
            if not self._is_shown(run):
                return  # another one was chosen meanwhile
            self._arrangement.take(rows)
        finally:
            if self._is_shown(run):
                self._all_here.set()
        self._refresh_soon()

    def _refresh_soon(self) -> None:
        if (self._changed or self._is_everything_stale) and not self._is_refreshing:
            self._is_refreshing = True
            self._start(self._refresh())

    async def _refresh(self) -> None:
        try:
            await asyncio.sleep(REFRESH_S)
            await self._all_here.wait()
        finally:
            self._is_refreshing = False
        run, changed = self._run, tuple(self._changed)
        self._changed.clear()
        if run is None:
            return
        if self._is_everything_stale:
            self._is_everything_stale = False
            self.on_changed(None)
            self._details.begin(run.id)
            await self._load(run)
            return
        rows = await self._answers.rows(run.id, changed)
        if self._is_shown(run):
            self._details.forget(changed)
            self._take(rows)
            self._arrangement.arrange(soon=False)

    def _take(self, rows: RunRows) -> None:
        """Rows as they are now."""
        places = self._arrangement.rows.update(rows)
        self._arrangement.forget(places)
        self._view.announce(places)
        self.on_changed(rows.ids)
        if not self._all_here.is_set():
            self._changed.update(rows.ids)  # what is being read may be older

    # Changes

    def _take_items(self, items: Sequence[RunItem]) -> None:
        """A person has changed these."""
        run = self._run
        if run is None:
            return
        for item in items:
            self._details.keep(item)
        self._take(rows_of(run.plan.form, items))
        self._arrangement.count()
