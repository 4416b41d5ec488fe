"""Works through one run: makes pictures ready, asks, commits every answer before the next request."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem
from desktop_app.domain.runs.run import ItemState, Run, RunState
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import VisionFamily
from desktop_app.services.ports import RunRepository
from desktop_app.services.runs.fleet import Fleet, Member
from desktop_app.services.runs.form_asking import FormAsking, FormQuestion
from desktop_app.services.runs.lookahead import Lookahead, Ready
from desktop_app.services.runs.pictures import RunPictures, depends_on_file
from desktop_app.services.runs.progress import ProgressMeter, RunProgress
from desktop_app.services.runs.right_of_way import RightOfWay
from desktop_app.services.runs.trouble import MOST_TRIES, Trouble, trouble_of, wait_before_try

_Result = TypeVar("_Result")

READ_AT_ONCE = 200
"""Queued items read from the library at a time."""

SAVE_AGAIN_S = 2.0
"""Between attempts to save an answer that the disk had no room for, in seconds."""

TIMEOUTS_UNTIL_PAUSE = 3
"""Pictures in a row that take too long to open: their drive has stopped answering."""


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What an engine works with.

    Attributes:
        report: told how far the run is, after every change.
    """

    repository: RunRepository
    asking: FormAsking
    pictures: RunPictures
    right_of_way: RightOfWay
    report: Callable[[RunProgress], None]


