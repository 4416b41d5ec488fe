"""What goes on about one run in this process: it is taken, worked through, and let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.run import RestCause, Run, RunServer, RunState, RunWish
from desktop_app.domain.servers import ServerTarget
from desktop_app.services.runs.engine import EngineParts, RunEngine
from desktop_app.services.runs.fleet import Fleet
from desktop_app.services.runs.portion import Portion
from desktop_app.services.runs.progress import RunProgress
from desktop_app.services.runs.reaching import run_server
from desktop_app.services.runs.stopping import Stopping
from desktop_app.services.runs.wishes import wishes


class RunWork:
    """Lives from the moment the work is wanted until the run has been let go; on one event loop."""

    def __init__(
        self,
        run_id: int,
        most: int | None,
        only: Sequence[int] | None,
        parts: EngineParts,
        report: Callable[[RunProgress], None],
    ) -> None:
        """
        Args:
            most: ask about the first ones that are queued, for a sample; None for all.
            only: these items and no others.
            report: told how far the run is, after every change.
        """
        self._run_id = run_id
        self._most = most
        self._parts = parts
        self._report = report
        self._holding = parts.stores.holding
        self._portion = Portion(only if most is None else ())
        self._stopping = Stopping()
        self._is_stopped = False
        self._cause: RestCause | None = None
        self._engine: RunEngine | None = None
        self._frozen: dict[RunServer, RunServer] = {}

    @property
    def progress(self) -> RunProgress | None:
        """How far the run is; None before it has been taken and when it has come to rest."""
        return None if self._engine is None else replace(self._engine.progress, cause=self._cause)

    @property
    def is_stuck(self) -> bool:
        """It was paused at once, and nothing goes on but answers that cannot be kept."""
        return self._engine is not None and self._engine.is_stuck

    async def done(self) -> Run:
        """Do it; returns the run as it came to rest.

        Raises:
            AppError: RUN_IN_USE, RUN_UNKNOWN, or when the library cannot be written.
        """
        await self._holding.take(self._run_id)
        listening = asyncio.ensure_future(self._do_as_wished())
        try:
            if self._most is not None:
                first = await self._parts.stores.queue.queued(self._run_id, -1, self._most)
                self._portion.join([item.id for item in first])
            ended = await self._work()
            while self._portion.is_to_be_walked and not self._stopping.is_asked:
                ended = await self._work()  # something was queued since the engine looked last
            if self._is_stopped and ended.state is RunState.PAUSED:
                await self._holding.set_state(ended.id, RunState.STOPPED)
                ended = replace(ended, state=RunState.STOPPED)
                self._tell(RunProgress(ended))
            return ended
        finally:
            listening.cancel()
            with suppress(AppError):  # what this process holds, it can take again
                await self._holding.release(self._run_id)
            await asyncio.wait({listening})

    def pause(self, at_once: bool = False) -> None:
        """Begin nothing more; `at_once` gives up what is being asked, which is then asked again later."""
        self._stopping.ask(at_once)

    def give_up_answers(self) -> None:
        """As `pause` at once; after one more try, answers that cannot be kept are lost."""
        self._stopping.give_up_answers()

    def stop(self) -> None:
        """As `pause`, but the run is ended by its user."""
        self._is_stopped = True
        self._stopping.ask()

    async def join(self, item_ids: Sequence[int], first: bool) -> None:
        """These were queued: ask about them, too, or before the others."""
        self._portion.join(item_ids, first)
        await self.recount()

    async def recount(self) -> None:
        """Items were queued or left out by somebody else."""
        if self._engine is not None:
            await self._engine.recount()

    async def _do_as_wished(self) -> None:
        """Another process, or a window of it, may have this one end the run."""
        async for wish in wishes(self._holding, self._run_id):
            if wish is RunWish.STOP:
                self._cause = RestCause.STOPPED_ELSEWHERE
                self.stop()
            else:
                self._cause = RestCause.PAUSED_ELSEWHERE
                self.pause()
            if (progress := self.progress) is not None:
                self._report(progress)

    def _tell(self, progress: RunProgress) -> None:
        self._report(replace(progress, cause=self._cause))

    async def _work(self) -> Run:
        run = await self._parts.stores.runs.load(self._run_id)
        fleet = Fleet(run.plan.servers, self._reach_as_frozen, run.plan.concurrency)
        self._engine = RunEngine(run, self._portion, fleet, self._parts, self._tell, self._stopping)
        began = asyncio.get_running_loop().time()
        try:
            return await self._engine.work()
        finally:
            self._engine = None
            with suppress(AppError):  # a full disk costs the estimate, not the run
                await self._holding.add_worked(self._run_id, asyncio.get_running_loop().time() - began)

    async def _reach_as_frozen(self, server: RunServer) -> ServerTarget:
        """As `Reach`. The model of a server that did not answer when the run was made is frozen now."""
        target = await self._parts.reach(self._frozen.get(server, server))
        if not server.model and server not in self._frozen:
            self._frozen[server] = run_server(target)
            with suppress(AppError):  # a full disk is told where an answer cannot be kept
                await self._holding.freeze_server(self._run_id, server, self._frozen[server])
        return target
