"""Keeps badge, switcher and plan of sending true to the server in use."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError
from desktop_app.domain.servers import ServerProfile, scope_by_name
from desktop_app.domain.settings import Settings
from desktop_app.domain.vision_tokens import QWEN2_VL, VisionFamily
from desktop_app.ui.report import sentence


class ServerInUse:
    """Follows the settings. A server is asked for its models when it becomes the one in use.

    Attributes:
        on_change: called when what would be sent has changed.
    """

    def __init__(self, shell: Shell, core: Core, start: Callable[[Coroutine[Any, Any, Any]], object]) -> None:
        self._shell = shell
        self._core = core
        self._start = start
        self._profile: ServerProfile | None = None
        self._family: VisionFamily = QWEN2_VL
        self._budget = 0
        self._shown = False
        self.on_change: Callable[[], None] = lambda: None

    def sending(self) -> tuple[VisionFamily, int] | None:
        """Arithmetic and image-token budget of the server in use; None for the built-in reader."""
        return None if self._profile is None else (self._family, self._budget)

    def settings_changed(self, settings: Settings) -> None:
        """Show the server in use; find out about it when it is another one than before."""
        profile = settings.current_server()
        self._shell.switcher.show_servers(settings.servers, profile.name if profile else "")
        budget_changed = settings.asking.image_tokens != self._budget
        self._budget = settings.asking.image_tokens
        if profile != self._profile or not self._shown:
            self._shown = True
            self._profile = profile
            self._family = QWEN2_VL
            self._show_place(profile)
            self.on_change()
            if profile is not None:
                self._start(self._find_out(profile))
        elif budget_changed:
            self.on_change()

    def _show_place(self, profile: ServerProfile | None) -> None:
        self._shell.window.status.show_state("")
        if profile is None:
            self._shell.badge.show_reader()
        else:
            self._shell.badge.show_scope(scope_by_name(profile.host), profile.address)

    async def _find_out(self, profile: ServerProfile) -> None:
        try:
            scope = await self._core.scopes.scope(profile.host)
            if profile == self._profile:
                self._shell.badge.show_scope(scope, profile.address)
            target = await self._core.servers.target(profile)
        except AppError as error:
            if profile == self._profile:
                self._shell.window.status.show_state(sentence(error))
            return
        if profile != self._profile:
            return
        self._family = target.family
        self._shell.window.status.show_state(target.model)
        self.on_change()
        await self._core.vision_model.warm_up()
