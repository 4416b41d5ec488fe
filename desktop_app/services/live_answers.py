"""An answer while it streams: what has arrived, what of it is not on disk yet, and how it ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from desktop_app.domain.answers import (
    AnswerEnd,
    AnswerEvent,
    EvidenceFound,
    FinishReason,
    PicturesSent,
    ReasoningPiece,
    TextPiece,
    TextWasReasoning,
    Timings,
)
from desktop_app.domain.conversation_changes import AnswerChanged, AnswerGrew, ConversationChange
from desktop_app.domain.conversations import Answer, AnswerFailure, AnswerState
from desktop_app.domain.errors import AppError, ErrorCode, as_app_error
from desktop_app.domain.servers import ServerTarget
from desktop_app.services.ports import ConversationRepository


class LiveAnswer:
    """Gathers the events of one answer; lives on the event loop.

    Attributes:
        conversation_id, turn_id: where the answer belongs.
        pump: the task that reads the events, once it runs.
    """

    def __init__(
        self,
        conversation_id: int,
        turn_id: int,
        answer: Answer,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.conversation_id = conversation_id
        self.turn_id = turn_id
        self.pump: asyncio.Task[None] | None = None
        self._answer = answer
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._end: AnswerEnd | None = None
        self._clock = clock
        self._began = clock()
        self._first: float | None = None
        self._figures: AnswerEnd | None = None
        self._unsaved: set[str] = set()
        self._stopped_by_user = False
        self._finished = asyncio.Event()

    @property
    def answer_id(self) -> int:
        return self._answer.id

    def name_source(self, target: ServerTarget) -> AnswerChanged:
        """Note who will answer."""
        self._answer = replace(self._answer, server=target.profile.name, model=target.model)
        self._unsaved.add("source")
        return self._changed()

    def take(self, event: AnswerEvent) -> ConversationChange | None:
        """Add an event; returns what to tell listeners."""
        if self._first is None and isinstance(event, TextPiece | ReasoningPiece):
            self._first = self._clock()
        match event:
            case TextPiece(text):
                self._text.append(text)
                self._unsaved.add("progress")
                return AnswerGrew(self.conversation_id, self.turn_id, self._answer.id, text=text)
            case ReasoningPiece(text):
                self._reasoning.append(text)
                self._unsaved.add("progress")
                return AnswerGrew(self.conversation_id, self.turn_id, self._answer.id, reasoning=text)
            case TextWasReasoning():
                self._reasoning += self._text
                self._text = []
                self._unsaved.add("progress")
            case PicturesSent(pictures):
                self._answer = replace(self._answer, pictures=pictures)
                self._unsaved.add("pictures")
            case EvidenceFound(evidence):
                self._answer = replace(self._answer, evidence=evidence)
                self._unsaved.add("evidence")
            case AnswerEnd():
                self._end = event
                return None
        return self._changed()

    def snapshot(self) -> Answer:
        """The answer as it is now."""
        # Joined once here, not at every piece: that would copy a long answer a thousand times.
        self._text = ["".join(self._text)]
        self._reasoning = ["".join(self._reasoning)]
        return replace(self._answer, text=self._text[0], reasoning=self._reasoning[0])

    def stop(self, *, by_user: bool) -> None:
        """End the stream; what arrived is kept."""
        self._stopped_by_user = self._stopped_by_user or by_user
        if self.pump is not None:
            self.pump.cancel()

    def conclude(self) -> Answer:
        """Settle state and figures after the pump has ended; returns the whole answer."""
        state, failure = self._outcome()
        answer = replace(self.snapshot(), state=state, failure=failure)
        end = self._end
        if end is None and self._first is not None:
            self._figures = self._broken_off()
            answer = replace(answer, finish=self._figures.finish, timings=self._figures.timings)
        elif end is not None:
            self._figures = end
            answer = replace(
                answer,
                finish=end.finish,
                model=end.model,
                server=end.server,
                usage=end.usage,
                timings=end.timings,
            )
        self._answer = answer
        return answer

    async def save(self, repository: ConversationRepository) -> None:
        """Put on disk what has arrived since the last time.

        Raises:
            AppError: from the store; the next call tries the same again.
        """
        answer = self.snapshot()
        for part in sorted(self._unsaved):
            self._unsaved.discard(part)
            try:
                await self._save_part(repository, answer, part)
            except BaseException:
                self._unsaved.add(part)
                raise

    async def save_end(self, repository: ConversationRepository) -> None:
        """Put the concluded answer on disk.

        Raises:
            AppError: from the store.
        """
        self._unsaved.discard("progress")  # the end carries the text
        await self.save(repository)
        answer = self._answer
        await repository.end_answer(
            answer.id, answer.state, answer.text, answer.reasoning, self._figures, answer.failure
        )

    def mark_finished(self) -> None:
        """Let those go on who wait for the end."""
        self._finished.set()

    async def wait_finished(self) -> None:
        await self._finished.wait()

    async def _save_part(self, repository: ConversationRepository, answer: Answer, part: str) -> None:
        match part:
            case "progress":
                await repository.save_progress(answer.id, answer.text, answer.reasoning)
            case "pictures":
                await repository.save_pictures(answer.id, answer.pictures)
            case "evidence":
                await repository.save_evidence(answer.id, EvidenceFound(answer.evidence))
            case _:
                await repository.save_source(answer.id, answer.server, answer.model)

    def _broken_off(self) -> AnswerEnd:
        """What is known of an answer that was broken off after its first word."""
        first = None if self._first is None else self._first - self._began
        timings = Timings(first, self._clock() - self._began)
        return AnswerEnd(FinishReason.OTHER, self._answer.model, self._answer.server, None, timings)

    def _changed(self) -> AnswerChanged:
        return AnswerChanged(self.conversation_id, self.turn_id, self.snapshot())

    def _outcome(self) -> tuple[AnswerState, AnswerFailure | None]:
        if self._end is not None:
            return AnswerState.DONE, None
        if self.pump is None or self.pump.cancelled():
            state = AnswerState.STOPPED if self._stopped_by_user else AnswerState.INTERRUPTED
            return state, None
        problem = self.pump.exception()
        if problem is None:
            problem = AppError(ErrorCode.SERVER_BROKE_OFF, server=self._answer.server)
        return AnswerState.FAILED, AnswerFailure.of(as_app_error(problem))