class RunEngine:
    """One run's work in this process, from `work` until it returns; lives on one event loop."""

    def __init__(self, run: Run, fleet: Fleet, parts: EngineParts) -> None:
        self._run = run
        self._plan = run.plan
        self._fleet = fleet
        self._parts = parts
        self._repository = parts.repository
        self._meter = ProgressMeter(run)
        self._stopping = asyncio.Event()
        self._at_once = False
        self._problem: AppError | None = None
        self._asking: set[asyncio.Task[None]] = set()
        self._by_content: dict[str, list[Ready]] = {}
        self._shares = not depends_on_file(run.plan)
        self._timeouts = 0
        self._lookahead: Lookahead | None = None
        self._answered: dict[str, int] = {}
        self._family: VisionFamily | None = None
        self._again = False

    @property
    def progress(self) -> RunProgress:
        return self._meter.progress(self._fleet.in_flight, ())

    def pause(self, at_once: bool = False) -> None:
        """Begin nothing more; `at_once`: what is being asked is given up and queued again."""
        self._at_once = self._at_once or at_once
        self._stopping.set()
        if at_once:
            for task in self._asking:
                task.cancel()

    async def work(self, most: int | None = None) -> Run:
        """Ask about what is queued, `most` pictures or all; returns the run when that is done or paused.

        Troubles that need the user pause the run, and its `failure` says why. The run must have been taken.

        Raises:
            AppError: when not even the run's state can be written.
        """
        await self._change_state(RunState.RUNNING)
        try:
            self._family = await self._first_family()
            await self._work_through(most)
            while self._again and not self._stopping.is_set():
                self._again = False
                self._meter.recount((await self._repository.load(self._run.id)).counts)
                await self._work_through(None)
        except AppError as problem:
            self._needs_user(problem)
        except asyncio.CancelledError:
            self.pause(at_once=True)
            raise
        finally:
            await self._settle()
        return self._meter.run

    async def _first_family(self) -> VisionFamily | None:
        """The family of the first server that answers; waits for one. None when paused meanwhile."""
        while not self._stopping.is_set():
            try:
                return (await self._fleet.reach_first()).family
            except AppError as problem:
                if trouble_of(problem) is Trouble.NEEDS_USER:
                    raise
                await self._change_state(RunState.WAITING, problem)
                await self._until_stopped_or(self._fleet.wait())
                await self._change_state(RunState.RUNNING)
        return None

    def look_again(self) -> None:
        """Items were queued that had been finished: work through them too."""
        self._again = True

    async def _work_through(self, most: int | None) -> None:
        family = self._family
        if family is None:
            return

        async def prepare(item: QueuedItem) -> PreparedPicture:
            return await self._parts.pictures.prepare(self._plan, item, family)

        self._lookahead = Lookahead(self._queued(most), prepare, lambda: 2 * self._fleet.limit)
        try:
            while not self._stopping.is_set():
                ready = await self._next_ready(self._lookahead)
                if ready is None:
                    return
                await self._dispatch(ready)
        finally:
            await self._lookahead.close()
            await self._until_all_asked()

    async def _next_ready(self, lookahead: Lookahead) -> Ready | None:
        """The next picture; what is being asked may still put some back."""
        while not self._stopping.is_set():
            ready = await self._until_stopped_or(lookahead.next())
            if ready is not None or not self._asking:
                return ready
            await self._until_stopped_or(asyncio.wait(self._asking, return_when=asyncio.FIRST_COMPLETED))
        return None

    async def _queued(self, most: int | None) -> AsyncIterator[QueuedItem]:
        """What is queued, in order; each item once, whatever becomes of it."""
        after, given = -1, 0
        while items := await self._repository.queued(self._run.id, after, READ_AT_ONCE):
            for item in items:
                if most is not None and given >= most:
                    return
                given += 1
                yield item
            after = items[-1].position

    async def _dispatch(self, ready: Ready) -> None:
        """Begin to ask about a picture, or settle what needs no asking."""
        item, picture = ready.item, ready.picture
        if isinstance(picture, AppError):
            await self._cannot_open(item, picture)
            return
        self._timeouts = 0
        if self._shares and await self._is_known(ready, picture.content_hash):
            return
        member = await self._free_member()
        if member is None:
            return
        task = asyncio.ensure_future(self._ask(member, ready, picture))
        self._asking.add(task)
        task.add_done_callback(self._asked)

    def _asked(self, task: asyncio.Task[None]) -> None:
        self._asking.discard(task)
        if not task.cancelled() and isinstance(problem := task.exception(), Exception):
            ours = problem if isinstance(problem, AppError) else _unexpected(problem)
            self._needs_user(ours)

    async def _cannot_open(self, item: QueuedItem, problem: AppError) -> None:
        if trouble_of(problem) is Trouble.NEEDS_USER:
            raise problem
        self._timeouts = self._timeouts + 1 if problem.code is ErrorCode.PICTURE_TIMEOUT else 0
        if self._timeouts >= TIMEOUTS_UNTIL_PAUSE:
            raise problem
        await self._repository.fail_item(item.id, failure_of(problem))
        self._moved(item.id, ItemState.QUEUED, ItemState.FAILED)

    async def _is_known(self, ready: Ready, content: str) -> bool:
        """Whether identical bytes were answered, or are being asked about: then the answer is shared."""
        if content in self._by_content:
            self._by_content[content].append(ready)
            return True
        known = self._answered.get(content)
        if known is None and not ready.item.attempts:  # one that is asked again is to have a new answer
            known = await self._repository.answered_with(self._run.id, content)
        if known is not None and known != ready.item.id:
            await self._share(ready.item, known)
            return True
        self._by_content[content] = []
        return False

    async def _share(self, item: QueuedItem, with_item: int) -> None:
        await self._repository.share_answer(item.id, with_item)
        self._moved(item.id, ItemState.QUEUED, ItemState.ANSWERED, shared=True)

    async def _free_member(self) -> Member | None:
        """The server to ask; waits for a free one, and for people. None when paused meanwhile."""
        while not self._stopping.is_set():
            await self._until_stopped_or(self._parts.right_of_way.give_way())
            member = self._fleet.free_member()
            if member is not None:
                if self._meter.run.state is RunState.WAITING:
                    await self._change_state(RunState.RUNNING)
                return member
            trouble = self._fleet.trouble
            if trouble is not None and not self._asking:
                await self._change_state(RunState.WAITING, trouble)
            await self._until_stopped_or(self._fleet.wait())
        return None

    async def _ask(self, member: Member, ready: Ready, picture: PreparedPicture) -> None:
        """One picture, from the request to the committed answer."""
        item, began = ready.item, False
        with self._fleet.request(member):
            try:
                target = await self._fleet.target_of(member)
                await self._repository.begin_item(item.id)
                began = True
                self._moved(item.id, ItemState.QUEUED, ItemState.ASKING)
                answer = await self._answer(member, target, ready, picture)
            except AppError as problem:
                await self._not_answered(member, ready, picture, problem, began)
            except asyncio.CancelledError:
                if began:
                    await self._repository.requeue_item(item.id)
                    self._moved(item.id, ItemState.ASKING, ItemState.QUEUED)
                raise
            else:
                await self._keep(target, item, picture, answer)

    async def _answer(
        self, member: Member, target: ServerTarget, ready: Ready, picture: PreparedPicture
    ) -> ItemAnswer:
        """
        Raises:
            AppError: after all tries, or at once when trying again is of no use.
        """
        loop, tries = asyncio.get_running_loop(), ready.tries
        if target.family != self._family:  # another server of the fleet may see with other eyes
            picture = await self._parts.pictures.prepare(self._plan, ready.item, target.family)
        instructions = await self._parts.pictures.instructions(self._plan, ready.item, picture)
        question = FormQuestion(self._plan.form, instructions, self._plan.options, picture)
        while True:
            started = loop.time()
            try:
                answer = await self._parts.asking.ask(target, question)
            except AppError as problem:
                tries += 1
                kind = trouble_of(problem)
                if kind is Trouble.OVERLOADED or problem.code is ErrorCode.SERVER_TIMEOUT:
                    self._fleet.overloaded(member)
                if kind not in (Trouble.OVERLOADED, Trouble.BROKEN) or tries >= MOST_TRIES:
                    raise
                await asyncio.sleep(wait_before_try(tries))
            else:
                self._fleet.answered(member, loop.time() - started)
                return answer

    async def _keep(
        self, target: ServerTarget, item: QueuedItem, picture: PreparedPicture, answer: ItemAnswer
    ) -> None:
        await self._save(item, answer)
        usage = answer.usage
        self._moved(
            item.id,
            ItemState.ASKING,
            ItemState.ANSWERED if answer.values else ItemState.FAILED,
            prompt_tokens=usage.prompt_tokens if usage else 0,
            completion_tokens=usage.completion_tokens if usage else 0,
        )
        await self._note_method(target)
        followers = self._by_content.pop(picture.content_hash, [])
        if answer.values:
            self._answered[picture.content_hash] = item.id
        for follower in followers:
            if answer.values:
                await self._share(follower.item, item.id)
            else:
                self._put_back(follower)

    async def _save(self, item: QueuedItem, answer: ItemAnswer) -> None:
        """Commit the answer. A full disk pauses the run, but what was paid for waits here for room."""
        while True:
            try:
                await self._repository.answer_item(item.id, answer)
                return
            except AppError as problem:
                self._needs_user(problem)
                self._show_state(RunState.PAUSED, problem)
                if self._at_once:
                    raise
                await asyncio.sleep(SAVE_AGAIN_S)

    async def _note_method(self, target: ServerTarget) -> None:
        method = self._parts.asking.method(target, self._plan.form)
        if method is not self._meter.run.method:
            await self._repository.set_method(self._run.id, method)
            self._meter.update(replace(self._meter.run, method=method))

    async def _not_answered(
        self, member: Member, ready: Ready, picture: PreparedPicture, problem: AppError, began: bool
    ) -> None:
        item, kind = ready.item, trouble_of(problem)
        for follower in self._by_content.pop(picture.content_hash, []):
            self._put_back(follower)
        if kind in (Trouble.SERVER_GONE, Trouble.OVERLOADED):
            self._fleet.rest(member, problem)
        if kind in (Trouble.PICTURE, Trouble.BROKEN):
            await self._repository.fail_item(item.id, failure_of(problem))
            self._moved(item.id, ItemState.ASKING if began else ItemState.QUEUED, ItemState.FAILED)
            return
        if began:
            await self._repository.requeue_item(item.id)
            self._moved(item.id, ItemState.ASKING, ItemState.QUEUED)
        if kind is Trouble.NEEDS_USER:
            raise problem
        self._put_back(ready)

    def _put_back(self, ready: Ready) -> None:
        if self._lookahead is not None:
            self._lookahead.put_back(ready)

    def _needs_user(self, problem: AppError) -> None:
        """The first reason counts; the others are its consequences."""
        if self._problem is None:
            self._problem = problem
        self._stopping.set()

    async def _until_all_asked(self) -> None:
        while self._asking:
            if self._at_once:
                for task in self._asking:
                    task.cancel()
            await asyncio.wait(tuple(self._asking))

    async def _settle(self) -> None:
        """Write down how it ended."""
        if self._problem is not None:
            with suppress(AppError):  # the disk may be the problem
                await self._change_state(RunState.PAUSED, self._problem)
        elif self._stopping.is_set():
            await self._change_state(RunState.PAUSED)
        else:
            left = self._meter.run.counts.left
            await self._change_state(RunState.READY if left else RunState.DONE)

    async def _change_state(self, state: RunState, problem: AppError | None = None) -> None:
        self._show_state(state, problem)
        await self._repository.set_state(self._run.id, state, self._meter.run.failure)

    def _show_state(self, state: RunState, problem: AppError | None) -> None:
        failure = None if problem is None else failure_of(problem)
        self._meter.update(replace(self._meter.run, state=state, failure=failure))
        self._report(())

    def _moved(
        self,
        item_id: int,
        before: ItemState,
        after: ItemState,
        shared: bool = False,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        self._meter.moved(before, after, shared, prompt_tokens, completion_tokens)
        self._report((item_id,))

    def _report(self, changed: tuple[int, ...]) -> None:
        self._parts.report(self._meter.progress(self._fleet.in_flight, changed))

    async def _until_stopped_or(self, work: Awaitable[_Result]) -> _Result | None:
        """The result; None when the run is to stop before there is one, which is then given up."""
        doing = asyncio.ensure_future(work)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            if not doing.done():
                doing.cancel()
        if doing.done():
            return doing.result()
        with suppress(asyncio.CancelledError):
            await doing
        return None


def failure_of(problem: AppError) -> AnswerFailure:
    """The error as it is kept beside a picture or a run."""
    return AnswerFailure(problem.code, tuple(problem.values.items()), problem.detail)


def _unexpected(problem: Exception) -> AppError:
    return AppError(ErrorCode.UNEXPECTED, detail="".join(traceback.format_exception(problem)))
