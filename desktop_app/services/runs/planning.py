"""Freezes into a plan what decides the answers of a run."""

from __future__ import annotations

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.room import with_room
from desktop_app.domain.runs.run import MOST_CONCURRENT, RunPlan, RunScope
from desktop_app.services.runs.reaching import run_server
from desktop_app.services.servers import Servers
from desktop_app.services.settings import SettingsService


class Planning:
    """Plans runs for the server in use, with the options that questions are asked with."""

    def __init__(self, servers: Servers, settings: SettingsService, program_version: str) -> None:
        self._servers = servers
        self._settings = settings
        self._version = program_version

    async def plan(
        self, name: str, form: Form, scope: RunScope, concurrency: int = MOST_CONCURRENT
    ) -> RunPlan:
        """
        Raises:
            AppError: RUN_NEEDS_SERVER while the built-in reader is in use; any SERVER_ code when the server
                does not answer, because its model is part of the plan.
        """
        target = await self._servers.current_target()
        if target is None:
            raise AppError(ErrorCode.RUN_NEEDS_SERVER)
        options = with_room(self._settings.current.asking, form)
        servers = (run_server(target),)
        return RunPlan(name, form, options, servers, scope, self._version, concurrency)
