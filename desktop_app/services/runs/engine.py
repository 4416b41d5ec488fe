"""Works through one run: makes pictures ready, asks, commits every answer before the next request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from desktop_app.domain.errors import AppError, as_app_error
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import QueuedItem
from desktop_app.domain.runs.run import Run, RunState
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import VisionFamily
from desktop_app.services.runs.fleet import Fleet, Member, Reach
from desktop_app.services.runs.form_asking import FormAsking
from desktop_app.services.runs.ledger import RunLedger
from desktop_app.services.runs.lookahead import Lookahead, Ready
from desktop_app.services.runs.picture_asking import Outcome, PictureAsking, ToAsk
from desktop_app.services.runs.pictures import RunPictures, depends_on_file
from desktop_app.services.runs.portion import Portion
from desktop_app.services.runs.ports import RunStores
from desktop_app.services.runs.progress import RunProgress
from desktop_app.services.runs.right_of_way import RightOfWay
from desktop_app.services.runs.stopping import Stopping
from desktop_app.services.runs.trouble import Streak, Trouble, trouble_of
from desktop_app.services.runs.twins import Twins

READ_AT_ONCE = 200
"""Queued items read from the library at a time."""


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What engines work with."""

    stores: RunStores
    asking: FormAsking
    pictures: RunPictures
    reach: Reach
    right_of_way: RightOfWay


