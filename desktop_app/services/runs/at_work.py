"""The runs that this process works on: worked through, paused, brought to rest, and told of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import Run
from desktop_app.services.first_of import first_of
from desktop_app.services.listeners import Listeners
from desktop_app.services.runs.engine import EngineParts
from desktop_app.services.runs.progress import RunProgress
from desktop_app.services.runs.run_work import RunWork


class RunsAtWork:
    """Lives on one event loop. Several runs may work at once; one run works in one process at a time."""

    def __init__(self, parts: EngineParts) -> None:
        self._parts = parts
        self._listeners: Listeners[RunProgress] = Listeners("runs")
        self._working: dict[int, RunWork] = {}
        self._held: dict[int, str] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    def watch(self, listener: Callable[[RunProgress], None]) -> Callable[[], None]:
        """Call `listener` after every change that this process makes to a run; returns the way to stop."""
        return self._listeners.add(listener)

    def tell(self, progress: RunProgress) -> None:
        """A run was changed."""
        self._listeners.tell(progress)

    async def work(self, run_id: int, most: int | None = None, only: Sequence[int] | None = None) -> Run:
        """Ask about what is queued; returns when that is done or paused.

        Args:
            most: the first ones, for a sample; None for all.
            only: these items and no others.

        Raises:
            AppError: RUN_IN_USE, RUN_UNKNOWN, or when the library cannot be written.
        """
        self.refuse_if_in_use(run_id)
        # From here on it counts as working: it can be paused, and `close` waits for it.
        work = self._working[run_id] = RunWork(run_id, most, only, self._parts, self.tell)
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
        self.refuse_if_in_use(run_id)
        self._held[run_id] = ""
        stores = self._parts.stores
        try:
            await stores.holding.take(run_id)
            try:
                self._held[run_id] = (await stores.runs.load(run_id)).plan.name
                yield
            finally:
                await stores.holding.release(run_id)
        finally:
            del self._held[run_id]

    def refuse_if_in_use(self, run_id: int) -> None:
        """
        Raises:
            AppError: RUN_IN_USE while the run works here, or is held.
        """
        if run_id not in self._working and run_id not in self._held:
            return
        progress = self.progress(run_id)
        name = self._held.get(run_id, "") if progress is None else progress.run.plan.name
        raise AppError(ErrorCode.RUN_IN_USE, name=name)

    @property
    def working(self) -> tuple[int, ...]:
        """Ids of the runs this process works on."""
        return tuple(self._working)

    def is_working(self, run_id: int) -> bool:
        """Whether this process works on it."""
        return run_id in self._working

    def on(self, run_id: int) -> RunWork | None:
        """The work on a run; None when it does not work here."""
        return self._working.get(run_id)

    def progress(self, run_id: int) -> RunProgress | None:
        """How far a run is that works here."""
        work = self.on(run_id)
        return None if work is None else work.progress

    def pause(self, run_id: int, at_once: bool = False) -> None:
        """Begin nothing more; `at_once` gives up what is being asked, which is then asked again later."""
        work = self.on(run_id)
        if work is not None:
            work.pause(at_once)

    def give_up_answers(self, run_id: int) -> None:
        """Pause at once; answers that cannot be kept are lost after one more try, and asked for again."""
        work = self.on(run_id)
        if work is not None:
            work.give_up_answers()

    @property
    def unsaved(self) -> tuple[str, ...]:
        """Names of the pictures whose answers wait until they can be kept."""
        reports = [work.progress for work in self._working.values()]
        return tuple(name for report in reports if report is not None for name in report.unsaved)

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

    async def close(self) -> tuple[str, ...]:
        """Pause everything at once, and give up what cannot be kept; that is queued again.

        Returns the names of the pictures whose answers were lost.
        """
        lost: dict[int, tuple[str, ...]] = {}
        stop = self.watch(lambda progress: lost.update({progress.run.id: progress.unsaved}))
        for work in self._working.values():
            work.give_up_answers()
        await self.idle()
        stop()
        return tuple(name for names in lost.values() for name in names)
