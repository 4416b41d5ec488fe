"""Asks about one picture of a run: tries again, keeps the answer, or gives the picture back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.domain.errors import AppError, ErrorCode, as_app_error
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem
from desktop_app.domain.runs.run import RunPlan
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import VisionFamily
from desktop_app.services.runs.fleet import Fleet, Member
from desktop_app.services.runs.form_asking import FormAsking, FormQuestion
from desktop_app.services.runs.ledger import RunLedger
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.stopping import GivenUpError, Stopping
from desktop_app.services.runs.trouble import (
    MOST_TRIES,
    Streak,
    Trouble,
    trouble_of,
    wait_before_try,
)


class Outcome(Enum):
    """What became of a picture."""

    ANSWERED = auto()
    FAILED = auto()
    AGAIN = auto()
    """It is queued and to be asked about again, for no fault of its own."""
    LEFT_OUT = auto()
    """Somebody left it out before it was asked about."""


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One request.

    Attributes:
        member: the server, where there is a place for it (`Fleet.begin`), and
        target: how to ask it.
        item: what is asked about.
        picture: ready to be sent, made for
        family: this one.
    """

    member: Member
    target: ServerTarget
    item: QueuedItem
    picture: PreparedPicture
    family: VisionFamily


class PictureAsking:
    """For one run; any number of pictures may be asked about at the same time."""

    def __init__(
        self,
        plan: RunPlan,
        asking: FormAsking,
        pictures: RunPictures,
        fleet: Fleet,
        ledger: RunLedger,
        stopping: Stopping,
    ) -> None:
        self._plan = plan
        self._asking = asking
        self._pictures = pictures
        self._fleet = fleet
        self._ledger = ledger
        self._stopping = stopping
        self._failing = Streak()
        self._losses: dict[tuple[int, Member], tuple[int, int]] = {}

    async def ask(self, this: ToAsk) -> Outcome:
        """From the request to the committed answer.

        Raises:
            AppError: when a person has to look; the picture is queued again then, if that can be written.
        """
        try:
            answer = await self._answer_or_why_not(this)
        finally:
            # While the answer is being kept, the next picture can be made out to be asked about.
            self._fleet.end(this.member)
        if isinstance(answer, Outcome):
            return answer
        # An answer that has come is kept whatever happens meanwhile.
        self._failing.end()
        is_answered = await self._ledger.keep(this.item, answer, self._stopping)
        await self._ledger.note_method(self._asking.method(this.target, self._plan.form))
        return Outcome.ANSWERED if is_answered else Outcome.FAILED

    async def _answer_or_why_not(self, this: ToAsk) -> ItemAnswer | Outcome:
        earlier = self._ledger.being_kept
        if not await self._ledger.begin(this.item):
            return Outcome.LEFT_OUT
        try:
            async with self._stopping.unless_at_once():
                await self._until_kept(earlier)
                return await self._answer(this)
        except GivenUpError:
            await self._ledger.queue_again(this.item)
            return Outcome.AGAIN
        except Exception as problem:
            return await self._not_answered(this, as_app_error(problem))

    async def _until_kept(self, earlier: Sequence[asyncio.Future[None]]) -> None:
        """No request follows an answer that is not on disk. Usually all are, as they were written before its
        beginning was; one that the disk has no room for ends the run.

        Raises:
            GivenUpError: then.
        """
        waiting = [one for one in earlier if not one.done()]
        if waiting:
            await asyncio.wait(waiting)
            if self._stopping.is_asked:
                raise GivenUpError

    async def _answer(self, this: ToAsk) -> ItemAnswer:
        """
        Raises:
            AppError: after all tries, or at once when trying again is of no use.
            GivenUpError: instead of another try when the run is to end.
        """
        loop, tries, picture = asyncio.get_running_loop(), 0, this.picture
        if this.target.family != this.family:  # another server of the fleet may see with other eyes
            picture = await self._pictures.prepare(self._plan, this.item, this.target.family)
        instructions = await self._pictures.instructions(self._plan, this.item, picture, this.target.family)
        question = FormQuestion(self._plan.form, instructions, self._plan.options, picture)
        while True:
            started = loop.time()
            try:
                answer = await self._asking.ask(this.target, question)
            except AppError as problem:
                tries += 1
                kind = trouble_of(problem)
                if kind is Trouble.OVERLOADED or problem.code is ErrorCode.SERVER_TIMEOUT:
                    self._fleet.overloaded(this.member)
                if kind not in (Trouble.OVERLOADED, Trouble.BROKEN) or tries >= MOST_TRIES:
                    raise
                if await self._stopping.asked_within(wait_before_try(tries)):
                    raise GivenUpError from problem
            else:
                self._fleet.answered(this.member, loop.time() - started)
                return answer

    async def _not_answered(self, this: ToAsk, problem: AppError) -> Outcome:
        kind = trouble_of(problem)
        if kind in (Trouble.SERVER_GONE, Trouble.OVERLOADED, Trouble.SERVER_UNUSABLE):
            self._fleet.rest(this.member, problem)
        is_pictures = kind in (Trouble.PICTURE, Trouble.BROKEN)
        needs_user = kind is Trouble.NEEDS_USER or (is_pictures and self._failing.is_telling(problem))
        if not needs_user and (is_pictures or (kind is Trouble.SERVER_GONE and self._takes_it_down(this))):
            await self._ledger.fail(this.item, problem, began=True)
            return Outcome.FAILED
        await self._ledger.queue_again(this.item)
        if needs_user:
            raise problem
        return Outcome.AGAIN

    def _takes_it_down(self, this: ToAsk) -> bool:
        """Whether the server went away at this picture so often, and answered about others in between."""
        place = (this.item.id, this.member)
        losses, answered_then = self._losses.get(place, (0, 0))
        losses += this.member.answers > answered_then
        self._losses[place] = (losses, this.member.answers)
        return losses >= MOST_TRIES
