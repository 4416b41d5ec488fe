"""The runs area: made when it is first wanted, joined to the services and to the rest of the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from desktop_app.assembly.dialogs import Dialogs
from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.marks import evidence_of
from desktop_app.domain.runs.run import ItemState, Run, RunState
from desktop_app.services.gallery import Gallery
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.desk.leaving import Leaving
from desktop_app.ui.desk.presenter import DeskPresenter
from desktop_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop_app.assembly.new_run import NewRunDesk
    from desktop_app.ui.runs.handover.presenter import HandoverPresenter
    from desktop_app.ui.runs.new_run_data import NewRunChoice
    from desktop_app.ui.runs.presenter import RunsPresenter
    from desktop_app.ui.runs.view import RunsView

_MARKS = {
    ItemState.ASKING: AnswerState.STREAMING,
    ItemState.ANSWERED: AnswerState.DONE,
    ItemState.FAILED: AnswerState.FAILED,
}

_AT_ONCE = 2_000
"""Pictures whose marks are found out at once, so that the window is not held up by 100,000."""


class RunArea:
    """Lives as long as the desk.

    Attributes:
        on_marks: told the marks of pictures, by path, as runs change them.
        marks_of: the marks that pictures have by now, whoever asked about them.
    """

    def __init__(
        self,
        shell: Shell,
        core: Core,
        tasks: Tasks,
        galleries: Gallery,
        desk: DeskPresenter,
        dialogs: Dialogs,
        thumbnail: Callable[[Path], Awaitable[Raster]],
    ) -> None:
        self._shell, self._core, self._tasks = shell, core, tasks
        self._galleries, self._desk, self._dialogs = galleries, desk, dialogs
        self._thumbnail = thumbnail
        self._made: tuple[RunsView, RunsPresenter] | None = None
        self._handover: HandoverPresenter | None = None
        self._new: NewRunDesk | None = None
        self._following: asyncio.Task[None] | None = None
        self.on_marks: Callable[[Mapping[str, AnswerState | None]], None] = lambda marks: None
        self.marks_of: Callable[[Sequence[str]], Awaitable[dict[str, AnswerState]]] = self.marks
        actions = shell.window.actions_of_desk
        actions.show_runs.toggled.connect(self._toggled)
        actions.new_run.triggered.connect(lambda: tasks.start(self.new_run()))

    async def begin(self) -> None:
        """Bring runs of a program that is gone to rest; show the area when it was shown last time."""
        try:
            await self._core.runs.recover()
        except AppError as error:
            self._shell.window.show_error(error)
        if self._shell.window.were_runs_shown(self._shell.frame.layout):
            self._shell.window.actions_of_desk.show_runs.setChecked(True)

    async def close(self) -> None:
        """Pause what works; answers that arrived are on disk."""
        if self._made is not None:
            self._made[1].close()
        if self._handover is not None:
            self._handover.close()
        await self._core.runs.close()

    @property
    def working(self) -> int:
        """How many runs go on in this window."""
        return len(self._core.runs.working)

    async def may_close(self) -> bool:
        """Whether the window may close now; asks while a run works, and lets it go on without a window.

        A run that then waits for its server brings the window back, rather than wait unseen for ever.
        """
        runs, window = self._core.runs, self._shell.window
        if not runs.working:
            return True
        match await window.ask_about_working(len(runs.working)):
            case Leaving.STAY:
                return False
            case Leaving.PAUSE:
                return True
            case Leaving.GO_ON:
                window.hide()
                if await self._done_or_stuck():
                    return True
                window.show()
                return False

    async def _done_or_stuck(self) -> bool:
        """True when nothing works any more, False as soon as a run waits for its server."""
        stuck = asyncio.Event()

        def look(progress: RunProgress) -> None:
            if progress.run.state is RunState.WAITING:
                stuck.set()

        stop = self._core.runs.watch(look)
        waits = {asyncio.ensure_future(self._core.runs.idle()), asyncio.ensure_future(stuck.wait())}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop()
            for wait in waits:
                wait.cancel()
        return not stuck.is_set()

    async def marks(self, paths: Sequence[str]) -> dict[str, AnswerState]:
        """Marks of pictures that runs were about."""
        states = await self._core.runs.states_of(paths)
        return {path: _MARKS[state] for path, state in states.items() if state in _MARKS}

    async def new_run(self, like: Run | None = None) -> None:
        """Open the dialog for a new run about what the gallery shows, or about an earlier run's pictures."""
        if self._new is None:
            from desktop_app.assembly.new_run import NewRunDesk

            self._new = NewRunDesk(
                self._shell, self._core, self._tasks, self._galleries, self._desk, self._dialogs
            )
            self._new.dialog.begun.connect(lambda choice: self._tasks.start(self._begin(choice)))
            self._dialogs.forms_changed.connect(self._forms_changed)
        await self._new.open(like)

    def _toggled(self, shown: bool) -> None:
        """What other programs do to runs is followed while somebody can see it."""
        if self._following is not None:
            self._following.cancel()
        _, presenter = self._view_and_presenter()
        self._following = self._tasks.start(_shown(presenter)) if shown else None

    def _view_and_presenter(self) -> tuple[RunsView, RunsPresenter]:
        if self._made is not None:
            return self._made
        from desktop_app.ui.runs.grid.presenter import AnswerGridPresenter
        from desktop_app.ui.runs.grid.view import AnswerGridView
        from desktop_app.ui.runs.grid.wiring import join_grid
        from desktop_app.ui.runs.handover.presenter import HandoverPresenter
        from desktop_app.ui.runs.presenter import RunsPresenter
        from desktop_app.ui.runs.view import RunsView
        from desktop_app.ui.runs.wiring import join_runs

        start, window = self._tasks.start, self._shell.window
        grid_view = AnswerGridView(self._shell.theme)
        grid = AnswerGridPresenter(grid_view, self._core.runs, start, self._thumbnail, self._look_at)
        join_grid(grid_view, grid, start)
        view = RunsView(self._shell.theme, grid_view)
        presenter = RunsPresenter(
            view,
            self._core.runs,
            self._core.follower,
            grid,
            start,
            window.show_error,
            self._mark,
            lambda: start(self._mark_anew([entry.path for entry in self._galleries.everything])),
            window.status.show_working,
        )
        self._handover = HandoverPresenter(
            view.handover,
            self._core.handing_over,
            self._core.batch_files,
            self._shell.settings,
            Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)),
            lambda: presenter.selected,
            grid.visible_ids,
            window.show_error,
        )
        join_runs(view, grid_view, presenter, self._handover, start)
        view.failures.show_requested.connect(grid.show_only)
        view.header.duplicate_requested.connect(lambda: start(self.new_run(presenter.selected)))
        view.servers_requested.connect(self._dialogs.open_servers)
        view.new_requested.connect(lambda: start(self.new_run()))
        window.add_runs(view, self._shell.frame.layout)
        self._made = view, presenter
        return self._made

    def _look_at(self, item: RunItem, in_full: bool) -> None:
        run = self._made[1].selected if self._made is not None else None
        marks = evidence_of(run.plan.form, item) if run is not None else ()
        self._tasks.start(self._desk.look_at(Path(item.path), marks))
        if in_full:
            self._shell.picture.setFocus()

    def _mark(self, states: Mapping[str, ItemState]) -> None:
        self.on_marks({path: _MARKS[state] for path, state in states.items() if state in _MARKS})
        others = [path for path, state in states.items() if state not in _MARKS]
        if others:
            self._tasks.start(self._mark_anew(others))

    async def _mark_anew(self, paths: Sequence[str]) -> None:
        """Pictures no longer asked about keep what else is known of them, or lose their mark."""
        for start in range(0, len(paths), _AT_ONCE):
            piece = paths[start : start + _AT_ONCE]
            found = await self.marks_of(piece)
            self.on_marks({path: found.get(path) for path in piece})

    def _forms_changed(self) -> None:
        if self._new is not None and self._new.dialog.isVisible():
            self._tasks.start(self._new.show_offer())

    async def _begin(self, choice: NewRunChoice) -> None:
        """Make the run, show it and work through it."""
        if self._new is None:
            return
        try:
            run = await self._new.make(choice)
        except AppError as error:
            self._shell.window.show_error(error)
            return
        self._shell.window.actions_of_desk.show_runs.setChecked(True)
        _, presenter = self._view_and_presenter()
        await presenter.begin(run, choice.sample)


async def _shown(presenter: RunsPresenter) -> None:
    await presenter.open()
    await presenter.follow()
