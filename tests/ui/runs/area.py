"""The runs area led without a window: what its view and grid were told, and a desk around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.domain.runs.run import ItemState, Run
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.runs.presenter import RunsPresenter
from desktop_app.ui.runs.run_status import RunStatus
from tests.ui.runs.runs_lab import RunsLab


@dataclass
class ShownRuns:
    """What the view was told last."""

    runs: list[RunStatus] = field(default_factory=list)
    selected: int | None = None
    run: RunStatus | None = None
    failures: list[FailureGroup] = field(default_factory=list)
    details: Run | None = None
    agrees: bool = True

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


@dataclass
class ShownGrid:
    run: Run | None = None
    changed: set[int] = field(default_factory=set)

    async def show(self, run: Run | None) -> None:
        self.run = run

    def progress(self, progress: RunProgress) -> None:
        self.changed.update(progress.changed)


@dataclass
class DeskAround:
    """What the rest of the window was told."""

    errors: list[AppError] = field(default_factory=list)
    marks: dict[str, ItemState] = field(default_factory=dict)
    forgotten: int = 0
    working: list[int] = field(default_factory=list)

    def show_error(self, problem: AppError) -> None:
        self.errors.append(problem)

    def show_states(self, states: Mapping[str, ItemState]) -> None:
        self.marks.update(states)

    def forget_states(self) -> None:
        self.forgotten += 1

    def show_working(self, count: int) -> None:
        self.working.append(count)


@dataclass
class Area:
    lab: RunsLab
    view: ShownRuns
    grid: ShownGrid
    desk: DeskAround
    presenter: RunsPresenter
