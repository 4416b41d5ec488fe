"""All runs: made, found, worked through, paused, and asked again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import Run, RunPlan, RunState
from desktop_app.services.first_of import first_of
from desktop_app.services.listeners import Listeners
from desktop_app.services.runs.earlier_fields import check_prompt
from desktop_app.services.runs.engine import EngineParts
from desktop_app.services.runs.fleet import Reach
from desktop_app.services.runs.form_asking import FormAsking
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.ports import RunStores
from desktop_app.services.runs.progress import RunProgress
from desktop_app.services.runs.right_of_way import RightOfWay
from desktop_app.services.runs.run_work import RunWork

SAMPLE = 5
"""Pictures of a sample."""


class Runs:
    """Lives on one event loop. Several runs may work at once; one run works in one process at a time."""

    def __init__(
        self,
        stores: RunStores,
        asking: FormAsking,
        pictures: RunPictures,
        reach: Reach,
        right_of_way: RightOfWay,
    ) -> None:
        self._repository = stores.runs
        self._holding = stores.holding
        self._queue = stores.queue
        self._reach = reach
        self._listeners: Listeners[RunProgress] = Listeners()
        self._parts = EngineParts(stores, asking, pictures, right_of_way, self._tell)
        self._working: dict[int, RunWork] = {}
        self._held: dict[int, str] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    def watch(self, listener: Callable[[RunProgress], None]) -> Callable[[], None]:
        """Call `listener` after every change of any run; returns the way to stop."""
        return self._listeners.add(listener)

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

    async def work(self, run_id: int, most: int | None = None, only: Sequence[int] | None = None) -> Run:
        """Ask about what is queued; returns when that is done or paused.

        Args:
            most: the first ones, for a sample; None for all.
            only: these items and no others.

        Raises:
            AppError: RUN_IN_USE, RUN_UNKNOWN, or when the library cannot be written.
        """
        self._refuse_if_in_use(run_id)
        # From here on it counts as working: it can be paused, and `close` waits for it.
        work = self._working[run_id] = RunWork(run_id, most, only, self._reach, self._parts)
        self._idle.clear()
        try:
            return await work.done()
        finally:
            del self._working[run_id]
            if not self._working:
                self._idle.set()

    @asynccontextmanager
    async def held(self, run_id: int) -> AsyncIterator[None]:
        """Keep everybody from working on a run, for changes from elsewhere; what was being asked is queued.

        Raises:
            AppError: RUN_IN_USE, RUN_UNKNOWN.
        """
        self._refuse_if_in_use(run_id)
        self._held[run_id] = ""
        try:
            await self._holding.take(run_id)
            try:
                self._held[run_id] = (await self._repository.load(run_id)).plan.name
                yield
            finally:
                await self._holding.release(run_id)
        finally:
            del self._held[run_id]

    async def changed(self, run_id: int, item_ids: Sequence[int]) -> None:
        """Items of a run that is held got answers from elsewhere; with nothing left, the run is done. What is
        left after that is no sample's.
        """
        run = await self._done_if_nothing_left(run_id)
        if item_ids and run.state is RunState.READY:
            await self._holding.set_state(run_id, RunState.PAUSED)
            run = replace(run, state=RunState.PAUSED)
        self._tell(RunProgress(run, changed=tuple(item_ids)))

    def is_working(self, run_id: int) -> bool:
        """Whether this process works on it."""
        return run_id in self._working

    @property
    def working(self) -> tuple[int, ...]:
        """Ids of the runs this process works on."""
        return tuple(self._working)

    def progress(self, run_id: int) -> RunProgress | None:
        """How far a run is that works here."""
        work = self._working.get(run_id)
        return None if work is None else work.progress

    def pause(self, run_id: int, at_once: bool = False) -> None:
        """Begin nothing more; `at_once` gives up what is being asked, which is then asked again later."""
        work = self._working.get(run_id)
        if work is not None:
            work.pause(at_once)

    async def stop(self, run_id: int) -> None:
        """End the run; what was not asked stays unasked. It can still be resumed.

        Raises:
            AppError: RUN_IN_USE while another process works on it.
        """
        work = self._working.get(run_id)
        if work is not None:
            work.stop()
            return
        await self._refuse_if_elsewhere(run_id)
        await self._holding.set_state(run_id, RunState.STOPPED)
        self._tell(RunProgress(await self._repository.load(run_id)))

    async def retry(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[int]:
        """Queue these items again, or all failed ones; returns those that are queued now.

        A run that works here asks about them, too, and about those that were named before the others;
        otherwise `work` does, with `only` about nothing else.

        Raises:
            AppError: RUN_IN_USE while another process works on it.
        """
        await self._refuse_if_elsewhere(run_id)
        queued = await self._queue.requeue(run_id, item_ids)
        work = self._working.get(run_id)
        if work is not None:
            await work.join(queued, first=item_ids is not None)
        # A hundred thousand that failed are not named one by one: that their number changed is enough.
        changed = () if item_ids is None else tuple(queued)
        self._tell(RunProgress(await self.load(run_id), changed=changed))
        return queued

    async def skip(self, run_id: int, item_ids: Sequence[int]) -> None:
        """Leave out items that are queued or have failed.

        Raises:
            AppError: RUN_IN_USE while another process works on it.
        """
        await self._refuse_if_elsewhere(run_id)
        await self._queue.skip(item_ids)
        work = self._working.get(run_id)
        if work is None:
            await self._done_if_nothing_left(run_id)
        else:
            await work.recount()
        self._tell(RunProgress(await self.load(run_id), changed=tuple(item_ids)))

    async def delete(self, run_id: int) -> None:
        """
        Raises:
            AppError: RUN_IN_USE.
        """
        self._refuse_if_in_use(run_id)
        await self._repository.delete(run_id)

    async def recover(self) -> int:
        """At start: runs whose program is gone become paused; how many."""
        return await self._holding.recover()

    async def idle(self) -> None:
        """Return when nothing works here."""
        await self._idle.wait()

    async def come_to_rest(self) -> tuple[str, ...]:
        """Pause everything at once; what was being asked is queued again.

        Returns when nothing works any more, or nothing but answers that cannot be kept, after each has been
        tried once more: the names of their pictures. They go on waiting for room.
        """
        changed = asyncio.Event()
        stop = self.watch(lambda progress: changed.set())
        for work in self._working.values():
            work.pause(at_once=True)
        try:
            while any(not work.is_stuck for work in self._working.values()):
                changed.clear()
                await first_of(changed.wait(), self.idle())
        finally:
            stop()
        return self.unsaved

    @property
    def unsaved(self) -> tuple[str, ...]:
        """Names of the pictures whose answers wait until they can be kept."""
        reports = [work.progress for work in self._working.values()]
        return tuple(name for report in reports if report is not None for name in report.unsaved)

    def give_up_answers(self, run_id: int) -> None:
        """Pause at once; answers that cannot be kept are lost after one more try, and asked for again."""
        work = self._working.get(run_id)
        if work is not None:
            work.give_up_answers()

    async def close(self) -> tuple[str, ...]:
        """Pause everything at once, and give up what cannot be kept; that is queued again.

        Returns the names of the pictures whose answers were lost.
        """
        lost: dict[int, tuple[str, ...]] = {}
        stop = self.watch(lambda progress: lost.update({progress.run.id: progress.unsaved}))
        for work in self._working.values():
            work.give_up_answers()
        await self._idle.wait()
        stop()
        return tuple(name for names in lost.values() for name in names)

    async def _done_if_nothing_left(self, run_id: int) -> Run:
        run = await self._repository.load(run_id)
        if run.counts.left or run.state is RunState.DONE:
            return run
        await self._holding.set_state(run_id, RunState.DONE)
        return replace(run, state=RunState.DONE, failure=None)

    def _refuse_if_in_use(self, run_id: int) -> None:
        if run_id not in self._working and run_id not in self._held:
            return
        progress = self.progress(run_id)
        name = self._held.get(run_id, "") if progress is None else progress.run.plan.name
        raise AppError(ErrorCode.RUN_IN_USE, name=name)

    async def _refuse_if_elsewhere(self, run_id: int) -> None:
        run = await self._repository.load(run_id)
        if run.is_elsewhere:
            raise AppError(ErrorCode.RUN_IN_USE, name=run.plan.name)

    def _as_now(self, run: Run) -> Run:
        progress = self.progress(run.id)
        return run if progress is None else progress.run

    def _tell(self, progress: RunProgress) -> None:
        self._listeners.tell(progress, _report)


def _report(problem: Exception) -> None:
    """A listener that fails must not cost an answer."""
    asyncio.get_running_loop().call_exception_handler(
        {"message": "a listener of runs failed", "exception": problem}
    )
