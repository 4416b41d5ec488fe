"""The forms dialog, joined to the services and to the picture that is selected on the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.domain.runs.earlier_run import EarlierRun, earlier_runs
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL, likely_family
from desktop_app.ui.forms.presenter import FormsPresenter
from desktop_app.ui.forms.trying import TrialPresenter
from desktop_app.ui.forms.view import FormsDialog
from desktop_app.ui.forms.wiring import join_forms
from desktop_app.ui.prompt_check import PromptCheck
from desktop_app.ui.tasks import Tasks


class DeskOfForms:
    """What a trial needs to know of the desk; fulfils `Surroundings`."""

    def __init__(
        self,
        core: Core,
        picture: Callable[[], Picture | None],
        step: Callable[[int], None],
        small: Callable[[Picture], Awaitable[Raster]],
    ) -> None:
        self._core = core
        self._picture = picture
        self._step = step
        self._small = small
        self._met: ServerTarget | None = None

    @property
    def picture(self) -> Path | None:
        picture = self._picture()
        return None if picture is None else picture.path

    @property
    def server(self) -> str:
        profile = self._core.servers.current
        return "" if profile is None else f"{profile.name} · {profile.model or profile.address}"

    @property
    def family(self) -> str:
        profile = self._core.servers.current
        if profile is None:
            return QWEN2_VL.name
        if self._met is not None and self._met.profile == profile:
            return self._met.family.name
        return likely_family(profile.family, profile.model).name

    @property
    def options(self) -> AskOptions:
        return self._core.settings.current.asking

    def step(self, count: int) -> None:
        self._step(count)

    async def target(self) -> ServerTarget | None:
        self._met = await self._core.servers.current_target()
        return self._met

    async def small(self, path: Path) -> Raster:
        return await self._small(Picture(path))


class FormBuilder:
    """Made when it is first wanted; what was typed lasts until the dialog closes."""

    def __init__(
        self,
        shell: Shell,
        core: Core,
        tasks: Tasks,
        picture: Callable[[], Picture | None],
        step: Callable[[int], None],
        small: Callable[[Picture], Awaitable[Raster]],
    ) -> None:
        self._core, self._tasks = core, tasks
        desk = DeskOfForms(core, picture, step, small)
        self.dialog = FormsDialog(shell.theme, shell.window)
        self.trial = TrialPresenter(self.dialog.trial, core.trial, desk, tasks.start)
        self.presenter = FormsPresenter(
            self.dialog, core.forms, self.trial, lambda: desk.family, self._earlier_runs
        )
        self.prompts = PromptCheck(core.trial.check, self.dialog.head.show_remark, tasks.start)
        self.dialog.head.prompt_changed.connect(self.prompts.look)
        join_forms(self.dialog, self.presenter, self.trial, tasks.start)
        shell.gallery.selection_changed.connect(self._look_around)

    def open(self) -> None:
        """Show it, with the form that was shown last."""
        if not self.dialog.isVisible():
            self._tasks.start(self.presenter.open())
        self.dialog.open()

    def _look_around(self) -> None:
        if self.dialog.isVisible():
            self.trial.look_around()

    async def _earlier_runs(self) -> list[EarlierRun]:
        return earlier_runs(await self._core.runs.all())
