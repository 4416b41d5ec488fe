"""Asking a question about pictures: prepare them, ask, and turn what comes back into events."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from typing import Protocol

from desktop_app.domain.answers import (
    AnswerEnd,
    AnswerEvent,
    EvidenceFound,
    PicturesSent,
    ReasoningPiece,
    SentPicture,
    TextPiece,
    TextWasReasoning,
    Timings,
)
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.grounding import Grounding
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.questions import AskedPicture, Question
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_model_events import (
    EarlierTextWasReasoning,
    ModelEvent,
    ModelFinished,
    ModelStarted,
)
from desktop_app.services.chat_building import Said, build_request, plan_dialogue
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import PictureFiles, VisionModel
from desktop_app.services.prepared_pictures import PreparedPictures
from desktop_app.services.reader_answers import ReaderAnswers
from desktop_app.services.runs.right_of_way import RightOfWay
from desktop_app.services.streams import close_stream


class ServerLessons(Protocol):
    """Learns about servers from their answers, so that the next question respects their limits."""

    async def learn_from(self, target: ServerTarget, error: AppError) -> None:
        """The server refused or failed."""
        ...

    async def saw_smaller_pictures(self, target: ServerTarget) -> None:
        """The server counted fewer tokens than the pictures alone should have cost: it shrank them."""
        ...


class Asking:
    """Answers questions, through a server's vision model or through the built-in reader."""

    def __init__(
        self,
        files: PictureFiles,
        workers: PictureWorkers,
        vision_model: VisionModel,
        reader: ReaderAnswers,
        clock: Callable[[], float] = time.monotonic,
        lessons: ServerLessons | None = None,
        right_of_way: RightOfWay | None = None,
    ) -> None:
        """
        Args:
            files: opens pictures.
            workers: threads for that.
            vision_model: asks servers.
            reader: answers when there is no server.
            clock: seconds, for the timings.
            lessons: told what answers show about a server.
            right_of_way: keeps runs back while a person waits for a first word.
        """
        self._prepared = PreparedPictures(files, workers)
        self._vision_model = vision_model
        self._reader = reader
        self._clock = clock
        self._lessons = lessons
        self._right_of_way = right_of_way or RightOfWay()

    async def ask(self, question: Question) -> AsyncGenerator[AnswerEvent, None]:
        """Yield what happens until the answer has ended; closing the iterator stops the server's work.

        Text pieces are ready to be shown: marks of places are taken out of them and come as evidence.

        Raises:
            AppError: for anything that keeps the answer from coming to its proper end.
        """
        if not question.pictures:
            raise AppError(ErrorCode.WRONG_USE, reason="A question needs at least one picture.")
        target = question.target
        answer = self._reader.answer(question) if target is None else self._ask_server(question, target)
        try:
            async for event in answer:
                yield event
        finally:
            await close_stream(answer)

    async def _ask_server(self, question: Question, target: ServerTarget) -> AsyncIterator[AnswerEvent]:
        plan = plan_dialogue(question)
        _check_count(plan, target)
        started = self._clock()
        prepared = [
            await self._prepared.prepare(said.pictures, target.family, question.options.image_tokens)
            for said in plan
        ]
        pictures = await self._asked_about(question, target, plan, prepared)
        sent = tuple(
            sent_picture(asked, picture) for asked, picture in zip(question.pictures, pictures, strict=True)
        )
        request = build_request(question, target, plan, prepared)
        yield PicturesSent(sent)
        stream = self._vision_model.stream(target, request)
        reading = _AnswerReading(sent, target, started, self._clock)
        way = self._right_of_way.person()
        way.take()
        try:
            async for event in stream:
                if not isinstance(event, ModelStarted):
                    way.leave()
                for found in reading.take(event):
                    yield found
        except AppError as error:
            if self._lessons is not None:
                await self._lessons.learn_from(target, error)
            for found in reading.rest():
                yield found
            raise
        finally:
            way.leave()
            await close_stream(stream)
        end = reading.end()
        if self._lessons is not None and _shrank(end, prepared):
            await self._lessons.saw_smaller_pictures(target)
        yield end

    async def _asked_about(
        self,
        question: Question,
        target: ServerTarget,
        plan: Sequence[Said],
        prepared: Sequence[Sequence[PreparedPicture]],
    ) -> Sequence[PreparedPicture]:
        """The pictures the new question is about: new in it, or sent with the turn that had them last."""
        for said, pictures in zip(reversed(plan), reversed(prepared), strict=True):
            if said.pictures == question.pictures:
                return pictures
        return await self._prepared.prepare(question.pictures, target.family, question.options.image_tokens)


