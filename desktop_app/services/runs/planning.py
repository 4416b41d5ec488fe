"""Freezes into a plan what decides the answers of a run."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.room import with_room
from desktop_app.domain.runs.run import MOST_CONCURRENT, RunPlan, RunScope, RunServer
from desktop_app.domain.servers import ServerProfile
from desktop_app.services.runs.reaching import run_server, unreached_server
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
            servers: names of the servers that are to serve it; they need not answer now.

        Raises:
            AppError: RUN_NEEDS_SERVER without any, SERVER_UNKNOWN.
        """
        if not servers:
            raise AppError(ErrorCode.RUN_NEEDS_SERVER)
        profiles = [self._servers.named(one) for one in servers]
        options = with_room(self._settings.current.asking, form)
        serving = tuple(await asyncio.gather(*map(self._serving, profiles)))
        return RunPlan(name, form, options, serving, scope, self._version, concurrency)

    async def _serving(self, profile: ServerProfile) -> RunServer:
        """What cannot be asked now does not keep a run from being made: its engine waits, or tells."""
        try:
            return run_server(await self._servers.target(profile))
        except AppError:
            return unreached_server(profile)
