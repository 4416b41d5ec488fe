"""The runs area is led as a person expects, without a window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_format import ExportFormat, ExportOptions
from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.domain.runs.run import ItemState, Run, RunState
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.runs.presenter import RunsPresenter
from desktop_app.ui.runs.view_data import RunStatus
from tests.ui.runs.conftest import RunsLab

Until = Callable[[Callable[[], bool]], Awaitable[None]]


@dataclass
class ShownRuns:
    """What the view was told last."""

    runs: list[RunStatus] = field(default_factory=list)
    selected: int | None = None
    run: RunStatus | None = None
    failures: list[FailureGroup] = field(default_factory=list)
    details: Run | None = None
    agrees: bool = True
    destination: tuple[Path, ExportFormat] | None = None
    exported: tuple[Path, list[Note]] | None = None
    is_exporting: bool = False

    def show_runs(self, runs: Sequence[RunStatus], selected: int | None) -> None:
        self.runs, self.selected = list(runs), selected

    def show_run(self, status: RunStatus) -> None:
        self.run = status

    def update_run(self, status: RunStatus) -> bool:
        self.runs = [status if one.run.id == status.run.id else one for one in self.runs]
        return True

    def show_failures(self, groups: Sequence[FailureGroup]) -> None:
        self.failures = list(groups)

    def show_details(self, run: Run) -> None:
        self.details = run

    async def may_delete(self, name: str, answers: int) -> bool:
        return self.agrees

    async def ask_for_export(self, proposed: str) -> tuple[Path, ExportFormat] | None:
        return self.destination

    def show_export(self, name: str, written: int, total: int) -> None:
        self.is_exporting = True

    def show_exported(self, path: Path, notes: Sequence[Note]) -> None:
        self.is_exporting, self.exported = False, (path, list(notes))

    def hide_export(self) -> None:
        self.is_exporting = False


@dataclass
class ShownGrid:
    run: Run | None = None
    changed: set[int] = field(default_factory=set)

    async def show(self, run: Run | None) -> None:
        self.run = run

    def progress(self, progress: RunProgress) -> None:
        self.changed.update(progress.changed)

    def visible_ids(self) -> tuple[int, ...]:
        return (1, 2)


@dataclass
class Exporting:
    """Stands in for handing over."""

    problem: AppError | None = None
    hangs: bool = False
    asked: list[tuple[Path, str, Sequence[int] | None]] = field(default_factory=list)

    async def export(
        self,
        run: Run,
        path: Path,
        format_name: str = "",
        item_ids: Sequence[int] | None = None,
        options: ExportOptions | None = None,
        progress: Callable[[int, int], None] = lambda written, of: None,
    ) -> list[Note]:
        self.asked.append((path, format_name, item_ids))
        if self.hangs:
            await asyncio.Event().wait()
        if self.problem is not None:
            raise self.problem
        return [Note("texts-cut", (("count", 1), ("name", "a")))]


@dataclass
class Area:
    lab: RunsLab
    view: ShownRuns
    grid: ShownGrid
    exporting: Exporting
    presenter: RunsPresenter
    errors: list[AppError]
    marks: dict[str, ItemState]
    working: list[int]


@pytest.fixture
async def area(lab: RunsLab) -> AsyncIterator[Area]:
    tasks: set[asyncio.Task[Any]] = set()

    def start(work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    view, grid, exporting = ShownRuns(), ShownGrid(), Exporting()
    errors: list[AppError] = []
    marks: dict[str, ItemState] = {}
    working: list[int] = []

    def mark(states: Mapping[str, ItemState]) -> None:
        marks.update(states)

    presenter = RunsPresenter(view, lab.runs, exporting, grid, start, errors.append, mark, working.append)
    yield Area(lab, view, grid, exporting, presenter, errors, marks, working)
    presenter.close()
    for task in tuple(tasks):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_opening_shows_the_newest_run(area: Area) -> None:
    await area.lab.make("first")
    newest = await area.lab.make("second")
    await area.presenter.open()
    assert [status.run.plan.name for status in area.view.runs] == ["second", "first"]
    assert area.grid.run is not None
    assert area.grid.run.id == newest.id


async def test_a_sample_is_asked_and_then_the_rest(area: Area, until: Until) -> None:
    run = await area.lab.make("bridge", pictures=8)
    await area.presenter.open()
    await area.presenter.begin(run, sample=True)
    assert len(area.lab.model.asked) == 5
    assert area.view.run is not None
    assert area.view.run.run.state is RunState.READY
    assert area.view.run.run.estimate is not None
    await area.presenter.resume()
    assert area.view.run.run.state is RunState.DONE
    assert area.view.run.run.counts.answered == 8
    assert area.working == [1, 0, 1, 0]
    await until(lambda: list(area.marks.values()).count(ItemState.ANSWERED) == 8)
    assert len(area.grid.changed) == 8


async def test_pausing_says_that_it_ends_and_then_that_it_is_paused(area: Area, until: Until) -> None:
    run = await area.lab.make("bridge", pictures=6)
    area.lab.model.gate.clear()
    await area.presenter.open()
    working = asyncio.ensure_future(area.presenter.begin(run, sample=False))
    await until(lambda: len(area.lab.model.asked) == 2)
    area.presenter.pause()
    assert area.view.run is not None
    assert area.view.run.is_ending
    area.lab.model.gate.set()
    await working
    assert area.view.run.run.state is RunState.PAUSED
    assert not area.view.run.is_here
    assert not area.view.run.is_ending
    assert area.view.run.run.counts.answered == 2


async def test_what_needs_the_user_stands_beside_the_run(area: Area) -> None:
    run = await area.lab.make("bridge")
    area.lab.model.problem = AppError(ErrorCode.SERVER_KEY, server="gpu-box")
    await area.presenter.open()
    await area.presenter.begin(run, sample=False)
    assert area.view.run is not None
    assert area.view.run.run.failure is not None
    assert area.view.run.run.failure.code is ErrorCode.SERVER_KEY
    assert area.errors == []


async def test_failures_are_told_by_reason_and_asked_again(area: Area) -> None:
    run = await area.lab.make("bridge")
    area.lab.model.problem = AppError(ErrorCode.SERVER_PICTURE_REFUSED)
    await area.presenter.open()
    await area.presenter.begin(run, sample=False)
    [group] = area.view.failures
    assert len(group.item_ids) == 3
    area.lab.model.problem = None
    await area.presenter.retry(group.item_ids[:2])
    assert [len(group.item_ids) for group in area.view.failures] == [1]
    await area.presenter.retry()
    assert area.view.failures == []
    assert area.view.run is not None
    assert area.view.run.run.counts.answered == 3


async def test_asking_again_about_what_failed_in_a_sample_asks_about_nothing_else(area: Area) -> None:
    run = await area.lab.make("bridge", pictures=8)
    area.lab.model.problem = AppError(ErrorCode.SERVER_PICTURE_REFUSED)
    await area.presenter.open()
    await area.presenter.begin(run, sample=True)
    area.lab.model.problem = None
    asked = len(area.lab.model.asked)
    await area.presenter.retry()
    assert len(area.lab.model.asked) == asked + 5
    assert area.view.run is not None
    assert (area.view.run.run.counts.answered, area.view.run.run.counts.left) == (5, 3)


async def test_a_run_is_deleted_only_after_asking(area: Area) -> None:
    await area.lab.make("first")
    await area.lab.make("second")
    await area.presenter.open()
    area.view.agrees = False
    await area.presenter.delete()
    assert len(area.view.runs) == 2
    area.view.agrees = True
    await area.presenter.delete()
    assert [status.run.plan.name for status in area.view.runs] == ["first"]
    await area.presenter.delete()
    assert area.view.runs == []
    assert area.grid.run is None


async def test_what_the_grid_shows_is_exported(area: Area, tmp_path: Path) -> None:
    await area.lab.make("bridge")
    await area.presenter.open()
    await area.presenter.export()
    assert area.exporting.asked == []
    area.view.destination = (tmp_path / "table.xlsx", ExportFormat.XLSX)
    await area.presenter.export()
    assert area.exporting.asked == [(tmp_path / "table.xlsx", "xlsx", (1, 2))]
    assert area.view.exported is not None
    area.exporting.problem = AppError(ErrorCode.EXPORT_FAILED, name="table.xlsx")
    await area.presenter.export()
    assert [error.code for error in area.errors] == [ErrorCode.EXPORT_FAILED]
    assert not area.view.is_exporting


async def test_an_export_can_be_stopped(area: Area, tmp_path: Path, until: Until) -> None:
    await area.lab.make("bridge")
    await area.presenter.open()
    area.view.destination, area.exporting.hangs = (tmp_path / "table.xlsx", ExportFormat.XLSX), True
    exporting = asyncio.ensure_future(area.presenter.export())
    await until(lambda: bool(area.exporting.asked))
    area.presenter.stop_export()
    await exporting
    assert not area.view.is_exporting
    assert area.view.exported is None
    assert area.errors == []