class RunEngine:
    """One run's work in this process, from `work` until it returns; lives on one event loop.

    One task walks over what is queued; each request has a task of its own. What has to be asked again, for
    example because its server went away, simply stays queued, and the queue is walked over once more.
    """

    def __init__(
        self,
        run: Run,
        portion: Portion,
        fleet: Fleet,
        parts: EngineParts,
        report: Callable[[RunProgress], None],
        stopping: Stopping,
    ) -> None:
        """`report`: told how far the run is, after every change."""
        self._plan = run.plan
        self._portion = portion
        self._fleet = fleet
        self._queue = parts.stores.queue
        self._pictures = parts.pictures
        self._right_of_way = parts.right_of_way
        self._stopping = stopping
        self._ledger = RunLedger(run, parts.stores, report, fleet, portion)
        self._one = PictureAsking(run.plan, parts.asking, parts.pictures, fleet, self._ledger, stopping)
        self._twins = None if depends_on_file(run.plan) else Twins(run, parts.stores.twins)
        self._unopened = Streak()
        self._asking: set[asyncio.Task[None]] = set()
        self._given: set[int] = set()
        self._problem: AppError | None = None

    @property
    def progress(self) -> RunProgress:
        return self._ledger.progress

    @property
    def is_stuck(self) -> bool:
        """Everything is to end, and nothing goes on but answers that cannot be kept."""
        return bool(self._asking) and len(self._asking) == self._ledger.has_no_room

    async def work(self) -> Run:
        """Ask about what is queued of the portion; returns the run when that is done or paused.

        Troubles that need the user pause the run, and its `failure` says why. The run must have been taken.
        Cancelling gives up what is being asked and returns when that is written down.

        Raises:
            AppError: when not even the run's state can be written.
        """
        while True:
            walker: asyncio.Task[None] | None = None
            try:
                await self._ledger.change_state(RunState.RUNNING)
                walker = asyncio.ensure_future(self._walk())
                with self._stopping.cancels(walker):
                    await asyncio.wait({walker})
            except asyncio.CancelledError:
                self._stopping.give_up_answers()
                await self._stopping.shielded(self._end(walker))
                raise
            await self._stopping.shielded(self._end(walker))
            # Something may have been queued while the end was written down.
            if not self._portion.is_to_be_walked or self._stopping.is_asked:
                return self._ledger.run

    async def recount(self) -> None:
        """Items were queued or left out by somebody else."""
        await self._ledger.recount()

    async def _walk(self) -> None:
        """Over the queue, and again while there is something to be asked again."""
        while self._portion.is_to_be_walked:
            self._portion.walked()
            self._given.clear()
            if not await self._next_queued(-1, 1):
                return
            await self._walk_once()
            await self._until_all_asked()
            if self._portion.is_to_be_walked:
                await self._ledger.recount()

    async def _walk_once(self) -> None:
        _, target = await self._free_server()
        family = target.family

        async def prepare(item: QueuedItem) -> PreparedPicture:
            return await self._pictures.prepare(self._plan, item, family)

        async with aclosing(self._queued()) as items:
            lookahead = Lookahead(items, prepare, lambda: 2 * self._fleet.limit, self._pictures.at_once)
            try:
                while (ready := await lookahead.next()) is not None:
                    await self._dispatch(ready, family)
            finally:
                await lookahead.close()

    async def _queued(self) -> AsyncGenerator[QueuedItem, None]:
        """What is queued of the portion, in order but for what is to come first; each item once, whatever
        becomes of it.
        """
        after, early = -1, set[int]()
        while items := await self._next_queued(after, READ_AT_ONCE):
            for item in items:
                for one in await self._first_ones():
                    early.add(one.id)
                    self._given.add(one.id)
                    yield one
                if item.id not in early:
                    self._given.add(item.id)
                    yield item
            after = items[-1].position

    async def _first_ones(self) -> list[QueuedItem]:
        """Those to come first that have not been given already and wait for their turn."""
        wanted = [item_id for item_id in self._portion.take_first() if item_id not in self._given]
        if not wanted:
            return []
        return await self._queue.queued(self._ledger.run.id, -1, len(wanted), wanted)

    async def _next_queued(self, after: int, most: int) -> list[QueuedItem]:
        return await self._queue.queued(self._ledger.run.id, after, most, self._portion.item_ids)

    async def _dispatch(self, ready: Ready, family: VisionFamily) -> None:
        """Begin to ask about a picture, or settle what needs no asking."""
        item, picture = ready.item, ready.picture
        if isinstance(picture, AppError):
            self._given.discard(item.id)
            await self._cannot_open(item, picture)
            return
        self._unopened.end()
        if self._twins is not None and await self._has_answer(self._twins, item, picture.content_hash):
            self._given.discard(item.id)
            return
        member, target = await self._free_server()
        if self._twins is not None:
            self._twins.begin(picture.content_hash)
        self._fleet.begin(member)
        task = asyncio.ensure_future(self._ask(ToAsk(member, target, item, picture, family)))
        self._asking.add(task)
        task.add_done_callback(self._asked)

    async def _cannot_open(self, item: QueuedItem, problem: AppError) -> None:
        if trouble_of(problem) is Trouble.NEEDS_USER or self._unopened.is_telling(problem):
            raise problem
        await self._ledger.fail(item, problem, began=False)

    async def _has_answer(self, twins: Twins, item: QueuedItem, content: str) -> bool:
        """Whether the item gets, or will get, the answer of identical bytes."""
        if twins.waits(item, content):
            return True
        known = await twins.answered(item, content)
        if known is None:
            return False
        await self._ledger.share(item, known)
        return True

    async def _free_server(self) -> tuple[Member, ServerTarget]:
        """The server to ask; waits for a free one, and for people.

        Raises:
            AppError: when no server can be used until a person changes something.
        """
        while True:
            await self._right_of_way.give_way()
            member = self._fleet.free_member()
            if member is not None and member.target is not None:
                if self._ledger.run.state is RunState.WAITING:
                    await self._ledger.change_state(RunState.RUNNING)
                return member, member.target
            trouble = self._fleet.trouble
            if trouble is not None and not self._asking:
                await self._wait_because_of(trouble)
            await self._fleet.wait()

    async def _wait_because_of(self, trouble: AppError) -> None:
        if trouble_of(trouble) is Trouble.SERVER_UNUSABLE:
            raise trouble
        failure = self._ledger.run.failure
        if failure is None or failure.code is not trouble.code:
            await self._ledger.change_state(RunState.WAITING, trouble)

    async def _ask(self, this: ToAsk) -> None:
        content, outcome = this.picture.content_hash, Outcome.FAILED
        try:
            outcome = await self._one.ask(this)
        finally:
            self._given.discard(this.item.id)
            is_answered = outcome is Outcome.ANSWERED
            waiting = self._twins.end(this.item, content, is_answered) if self._twins is not None else []
        if outcome is Outcome.AGAIN or (waiting and not is_answered):
            self._portion.walk_again()
        if not is_answered:
            return
        for item in waiting:
            await self._ledger.share(item, this.item.id)

    def _asked(self, task: asyncio.Task[None]) -> None:
        self._asking.discard(task)
        self._fleet.wake()  # with nothing being asked any more, a trouble is told
        if not task.cancelled() and (problem := task.exception()) is not None:
            self._needs_user(problem)

    def _needs_user(self, problem: BaseException) -> None:
        """The first reason counts; the others are its consequences."""
        if self._problem is None:
            self._problem = as_app_error(problem)
        self._stopping.ask()

    async def _until_all_asked(self) -> None:
        while self._asking:
            await asyncio.wait(tuple(self._asking))

    async def _end(self, walker: asyncio.Task[None] | None) -> None:
        """Wait until nothing goes on any more, and write down how it ended."""
        if walker is not None:
            walker.cancel()
            await asyncio.wait({walker})
            if not walker.cancelled() and (problem := walker.exception()) is not None:
                self._needs_user(problem)
        await self._until_all_asked()
        await self._fleet.close()
        await self._ledger.end(self._problem, self._stopping)
