"""All runs: made, found, and changed by the people whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import Run, RunPlan, RunState, RunWish
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.earlier_fields import check_prompt
from desktop_app.services.runs.ports import RunStores
from desktop_app.services.runs.progress import RunProgress

SAMPLE = 5
"""Pictures of a sample."""


class Runs:
    """Lives on one event loop. Runs that work meanwhile (`RunsAtWork`) take note of what is done to them."""

    def __init__(self, stores: RunStores, at_work: RunsAtWork) -> None:
        self._repository = stores.runs
        self._holding = stores.holding
        self._queue = stores.queue
        self._at_work = at_work

    async def all(self) -> list[Run]:
        """Every run, newest first, those that work here as they are now."""
        return [self._as_now(run) for run in await self._repository.all()]

    async def find(self, name: str) -> Run:
        """
        Raises:
            AppError: RUN_UNKNOWN.
        """
        run = await self._repository.find(name)
        if run is None:
            raise AppError(ErrorCode.RUN_UNKNOWN, name=name)
        return self._as_now(run)

    async def load(self, run_id: int) -> Run:
        return self._as_now(await self._repository.load(run_id))

    async def create(self, plan: RunPlan, pictures: Sequence[tuple[str, str]]) -> Run:
        """Freeze a run; each picture is a path and the name to show.

        Raises:
            AppError: RUN_NAME_TAKEN, RUN_EMPTY, PROMPT_VARIABLE, RUN_UNKNOWN for a run the prompt names.
        """
        await check_prompt(plan.form.instructions, self._repository)
        return await self._repository.create(plan, pictures)

    async def free_name(self, wanted: str) -> str:
        """The name, or the name with a number behind it when it is taken."""
        name, number = wanted, 2
        while await self._repository.find(name) is not None:
            name, number = f"{wanted} {number}", number + 1
        return name

    async def pause(self, run_id: int) -> bool:
        """Have what is being asked finished and nothing more begun, by whichever process works on the run;
        False when none does. `RunFollower` tells what becomes of it in another one.
        """
        work = self._at_work.on(run_id)
        if work is None:
            return await self._holding.wish(run_id, RunWish.PAUSE)
        work.pause()
        return True

    async def stop(self, run_id: int) -> None:
        """End the run, as `pause` where it is worked on; what was not asked stays unasked. It can still be
        resumed.
        """
        work = self._at_work.on(run_id)
        if work is not None:
            work.stop()
            return
        if await self._holding.wish(run_id, RunWish.STOP):
            return
        await self._holding.set_state(run_id, RunState.STOPPED)
        self._at_work.tell(RunProgress(await self._repository.load(run_id)))

    async def retry(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[int]:
        """Queue these items again, or all failed ones; returns those that are queued now.

        A run that works here asks about them, too, and about those that were named before the others;
        otherwise `RunsAtWork.work` does, with `only` about nothing else.

        Raises:
            AppError: RUN_IN_USE while another process works on it.
        """
        await self._refuse_if_elsewhere(run_id)
        queued = await self._queue.requeue(run_id, item_ids)
        work = self._at_work.on(run_id)
        if work is not None:
            await work.join(queued, first=item_ids is not None)
        # A hundred thousand that failed are not named one by one: that their number changed is enough.
        changed = () if item_ids is None else tuple(queued)
        self._at_work.tell(RunProgress(await self.load(run_id), changed=changed))
        return queued

    async def skip(self, run_id: int, item_ids: Sequence[int]) -> None:
        """Leave out items that are queued or have failed.

        Raises:
            AppError: RUN_IN_USE while another process works on it.
        """
        await self._refuse_if_elsewhere(run_id)
        await self._queue.skip(item_ids)
        work = self._at_work.on(run_id)
        if work is None:
            await self._done_if_nothing_left(run_id)
        else:
            await work.recount()
        self._at_work.tell(RunProgress(await self.load(run_id), changed=tuple(item_ids)))

    async def changed(self, run_id: int, item_ids: Sequence[int]) -> None:
        """Items of a run that is held got answers from elsewhere; with nothing left, the run is done. What is
        left after that is no sample's.
        """
        run = await self._done_if_nothing_left(run_id)
        if item_ids and run.state is RunState.READY:
            await self._holding.set_state(run_id, RunState.PAUSED)
            run = replace(run, state=RunState.PAUSED)
        self._at_work.tell(RunProgress(run, changed=tuple(item_ids)))

    async def delete(self, run_id: int) -> None:
        """
        Raises:
            AppError: RUN_IN_USE.
        """
        self._at_work.refuse_if_in_use(run_id)
        await self._repository.delete(run_id)

    async def recover(self) -> int:
        """At start: runs whose program is gone become paused; how many."""
        return await self._holding.recover()

    async def _done_if_nothing_left(self, run_id: int) -> Run:
        run = await self._repository.load(run_id)
        if run.counts.left or run.state is RunState.DONE:
            return run
        await self._holding.set_state(run_id, RunState.DONE)
        return replace(run, state=RunState.DONE, failure=None)

    async def _refuse_if_elsewhere(self, run_id: int) -> None:
        run = await self._repository.load(run_id)
        if run.is_elsewhere:
            raise AppError(ErrorCode.RUN_IN_USE, name=run.plan.name)

    def _as_now(self, run: Run) -> Run:
        progress = self._at_work.progress(run.id)
        return run if progress is None else progress.run