class _AnswerReading:
    """Turns one stream of model events into answer events."""

    def __init__(
        self,
        sent: tuple[SentPicture, ...],
        target: ServerTarget,
        started: float,
        clock: Callable[[], float],
    ) -> None:
        self._sent = sent
        self._target = target
        self._started = started
        self._clock = clock
        self._grounding = Grounding(sent, target.family.name)
        self._evidence_told = 0
        self._model = target.model
        self._first: float | None = None
        self._finished: ModelFinished | None = None

    def take(self, event: ModelEvent) -> list[AnswerEvent]:
        match event:
            case ModelStarted(model=model):
                self._model = model or self._model
            case TextPiece(text=text):
                self._mark_first()
                return self._text(self._grounding.feed(text))
            case ReasoningPiece():
                self._mark_first()
                return [event]
            case EarlierTextWasReasoning():
                return self._restart()
            case ModelFinished():
                self._finished = event
                return self.rest()
        return []

    def rest(self) -> list[AnswerEvent]:
        """Text that was held back because it could have been the start of a mark."""
        return self._text(self._grounding.finish())

    def end(self) -> AnswerEnd:
        """
        Raises:
            AppError: SERVER_BROKE_OFF when the stream ended without saying so.
        """
        if self._finished is None:
            raise AppError(ErrorCode.SERVER_BROKE_OFF, server=self._target.profile.address)
        first = None if self._first is None else self._first - self._started
        timings = Timings(first, self._clock() - self._started)
        return AnswerEnd(
            self._finished.finish,
            self._model,
            self._target.profile.name,
            self._finished.usage,
            timings,
        )

    def _restart(self) -> list[AnswerEvent]:
        held = self._grounding.finish()
        events: list[AnswerEvent] = [TextPiece(held)] if held else []
        if self._evidence_told:
            events.append(EvidenceFound(()))
        self._grounding = Grounding(self._sent, self._target.family.name)
        self._evidence_told = 0
        return [*events, TextWasReasoning()]

    def _mark_first(self) -> None:
        if self._first is None:
            self._first = self._clock()

    def _text(self, shown: str) -> list[AnswerEvent]:
        events: list[AnswerEvent] = [TextPiece(shown)] if shown else []
        if self._grounding.found != self._evidence_told:
            self._evidence_told = self._grounding.found
            events.append(EvidenceFound(self._grounding.evidence()))
        return events


def _shrank(end: AnswerEnd, prepared: Sequence[Sequence[PreparedPicture]]) -> bool:
    expected = sum(picture.predicted_tokens for pictures in prepared for picture in pictures)
    return end.usage is not None and 0 < end.usage.prompt_tokens < expected


def _check_count(plan: Sequence[Said], target: ServerTarget) -> None:
    """A server counts every picture of the dialogue; ask it nothing that it is known to refuse."""
    limit = target.limits.picture_limit
    if limit is not None and sum(len(said.pictures) for said in plan) > limit:
        raise AppError(ErrorCode.SERVER_TOO_MANY_PICTURES, limit=limit)


def sent_picture(asked: AskedPicture, prepared: PreparedPicture) -> SentPicture:
    """The record of a picture that is sent."""
    encoded = prepared.encoded
    return SentPicture(
        picture=asked.picture,
        content_hash=prepared.content_hash,
        original_size=prepared.original_size,
        sent_size=encoded.size,
        sent_format=encoded.mime.rpartition("/")[2].upper(),
        sent_bytes=len(encoded.data),
        predicted_tokens=prepared.predicted_tokens,
        region=prepared.region,
        notes=prepared.notes,
    )
