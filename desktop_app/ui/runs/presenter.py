"""Leads the runs area: which runs there are, which one is shown, and what is done with it. Knows no Qt."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.failures import FailureGroup, grouped
from desktop_app.domain.runs.run import ItemState, Run, RunState
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.following import RunFollower, RunNews
from desktop_app.services.runs.gallery_marks import AT_ONCE
from desktop_app.services.runs.ports import RunAnswers
from desktop_app.services.runs.progress import RunProgress
from desktop_app.services.runs.runs import SAMPLE, Runs
from desktop_app.ui.runs.known_runs import KnownRuns
from desktop_app.ui.runs.run_status import RunStatus

REFRESH_S = 0.5
"""Figures and marks of a working run are brought up to date this often, in seconds."""

TOLD_TO_A_PART = 20
"""Reasons of failures may lack as little as one of so many pictures while a run works, so that one in which
everything fails does not read all of them again and again."""

Start = Callable[[Coroutine[Any, Any, Any]], object]


class View(Protocol):
    """What the presenter says to the runs area; described there."""

    def show_runs(self, runs: Sequence[RunStatus], selected: int | None) -> None: ...

    def show_run(self, status: RunStatus) -> None: ...

    def update_run(self, status: RunStatus) -> bool: ...

    def show_details(self, run: Run) -> None: ...

    def show_failures(self, groups: Sequence[FailureGroup]) -> None: ...

    async def may_delete(self, name: str, answers: int) -> bool: ...


class Grid(Protocol):
    """The answer grid's presenter, as far as it is led from here."""

    async def show(self, run: Run | None) -> None: ...

    def progress(self, progress: RunProgress) -> None: ...


class Desk(Protocol):
    """The rest of the window, as far as runs reach it."""

    def show_error(self, problem: AppError) -> None:
        """Of no run in particular."""
        ...

    def show_states(self, states: Mapping[str, ItemState]) -> None:
        """States of pictures by their paths, as a run changes them."""
        ...

    def forget_states(self) -> None:
        """A run was deleted: what it said of pictures counts no more."""
        ...

    def show_working(self, count: int) -> None:
        """How many runs this window works on."""
        ...


