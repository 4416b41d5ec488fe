"""Freezes into a plan what decides the answers of a run."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.room import with_room
from desktop_app.domain.runs.run import MOST_CONCURRENT, RunPlan, RunScope
from desktop_app.services.runs.reaching import run_server
from desktop_app.services.servers import Servers
from desktop_app.services.settings import SettingsService


class Planning:
    """Plans runs for the user's servers, with the options that questions are asked with."""

    def __init__(self, servers: Servers, settings: SettingsService, program_version: str) -> None:
        self._servers = servers
        self._settings = settings
        self._version = program_version

    async def plan(
        self,
        name: str,
        form: Form,
        scope: RunScope,
        servers: Sequence[str],
        concurrency: int = MOST_CONCURRENT,
    ) -> RunPlan:
        """
        Args:
            servers: names of the servers that are to serve it.

        Raises:
            AppError: RUN_NEEDS_SERVER without any; any SERVER_ code when one of them does not answer,
                because its model is part of the plan.
        """
        if not servers:
            raise AppError(ErrorCode.RUN_NEEDS_SERVER)
        targets = [await self._servers.target(self._servers.named(one)) for one in servers]
        options = with_room(self._settings.current.asking, form)
        serving = tuple(run_server(target) for target in targets)
        return RunPlan(name, form, options, serving, scope, self._version, concurrency)
