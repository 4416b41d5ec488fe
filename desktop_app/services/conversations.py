"""Threads about pictures: found or made, asked in, edited and cleared; one answer at a time in each."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from desktop_app.domain.conversation_changes import ConversationChange, TurnsChanged
from desktop_app.domain.conversations import AskOptions, Conversation
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture
from desktop_app.services.answer_keeping import AnswerKeeper
from desktop_app.services.live_answers import LiveAnswer
from desktop_app.services.ports import ConversationRepository
from desktop_app.services.running_answers import Asks, Resolve, RunningAnswers

SAVE_EVERY_S = 0.5
RETRY_EVERY_S = 5.0
CLOSE_WITHIN_S = 1.0


def _ignore(problem: AppError) -> None:
    """Listeners still see the answer; there is nobody to tell about the disk."""


class Conversations:
    """All threads, with the answers that are being written now.

    Several conversations may stream at once, each one answer at a time. An answer's text is on disk at most a
    second after it arrived. Lives on the event loop.
    """

    def __init__(
        self,
        repository: ConversationRepository,
        asking: Asks,
        report: Callable[[AppError], None] = _ignore,
        save_every_s: float = SAVE_EVERY_S,
        retry_every_s: float = RETRY_EVERY_S,
    ) -> None:
        """
        Args:
            repository: where threads are kept.
            asking: answers questions.
            report: told once per answer when it cannot be written to disk. The answer goes on, stays in
                memory, and saving is tried again until it works or the program ends.
            save_every_s: seconds between savings of an answer that grows.
            retry_every_s: seconds between attempts to save a finished answer.
        """
        self._repository = repository
        keeper = AnswerKeeper(repository, report, save_every_s, retry_every_s)
        self._answers = RunningAnswers(repository, asking, keeper)
        self._claimed: set[int] = set()
        self._finding_thread = asyncio.Lock()
        self._idle = asyncio.Event()
        self._idle.set()
        self._running = 0

    async def thread(self, pictures: Sequence[Picture]) -> Conversation:
        """The thread about exactly these pictures, running answers as they are now.

        Its id is 0 and it has no turns when there is none yet; the first question creates it.
        """
        found = await self._repository.find(pictures)
        return self._answers.as_now(found) if found else Conversation(0, tuple(pictures))

    async def ask(
        self,
        conversation: Conversation,
        question: str,
        options: AskOptions,
        resolve: Resolve,
        regions: Sequence[Box | None] = (),
    ) -> None:
        """Ask and return when the answer has ended and is kept.

        Failures of the answer are not raised; they become its state. Cancelling this ends the answer too.

        Args:
            conversation: as `thread` returned it.
            question: what the person typed.
            options: how to ask.
            resolve: finds the server.
            regions: for each picture the part to ask about, or None; empty for all of every picture.

        Raises:
            AppError: when the question could not even be kept (STORE_UNAVAILABLE, DISK_FULL, ...), or
                WRONG_USE when an answer is being written in this conversation.
        """
        current = await self._existing(conversation)
        ask = partial(self._ask_in, current, question, options, resolve, tuple(regions))
        await self._run(current.id, ask)

    async def ask_again(
        self, conversation_id: int, turn_id: int, options: AskOptions, resolve: Resolve
    ) -> None:
        """Add another answer to a turn, as `ask`; the earlier answers are kept."""
        await self._stop_and_wait(conversation_id)
        again = partial(self._ask_again_in, conversation_id, turn_id, options, resolve)
        await self._run(conversation_id, again)

    async def edit(
        self, conversation_id: int, turn_id: int, question: str, options: AskOptions, resolve: Resolve
    ) -> None:
        """Hide the turn and those after it, then ask the new question about the same regions, as `ask`."""
        await self._stop_and_wait(conversation_id)
        edit = partial(self._edit_in, conversation_id, turn_id, question, options, resolve)
        await self._run(conversation_id, edit)

    async def delete_turns(self, conversation_id: int, turn_ids: Sequence[int]) -> None:
        """Hide turns; one whose answer is being written is stopped first."""
        live = self._answers.live(conversation_id)
        if live is not None and live.turn_id in turn_ids:
            await self._stop_and_wait(conversation_id)
        await self._repository.delete_turns(turn_ids)
        await self._tell_turns(conversation_id)

    async def restore_turns(self, conversation_id: int, turn_ids: Sequence[int]) -> None:
        """Bring hidden turns back."""
        await self._repository.restore_turns(turn_ids)
        await self._tell_turns(conversation_id)

    def stop(self, conversation_id: int) -> None:
        """Stop the running answer, if any; its text is kept and its state becomes STOPPED."""
        live = self._answers.live(conversation_id)
        if live is not None:
            live.stop(by_user=True)

    def is_streaming(self, conversation_id: int) -> bool:
        """Whether this program is writing an answer there; a second window's answers do not count."""
        return self._answers.live(conversation_id) is not None

    def watch(self, listener: Callable[[ConversationChange], None]) -> Callable[[], None]:
        """Call `listener` with every change of any conversation; returns the way to stop."""
        return self._answers.watch(listener)

    async def close(self) -> None:
        """Stop every answer and save it as INTERRUPTED; takes a second at most, also on a stuck disk."""
        self._answers.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), CLOSE_WITHIN_S)

    async def _existing(self, conversation: Conversation) -> Conversation:
        """The conversation with its turns as they are on disk now, created when there is none."""
        if conversation.id != 0:
            return replace(await self._load(conversation.id), pictures=conversation.pictures)
        async with self._finding_thread:
            found = await self._repository.find(conversation.pictures)
            return found or await self._repository.create(conversation.pictures)

    async def _load(self, conversation_id: int) -> Conversation:
        found = await self._repository.load(conversation_id)
        if found is None:
            raise AppError(ErrorCode.STORE_UNAVAILABLE, detail=f"no conversation {conversation_id}")
        return found

    @contextlib.contextmanager
    def _claim(self, conversation_id: int) -> Iterator[None]:
        """One answer at a time in a conversation: two would each miss the other as an earlier turn."""
        if conversation_id in self._claimed:
            raise AppError(ErrorCode.WRONG_USE, reason="An answer is still being written here.")
        self._claimed.add(conversation_id)
        try:
            yield
        finally:
            self._claimed.discard(conversation_id)

    async def _run(self, conversation_id: int, work: Callable[[], Awaitable[LiveAnswer | None]]) -> None:
        """Do what begins an answer; if the end of that answer cannot be saved, stay and try again."""
        self._running += 1
        self._idle.clear()
        try:
            with self._claim(conversation_id):
                live = await work()
            if live is not None:
                await self._answers.settle(live)
        finally:
            self._running -= 1
            if self._running == 0:
                self._idle.set()

    async def _ask_in(
        self,
        conversation: Conversation,
        question: str,
        options: AskOptions,
        resolve: Resolve,
        regions: tuple[Box | None, ...],
    ) -> LiveAnswer | None:
        if self._answers.is_closing:
            return None
        turn = await self._repository.add_turn(conversation.id, question, options, regions)
        return await self._answers.write(
            replace(conversation, turns=(*conversation.turns, turn)), turn, resolve
        )

    async def _ask_again_in(
        self, conversation_id: int, turn_id: int, options: AskOptions, resolve: Resolve
    ) -> LiveAnswer | None:
        current = await self._load(conversation_id)
        turn = current.turn(turn_id)
        if turn is None or self._answers.is_closing:
            return None
        return await self._answers.write(current, replace(turn, options=options), resolve)

    async def _edit_in(
        self, conversation_id: int, turn_id: int, question: str, options: AskOptions, resolve: Resolve
    ) -> LiveAnswer | None:
        current = await self._load(conversation_id)
        hidden = [turn for turn in current.turns if turn.id >= turn_id]
        if not hidden or self._answers.is_closing:
            return None
        # The new question comes first: whatever happens in between, neither of the two is lost.
        turn = await self._repository.add_turn(conversation_id, question, options, hidden[0].regions)
        await self._repository.delete_turns([one.id for one in hidden])
        left = current.turns[: -len(hidden)]
        return await self._answers.write(replace(current, turns=(*left, turn)), turn, resolve)

    async def _stop_and_wait(self, conversation_id: int) -> None:
        live = self._answers.live(conversation_id)
        if live is not None:
            live.stop(by_user=True)
            await live.wait_finished()

    async def _tell_turns(self, conversation_id: int) -> None:
        self._answers.tell(TurnsChanged(self._answers.as_now(await self._load(conversation_id))))