class RunsPresenter:
    """Lives on the event loop from `open` to `close`."""

    def __init__(
        self,
        view: View,
        runs: Runs,
        at_work: RunsAtWork,
        answers: RunAnswers,
        follower: RunFollower,
        grid: Grid,
        desk: Desk,
        start: Start,
    ) -> None:
        """
        Args:
            follower: tells what other programs do to runs.
            start: runs a coroutine on the loop.
        """
        self._view = view
        self._runs = runs
        self._at_work = at_work
        self._answers = answers
        self._follower = follower
        self._grid = grid
        self._desk = desk
        self._start = start
        self._known = KnownRuns(at_work.is_working)
        self._selected: int | None = None
        self._changed: dict[int, set[int]] = {}
        self._refreshing = False
        self._told_failed = 0
        self._is_open = False
        self._stop_watching = at_work.watch(self._progressed)

    @property
    def selected(self) -> Run | None:
        """The run that is shown."""
        status = self._known.get(self._selected)
        return None if status is None else status.run

    async def open(self) -> None:
        """The area is shown: list the runs; the first time, show the newest one."""
        self._is_open = True
        await self._list_anew()

    async def follow(self) -> None:
        """Show what other programs do to the runs, without end."""
        async for news in self._follower.news(lambda: self._selected):
            await self._take(news)

    async def select(self, run_id: int) -> None:
        """Show this run."""
        run = await self._runs.load(run_id)
        self._selected = run_id
        self._view.show_run(self._known.note(run))
        await self._show_failures(run_id)
        if self._selected == run_id:
            await self._grid.show(run)

    async def begin(self, run: Run, sample: bool) -> None:
        """A run was made: show it and ask about a sample or everything; returns when that is done."""
        await self._list()
        await self.select(run.id)
        if sample:
            self._known.wish_sample(run.id, SAMPLE)
        await self.work(run.id, SAMPLE if sample else None)

    async def resume(self) -> None:
        """Ask about what is left of the selected run, or of its sample when that broke off."""
        if self.selected is not None:
            await self.work(self.selected.id, self._known.sample_left(self.selected) or None)

    async def work(self, run_id: int, most: int | None = None, only: Sequence[int] | None = None) -> None:
        """Work through a run or, as `RunsAtWork.work`, a part of it; returns when that is done or paused."""
        try:
            self._desk.show_working(len(self._at_work.working) + 1)
            await self._at_work.work(run_id, most, only)
        except AppError as problem:
            self._desk.show_error(problem)
        finally:
            self._known.ended(run_id)
            self._desk.show_working(len(self._at_work.working))
        await self._settled(run_id)

    async def pause(self) -> None:
        """Finish what is being asked of the selected run and begin nothing more, wherever it is worked on."""
        await self._end(self._runs.pause)

    async def stop(self) -> None:
        """End the selected run."""
        await self._end(self._runs.stop)

    async def retry(self, item_ids: Sequence[int] | None = None) -> None:
        """Ask about these items, asked before or not, or about all that failed, and about no others."""
        run_id = self._selected
        if run_id is None:
            return
        queued = await self._runs.retry(run_id, item_ids)
        await self._show_failures(run_id)
        if queued and not self._at_work.is_working(run_id):
            await self.work(run_id, only=queued)

    async def skip(self, item_ids: Sequence[int]) -> None:
        """Leave these items out."""
        if self._selected is not None:
            await self._runs.skip(self._selected, item_ids)
            await self._show_failures(self._selected)

    def details(self) -> None:
        """Show what the selected run asked."""
        if self.selected is not None:
            self._view.show_details(self.selected)

    async def delete(self) -> None:
        """Delete the selected run after asking."""
        run = self.selected
        if run is None or not await self._view.may_delete(run.plan.name, run.counts.answered):
            return
        try:
            await self._runs.delete(run.id)
        except AppError as problem:
            self._desk.show_error(problem)
        await self._list_anew()

    def close(self) -> None:
        self._stop_watching()

    async def _end(self, end: Callable[[int], Awaitable[object]]) -> None:
        run_id = self._selected
        if run_id is None:
            return
        if self._at_work.is_working(run_id):
            self._known.wish_end(run_id)
            self._show_progress(run_id)
        await end(run_id)
        run = await self._runs.load(run_id)
        if run.is_elsewhere:  # what becomes of it there is followed
            self._known.note(run)
            self._show_progress(run_id)

    async def _take(self, news: RunNews) -> None:
        """Other programs changed something."""
        known = [status.run.identity for status in self._known.statuses()]
        if [run.identity for run in news.runs] != known:
            await self._list_anew()
        for progress in news.moved:
            before = self._known.get(progress.run.id)
            if before is None:
                continue  # gone again
            self._progressed(progress)
            if progress.run.id == self._selected and progress.run.counts.failed != before.run.counts.failed:
                await self._show_failures(progress.run.id)

    async def _list_anew(self) -> None:
        """List the runs; when the one shown is gone, or none was, show the newest one."""
        gone = await self._list()
        if gone:
            self._desk.forget_states()
        if self._selected in gone:
            self._selected = None
            await self._grid.show(None)
        if self.selected is None and (statuses := self._known.statuses()):
            await self.select(statuses[0].run.id)

    async def _list(self) -> set[int]:
        """Returns the numbers of the runs that are gone."""
        gone = self._known.renew(await self._runs.all())
        self._view.show_runs(self._known.statuses(), self._selected)
        return gone

    def _progressed(self, progress: RunProgress) -> None:
        """Gathered: a quick server would otherwise have the figures drawn a hundred times a second."""
        run_id = progress.run.id
        self._known.heard(progress)
        self._changed.setdefault(run_id, set()).update(progress.changed)
        if run_id == self._selected:
            self._grid.progress(progress)
        if not self._refreshing:
            self._refreshing = True
            self._start(self._refresh())

    async def _refresh(self) -> None:
        await asyncio.sleep(REFRESH_S)
        self._refreshing = False
        changed, self._changed = self._changed, {}
        for run_id, item_ids in changed.items():
            self._show_progress(run_id)
            ids = tuple(item_ids)
            for start in range(0, len(ids), AT_ONCE):
                items = await self._answers.items(run_id, ids[start : start + AT_ONCE])
                self._desk.show_states({item.path: item.state for item in items})
        selected = self.selected
        if selected is not None and selected.id in changed and self._are_failures_old(selected):
            await self._show_failures(selected.id)

    def _are_failures_old(self, run: Run) -> bool:
        """Whether enough failed since they were told to read them all again; at rest that is done anyway."""
        more = abs(run.counts.failed - self._told_failed)
        return more > self._told_failed // TOLD_TO_A_PART

    async def _show_failures(self, run_id: int) -> None:
        groups = grouped(await self._answers.failed(run_id))
        if run_id == self._selected:
            self._told_failed = sum(len(group.item_ids) for group in groups)
            self._view.show_failures(groups)

    def _show_progress(self, run_id: int) -> None:
        status = self._known.get(run_id)
        if status is None or not self._is_open:
            return
        status = self._known.note(status.run)
        self._view.update_run(status)
        if run_id == self._selected:
            self._view.show_run(status)

    async def _settled(self, run_id: int) -> None:
        """A run came to rest: figures, failures and the estimate as they are on disk."""
        run = await self._runs.load(run_id)
        self._known.settled(run)
        self._show_progress(run_id)
        if run_id == self._selected and run.state is not RunState.RUNNING:
            await self._show_failures(run_id)
