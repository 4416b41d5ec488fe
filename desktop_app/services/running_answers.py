"""The answers that are being written now: streamed, told to listeners, and kept as they grow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Protocol, TypeAlias

from desktop_app.domain.answers import AnswerEvent
from desktop_app.domain.conversation_changes import AnswerChanged, ConversationChange, TurnsChanged
from desktop_app.domain.conversations import Answer, Conversation, Turn
from desktop_app.domain.questions import AskedPicture, Question
from desktop_app.domain.servers import ServerTarget
from desktop_app.services.answer_keeping import AnswerKeeper
from desktop_app.services.listeners import Listeners
from desktop_app.services.live_answers import LiveAnswer
from desktop_app.services.ports import ConversationRepository
from desktop_app.services.streams import close_stream

Resolve: TypeAlias = Callable[[], Awaitable[ServerTarget | None]]
"""Finds the server to ask, None for the built-in reader; what it raises becomes the answer's failure."""


class Asks(Protocol):
    """Answers a question; `services.asking.Asking` is one."""

    def ask(self, question: Question) -> AsyncIterator[AnswerEvent]: ...


class RunningAnswers:
    """Writes answers, one at a time in each conversation; lives on the event loop."""

    def __init__(self, repository: ConversationRepository, asking: Asks, keeper: AnswerKeeper) -> None:
        self._repository = repository
        self._asking = asking
        self._keeper = keeper
        self._listeners: Listeners[ConversationChange] = Listeners("conversations")
        self._live: dict[int, LiveAnswer] = {}
        self._unsaved: dict[int, Answer] = {}
        self._closing = asyncio.Event()

    @property
    def is_closing(self) -> bool:
        """No answer begins any more."""
        return self._closing.is_set()

    def watch(self, listener: Callable[[ConversationChange], None]) -> Callable[[], None]:
        """Call `listener` with every change of any conversation; returns the way to stop."""
        return self._listeners.add(listener)

    def tell(self, change: ConversationChange) -> None:
        """A listener that fails must not cost the answer; the loop reports what it raised."""
        self._listeners.tell(change)

    def live(self, conversation_id: int) -> LiveAnswer | None:
        """The answer being written in this conversation."""
        return self._live.get(conversation_id)

    def as_now(self, conversation: Conversation) -> Conversation:
        """The conversation with answers in memory where they are ahead of those on disk."""
        ahead = dict(self._unsaved)
        live = self._live.get(conversation.id)
        if live is not None:
            ahead[live.answer_id] = live.snapshot()
        if not ahead:
            return conversation
        turns = [
            replace(turn, answers=tuple(ahead.get(answer.id, answer) for answer in turn.answers))
            for turn in conversation.turns
        ]
        return replace(conversation, turns=tuple(turns))

    async def write(self, conversation: Conversation, turn: Turn, resolve: Resolve) -> LiveAnswer:
        """Stream one more answer to a turn of the conversation; it has ended when this returns.

        What goes wrong while it streams becomes its state. Cancelling this ends the answer too.

        Raises:
            AppError: when the answer could not even be begun on disk.
        """
        answer = await self._repository.begin_answer(turn.id, "", "")
        live = LiveAnswer(conversation.id, turn.id, answer)
        self._live[conversation.id] = live
        try:
            self.tell(TurnsChanged(conversation.with_answer(turn.id, answer)))
            await self._stream(live, _question(conversation, turn), resolve)
        finally:
            self._live.pop(conversation.id, None)
            live.mark_finished()
        return live

    async def settle(self, live: LiveAnswer) -> None:
        """Return when the end of the answer is on disk, or cannot be saved before the program ends."""
        if live.answer_id in self._unsaved:
            await self._keeper.save_end_at_last(live, self._closing)
            del self._unsaved[live.answer_id]

    def close(self) -> None:
        """Begin no answer any more, and end those that run as INTERRUPTED."""
        self._closing.set()
        for live in tuple(self._live.values()):
            live.stop(by_user=False)

    async def _stream(self, live: LiveAnswer, question: Question, resolve: Resolve) -> None:
        live.pump = asyncio.ensure_future(self._pump(live, question, resolve))
        saver = asyncio.ensure_future(self._keeper.keep_saving(live))
        cancelled: asyncio.CancelledError | None = None
        if self.is_closing:  # since the question was kept
            live.stop(by_user=False)
        try:
            await asyncio.wait({live.pump})
        except asyncio.CancelledError as problem:
            cancelled = problem
            live.stop(by_user=False)
            await asyncio.wait({live.pump})
        finally:
            saver.cancel()
            await asyncio.wait({saver})
        await self._finish(live)
        if cancelled is not None:
            raise cancelled

    async def _pump(self, live: LiveAnswer, question: Question, resolve: Resolve) -> None:
        target = await resolve()
        if target is not None:
            self.tell(live.name_source(target))
        events = self._asking.ask(replace(question, target=target))
        try:
            async for event in events:
                change = live.take(event)
                if change is not None:
                    self.tell(change)
        finally:
            await close_stream(events)

    async def _finish(self, live: LiveAnswer) -> None:
        answer = live.conclude()
        self._unsaved[answer.id] = answer
        if await self._keeper.save_end(live):
            del self._unsaved[answer.id]
        self._live.pop(live.conversation_id, None)
        self.tell(AnswerChanged(live.conversation_id, live.turn_id, answer))


def _question(conversation: Conversation, turn: Turn) -> Question:
    whole = (None,) * len(conversation.pictures)
    regions = (*turn.regions, *whole)[: len(whole)]
    pictures = tuple(
        AskedPicture(picture, region) for picture, region in zip(conversation.pictures, regions, strict=True)
    )
    earlier = tuple(one for one in conversation.turns if one.id < turn.id)
    return Question(pictures, turn.question, turn.options, earlier)
