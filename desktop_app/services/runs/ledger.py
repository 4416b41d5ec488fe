"""Writes down what becomes of a run and its pictures, and reports it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem
from desktop_app.domain.runs.run import AskingMethod, ItemState, Run, RunState
from desktop_app.services.runs.fleet import Fleet
from desktop_app.services.runs.portion import Portion
from desktop_app.services.runs.ports import RunStores
from desktop_app.services.runs.progress import ProgressMeter, RunProgress
from desktop_app.services.runs.stopping import Stopping

SAVE_AGAIN_S = 2.0
"""Between attempts to write what the library has no room for or is kept from writing, in seconds."""

_PASSING = (ErrorCode.DISK_FULL, ErrorCode.STORE_UNAVAILABLE, ErrorCode.STORE_BROKEN)

_RESTING = (RunState.READY, RunState.PAUSED, RunState.STOPPED)


class RunLedger:
    """One run's; every method returns after the change is on disk. Changes of pictures that come together are
    reported together, in the loop's next turn.
    """

    def __init__(
        self,
        run: Run,
        stores: RunStores,
        report: Callable[[RunProgress], None],
        fleet: Fleet,
        portion: Portion,
    ) -> None:
        self._runs = stores.runs
        self._holding = stores.holding
        self._queue = stores.queue
        self._twins = stores.twins
        self._report = report
        self._fleet = fleet
        self._portion = portion
        self._rests_as = run.state if run.state in _RESTING else RunState.PAUSED
        self._meter = ProgressMeter(run)
        self._refusal: AppError | None = None
        self._unsaved: dict[int, str] = {}
        self._tried_at_last: set[int] = set()
        self._changed: list[int] = []
        self._reporting: asyncio.Handle | None = None
        self._being_kept: set[asyncio.Future[None]] = set()

    @property
    def run(self) -> Run:
        """The run as it stands."""
        return self._meter.run

    @property
    def progress(self) -> RunProgress:
        return self._progress(())

    @property
    def has_no_room(self) -> int:
        """How many answers have been tried again since everything was to end, and cannot be kept yet."""
        return len(self._tried_at_last)

    @property
    def being_kept(self) -> Sequence[asyncio.Future[None]]:
        """One for each answer that has come and is not on disk yet; done when it is, or is given up."""
        return tuple(self._being_kept)

    async def change_state(self, state: RunState, problem: AppError | None = None) -> None:
        """
        Raises:
            AppError: when it cannot be written; it is shown all the same.
        """
        self.show_state(state, problem)
        await self._holding.set_state(self.run.id, state, self.run.failure)

    def show_state(self, state: RunState, problem: AppError | None = None) -> None:
        """Report it without writing it down."""
        failure = None if problem is None else AnswerFailure.of(problem)
        self._meter.update(replace(self.run, state=state, failure=failure))
        self._tell()

    async def begin(self, item: QueuedItem) -> bool:
        """Queued becomes asking; False when it is queued no longer, because somebody left it out."""
        try:
            await self._queue.begin_item(item.id)
        except AppError as problem:
            await self._raise_unless_left_out(item, problem)
            return False
        self._moved(item, ItemState.QUEUED, ItemState.ASKING)
        return True

    async def fail(self, item: QueuedItem, problem: AppError, began: bool) -> None:
        """Asking, or queued where asking has not begun, becomes failed."""
        try:
            await self._queue.fail_item(item.id, AnswerFailure.of(problem))
        except AppError as refusal:
            await self._raise_unless_left_out(item, refusal)
            return
        self._moved(item, ItemState.ASKING if began else ItemState.QUEUED, ItemState.FAILED)

    async def queue_again(self, item: QueuedItem) -> None:
        """Asking becomes queued."""
        await self._queue.requeue_item(item.id)
        self._moved(item, ItemState.ASKING, ItemState.QUEUED)

    async def share(self, item: QueuedItem, with_item: int) -> None:
        """Queued becomes answered with the answer of another item."""
        try:
            await self._twins.share_answer(item.id, with_item)
        except AppError as problem:
            await self._raise_unless_left_out(item, problem)
            return
        self._moved(item, ItemState.QUEUED, ItemState.ANSWERED, shared=True)

    async def keep(self, item: QueuedItem, answer: ItemAnswer, stopping: Stopping) -> bool:
        """Asking becomes answered, or failed when no field has a value; whether it was answered.

        While the disk is full or the library is locked, the answer waits here for room, because it was paid
        for; the run is asked to end and says why.

        Raises:
            AppError: when answers are to be given up before there is room.
        """
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._being_kept.add(kept)
        try:
            await self._write_down(item, answer, stopping)
        finally:
            self._being_kept.discard(kept)
            kept.set_result(None)
        is_answered, usage = answer.is_usable, answer.usage
        self._moved(
            item,
            ItemState.ASKING,
            ItemState.ANSWERED if is_answered else ItemState.FAILED,
            prompt_tokens=usage.prompt_tokens if usage else 0,
            completion_tokens=usage.completion_tokens if usage else 0,
        )
        return is_answered

    async def _write_down(self, item: QueuedItem, answer: ItemAnswer, stopping: Stopping) -> None:
        while True:
            is_last_try, is_at_once = stopping.gives_up_answers, stopping.is_at_once
            try:
                await self._queue.answer_item(item.id, answer)
                break
            except AppError as problem:
                if problem.code not in _PASSING:
                    raise
                self._refusal = problem
                self._unsaved[item.id] = Path(item.path).name
                if is_at_once:
                    self._tried_at_last.add(item.id)
                self.show_state(RunState.PAUSED, problem)
                stopping.ask()
                if is_last_try:
                    raise
                await stopping.hastened_within(SAVE_AGAIN_S)
        self._unsaved.pop(item.id, None)
        self._tried_at_last.discard(item.id)

    async def note_method(self, method: AskingMethod) -> None:
        if method is not self.run.method:
            await self._holding.set_method(self.run.id, method)
            self._meter.update(replace(self.run, method=method))

    async def recount(self) -> None:
        """Items were queued or left out by somebody else; exact only while nothing is being asked."""
        self._meter.recount((await self._runs.load(self.run.id)).counts)

    async def end(self, problem: AppError | None, stopping: Stopping) -> None:
        """Write down how the run ended, as soon as that can be written.

        Args:
            problem: what needs the user, None when nothing does.
        """
        problem = problem or self._refusal
        while True:
            try:
                await self.recount()
                state = self._end_state(stopping.is_asked or problem is not None)
                await self.change_state(state, problem if state is RunState.PAUSED else None)
                return
            except AppError as refusal:
                problem = problem or refusal
                self.show_state(RunState.PAUSED, problem)
                if refusal.code not in _PASSING or await stopping.at_once_within(SAVE_AGAIN_S):
                    return

    def _end_state(self, is_paused: bool) -> RunState:
        """What was asked about in between leaves a run as it was, unless nothing is left."""
        if not self.run.counts.left:
            return RunState.DONE
        return RunState.PAUSED if is_paused else self._rests_as

    async def _raise_unless_left_out(self, item: QueuedItem, problem: AppError) -> None:
        if problem.code is not ErrorCode.UNEXPECTED or await self._queue.queued(
            self.run.id, -1, 1, [item.id]
        ):
            raise problem

    def _moved(
        self,
        item: QueuedItem,
        before: ItemState,
        after: ItemState,
        shared: bool = False,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        self._meter.moved(before, after, shared, prompt_tokens, completion_tokens)
        if after in (ItemState.ANSWERED, ItemState.FAILED):
            self._portion.finished(item.id)
        self._changed.append(item.id)
        if self._reporting is None:
            self._reporting = asyncio.get_running_loop().call_soon(self._tell)

    def _tell(self) -> None:
        if self._reporting is not None:
            self._reporting.cancel()
            self._reporting = None
        changed, self._changed = tuple(self._changed), []
        self._report(self._progress(changed))

    def _progress(self, changed: tuple[int, ...]) -> RunProgress:
        progress = self._meter.progress(self._portion.left)
        return replace(
            progress,
            in_flight=self._fleet.in_flight,
            changed=changed,
            resting=self._fleet.resting,
            unsaved=tuple(self._unsaved.values()),
        )
