"""The runs area: made when it is first wanted, joined to the services and to the rest of the desk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from desktop_app.adapters.log_files import PROGRAM
from desktop_app.assembly.background import Background, background_folder
from desktop_app.assembly.departure import Departure
from desktop_app.assembly.dialogs import Dialogs
from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState, Run
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.services.gallery import Gallery
from desktop_app.services.runs.gallery_marks import RunMarks
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.desk.presenter import DeskPresenter
from desktop_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop_app.ui.runs.grid.presenter import AnswerGridPresenter
    from desktop_app.ui.runs.grid.view import AnswerGridView
    from desktop_app.ui.runs.handover.presenter import HandoverPresenter
    from desktop_app.ui.runs.new_run.offers import NewRunChoice
    from desktop_app.ui.runs.new_run.presenter import NewRunPresenter
    from desktop_app.ui.runs.new_run.view import NewRunDialog
    from desktop_app.ui.runs.presenter import RunsPresenter
    from desktop_app.ui.runs.view import RunsView


class RunArea:
    """Lives as long as the desk.

    Attributes:
        on_answer: told that `answer_about` may have something else to say.
    """

    def __init__(
        self,
        shell: Shell,
        core: Core,
        tasks: Tasks,
        galleries: Gallery,
        desk: DeskPresenter,
        dialogs: Dialogs,
        marks: RunMarks,
        thumbnail: Callable[[Path], Awaitable[Raster]],
    ) -> None:
        self._shell, self._core, self._tasks = shell, core, tasks
        self._galleries, self._desk, self._dialogs = galleries, desk, dialogs
        self._marks, self._thumbnail = marks, thumbnail
        self._made: tuple[RunsView, RunsPresenter] | None = None
        self._handover: HandoverPresenter | None = None
        self._grid: tuple[AnswerGridView, AnswerGridPresenter] | None = None
        self._new: tuple[NewRunDialog, NewRunPresenter] | None = None
        self._departure = Departure(
            shell.window,
            core.runs_at_work,
            Background(background_folder(core.places.library)),
            lambda place: tasks.start(desk.open(place)),
        )
        self._following: asyncio.Task[None] | None = None
        self.on_answer: Callable[[], object] = lambda: None
        self._told_item: int | None = 0
        self._look_ups = 0
        self._is_from_grid = False
        actions = shell.window.actions_of_desk
        actions.show_runs.toggled.connect(self._toggled)
        actions.show_runs.triggered.connect(self._asked_for)
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
        lost = await self._core.runs_at_work.close()
        if lost:
            words = "%d answers could not be kept and are asked for again, about: %s"
            logging.getLogger(PROGRAM).error(words, len(lost), ", ".join(sorted(lost)))

    @property
    def working(self) -> int:
        """How many runs go on in this window."""
        return len(self._core.runs_at_work.working)

    async def may_close(self) -> bool:
        """Whether the window may close now: once what a person changed in the table is written down. Asks
        while a file is written, and while a run works, which it lets go on without a window.
        """
        if self._grid is not None:
            view, presenter = self._grid
            if view.table.is_editing:
                view.table.setFocus()  # what was typed counts, as when a person goes on to another cell
                await asyncio.sleep(0)  # the change begins
            await presenter.editing.ended()
        if self._handover is not None and not await self._handover.may_close():
            return False
        return await self._departure.may_close()

    async def answer_about(self, picture: Picture) -> RunAnswer | None:
        """What the run that is shown in the area holds of a picture."""
        is_open = self._shell.window.actions_of_desk.show_runs.isChecked()
        run = self._made[1].selected if self._made is not None and is_open else None
        # Until it is read nobody knows which item it is: each that changes by then may be the one.
        self._told_item = None
        self._look_ups += 1
        look_up = self._look_ups
        item = None if run is None else await self._core.answers.item_about(run.id, str(picture.path))
        if look_up == self._look_ups:
            self._told_item = 0 if item is None else item.id
        return None if run is None or item is None else RunAnswer.of(run, item)

    async def new_run(self, like: Run | None = None) -> None:
        """Open the dialog for a new run about what the gallery shows, or about an earlier run's pictures."""
        if self._new is None:
            from desktop_app.assembly.new_run import make_new_run

            self._new = make_new_run(
                self._shell, self._core, self._tasks, self._galleries, self._desk, self._dialogs
            )
            self._new[0].begun.connect(lambda choice: self._tasks.start(self._begin(choice)))
        await self._new[1].open(like)

    def _toggled(self, shown: bool) -> None:
        """What other programs do to runs is followed while somebody can see it."""
        if self._following is not None:
            self._following.cancel()
        _, presenter = self._view_and_presenter()
        self._following = self._tasks.start(_shown(presenter)) if shown else None
        self.on_answer()

    def _asked_for(self, shown: bool) -> None:
        """A person showed the area; `_toggled` has made it."""
        if shown:
            self._view_and_presenter()[0].take_keyboard()

    def _view_and_presenter(self) -> tuple[RunsView, RunsPresenter]:
        if self._made is not None:
            return self._made
        from desktop_app.assembly.box_drawing import GridBoxes
        from desktop_app.ui.runs.grid.presenter import AnswerGridPresenter
        from desktop_app.ui.runs.grid.view import AnswerGridView
        from desktop_app.ui.runs.grid.wiring import join_grid
        from desktop_app.ui.runs.handover.presenter import HandoverPresenter
        from desktop_app.ui.runs.presenter import RunsPresenter
        from desktop_app.ui.runs.view import RunsView
        from desktop_app.ui.runs.wiring import join_runs

        start, window = self._tasks.start, self._shell.window
        grid_view = AnswerGridView(self._shell.theme)
        grid = AnswerGridPresenter(grid_view, self._core.answers, start, self._thumbnail, self._look_at)
        grid.on_changed = self._rows_changed
        join_grid(grid_view, grid, start)
        self._grid = grid_view, grid
        boxes = GridBoxes(self._core.answers, lambda: presenter.selected, self._desk, grid_view, grid.editing)
        grid_view.changes.boxes_wanted.connect(lambda item_id, key: start(boxes.draw(item_id, key)))
        view = RunsView(self._shell.theme, grid_view)
        presenter = RunsPresenter(
            view,
            self._core.runs,
            self._core.runs_at_work,
            self._core.answers,
            self._core.follower,
            grid,
            _AroundRuns(window, self._marks, self._galleries),
            start,
        )
        self._handover = HandoverPresenter(
            view.handover,
            self._core.handing_over,
            self._core.batch_files,
            self._shell.settings,
            Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)),
            lambda: presenter.selected,
            lambda: grid.visible_ids() if grid.is_whole else None,
            window.show_error,
        )
        join_runs(view, grid_view, presenter, self._handover, start)
        view.failures.show_requested.connect(grid.show_only)
        view.header.duplicate_requested.connect(lambda: start(self.new_run(presenter.selected)))
        view.servers_requested.connect(self._dialogs.open_servers)
        view.new_requested.connect(lambda: start(self.new_run()))
        self._shell.picture.left.connect(lambda: self._leave_picture(grid_view.table))
        window.add_runs(view, self._shell.frame.layout)
        self._made = view, presenter
        return self._made

    def _look_at(self, item: RunItem, in_full: bool) -> None:
        self._tasks.start(self._desk.look_at(Path(item.path)))
        if in_full:
            self._is_from_grid = True
            self._shell.window.actions_of_desk.show_conversation.setChecked(True)
            self._shell.picture.setFocus()

    def _leave_picture(self, grid: QWidget) -> None:
        """The keyboard goes back to the row that the picture was opened from."""
        if self._is_from_grid and grid.isVisible():
            self._is_from_grid = False
            grid.setFocus()

    def _rows_changed(self, item_ids: Sequence[int] | None) -> None:
        if item_ids is None or self._told_item is None or self._told_item in item_ids:
            self.on_answer()

    async def _begin(self, choice: NewRunChoice) -> None:
        """Make the run, show it and work through it."""
        if self._new is None:
            return
        dialog, making = self._new
        try:
            run = await making.make(choice)
        except AppError as error:
            self._shell.window.show_error(error)
            dialog.open()  # with all that was typed, to be mended
            return
        self._shell.window.actions_of_desk.show_runs.setChecked(True)
        _, presenter = self._view_and_presenter()
        await presenter.begin(run, choice.sample)


@dataclass(frozen=True, slots=True)
class _AroundRuns:
    """The rest of the window, to runs."""

    window: MainWindow
    marks: RunMarks
    galleries: Gallery

    def show_error(self, problem: AppError) -> None:
        self.window.show_error(problem)

    def show_states(self, states: Mapping[str, ItemState]) -> None:
        self.marks.changed(states)

    def forget_states(self) -> None:
        self.marks.look_again([entry.path for entry in self.galleries.everything])

    def show_working(self, count: int) -> None:
        self.window.status.show_working(count)


async def _shown(presenter: RunsPresenter) -> None:
    await presenter.open()
    await presenter.follow()
