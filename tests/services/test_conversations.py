"""Threads on a real library, with answers from a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.answers import EvidenceFound, PicturesSent, ReasoningPiece, SentPicture
from desktop_app.domain.conversation_changes import (
    AnswerChanged,
    AnswerGrew,
    ConversationChange,
    TurnsChanged,
)
from desktop_app.domain.conversations import Answer, AnswerState, AskOptions, Conversation
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.pictures import Picture
from desktop_app.domain.questions import AskedPicture
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL
from desktop_app.services.conversations import Conversations
from desktop_app.services.picture_workers import PictureWorkers
from tests.fakes.memory_conversations import MemoryConversations
from tests.fakes.scripted_asking import END, ScriptedAsking
from tests.fakes.waiting import LONG_S, until

OPTIONS = AskOptions()
TARGET = ServerTarget(ServerProfile("box", "http://box/v1"), "", "qwen", QWEN2_VL)
PICTURE = Picture(Path("/nowhere/a.jpg"))
OTHER = Picture(Path("/nowhere/b.jpg"))


async def to_reader() -> ServerTarget | None:
    return None


async def to_box() -> ServerTarget | None:
    return TARGET


@dataclass
class Desk:
    """What a window has in its hands."""

    service: Conversations
    asking: ScriptedAsking
    repository: SqliteConversations | MemoryConversations
    heard: list[ConversationChange] = field(default_factory=list)
    reported: list[AppError] = field(default_factory=list)

    async def until(self, condition: Callable[[], bool]) -> None:
        await until(condition)

    def begin(self, conversation: Conversation, question: str) -> asyncio.Task[None]:
        return asyncio.ensure_future(self.service.ask(conversation, question, OPTIONS, to_box))

    async def begun(self, picture: Picture, question: str, *pieces: str) -> tuple[asyncio.Task[None], int]:
        """Ask, and wait until the pieces have arrived."""
        self.asking.say(question, *pieces)
        task = self.begin(await self.service.thread([picture]), question)
        await self.until(lambda: sum(isinstance(one, AnswerGrew) for one in self.heard) >= len(pieces))
        grew = next(one for one in reversed(self.heard) if isinstance(one, AnswerGrew))
        return task, grew.conversation_id

    async def answered(self, picture: Picture, question: str, answer: str) -> Conversation:
        self.asking.say(question, answer, END)
        await self.service.ask(await self.service.thread([picture]), question, OPTIONS, to_box)
        return await self.service.thread([picture])

    async def answer_on_disk(self, conversation_id: int) -> Answer:
        conversation = await self.repository.load(conversation_id)
        assert conversation is not None
        answer = conversation.turns[-1].answer
        assert answer is not None
        return answer


def made(repository: SqliteConversations | MemoryConversations, save_every_s: float = 0.02) -> Desk:
    asking = ScriptedAsking()
    reported: list[AppError] = []
    service = Conversations(repository, asking, reported.append, save_every_s, retry_every_s=0.02)
    desk = Desk(service, asking, repository, reported=reported)
    service.watch(desk.heard.append)
    return desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    workers = PictureWorkers()
    desk = made(SqliteConversations(Library(tmp_path / "library.sqlite"), workers))
    yield desk
    await desk.service.close()
    await desk.repository.close()
    workers.close()


def questions(conversation: Conversation) -> list[str]:
    return [turn.question for turn in conversation.turns]


async def test_no_thread_is_made_before_the_first_question(desk: Desk) -> None:
    assert await desk.service.thread([PICTURE]) == Conversation(0, (PICTURE,))
    assert await desk.repository.find([PICTURE]) is None


async def test_an_answer_streams_is_told_and_is_kept(desk: Desk) -> None:
    sent = SentPicture(PICTURE, "00" * 32, Size(8, 8), Size(28, 28), "PNG", 99, 1)
    evidence = (Evidence(1, "cat", box=Box(1, 2, 3, 4)),)
    desk.asking.say(
        "What?", PicturesSent((sent,)), ReasoningPiece("hm"), "A ", "cat", EvidenceFound(evidence), ".", END
    )
    empty = await desk.service.thread([PICTURE])
    await desk.service.ask(empty, "What?", OPTIONS, to_box, [Box(0, 0, 5, 5)])

    begun, *_, ended = desk.heard
    assert isinstance(begun, TurnsChanged)
    assert begun.conversation.pictures == (PICTURE,)
    assert begun.conversation.turns[0].answer is not None
    assert begun.conversation.turns[0].answer.state is AnswerState.STREAMING
    pieces = [one for one in desk.heard if isinstance(one, AnswerGrew)]
    assert "".join(one.text for one in pieces) == "A cat."
    assert "".join(one.reasoning for one in pieces) == "hm"
    assert isinstance(ended, AnswerChanged)

    thread = await desk.service.thread([PICTURE])
    answer = thread.turns[0].answer
    assert answer is not None
    assert answer == ended.answer
    assert (answer.state, answer.text, answer.reasoning) == (AnswerState.DONE, "A cat.", "hm")
    assert (answer.pictures, answer.evidence) == ((sent,), evidence)
    assert (answer.model, answer.server, answer.usage, answer.timings) == (
        END.model,
        END.server,
        END.usage,
        END.timings,
    )
    (question,) = desk.asking.questions
    assert question.pictures == (AskedPicture(PICTURE, Box(0, 0, 5, 5)),)
    assert (question.text, question.target, question.earlier) == ("What?", TARGET, ())


async def test_the_text_is_on_disk_while_it_streams(desk: Desk) -> None:
    task, conversation_id = await desk.begun(PICTURE, "What?", "half ", "an answer")
    async with asyncio.timeout(LONG_S):
        while (await desk.answer_on_disk(conversation_id)).text != "half an answer":
            await asyncio.sleep(0.005)
    kept = await desk.answer_on_disk(conversation_id)
    assert (kept.state, kept.server, kept.model) == (AnswerState.STREAMING, "box", "qwen")

    desk.asking.say("What?", END)
    await task


async def test_the_thread_shows_what_is_not_yet_on_disk(tmp_path: Path) -> None:
    desk = made(MemoryConversations(), save_every_s=60)
    task, conversation_id = await desk.begun(PICTURE, "What?", "only ", "in memory")

    answer = (await desk.service.thread([PICTURE])).turns[0].answer
    assert answer is not None
    assert answer.text == "only in memory"
    assert (await desk.answer_on_disk(conversation_id)).text == ""
    desk.asking.say("What?", END)
    await task


async def test_stop_keeps_the_text_and_frees_the_server(desk: Desk) -> None:
    task, conversation_id = await desk.begun(PICTURE, "What?", "half")
    assert desk.service.is_streaming(conversation_id)
    desk.service.stop(conversation_id)
    await task

    assert not desk.service.is_streaming(conversation_id)
    assert desk.asking.closed == ["What?"]
    kept = await desk.answer_on_disk(conversation_id)
    assert (kept.state, kept.text, kept.server) == (AnswerState.STOPPED, "half", "box")
    assert kept.failure is None


async def test_stop_without_an_answer_does_nothing(desk: Desk) -> None:
    desk.service.stop(77)


async def test_an_error_becomes_the_answers_failure(desk: Desk) -> None:
    desk.asking.say("What?", "half", AppError(ErrorCode.SERVER_BROKE_OFF, detail="reset", server="box"))
    await desk.service.ask(await desk.service.thread([PICTURE]), "What?", OPTIONS, to_box)

    answer = (await desk.service.thread([PICTURE])).turns[0].answer
    assert answer is not None
    assert answer.failure is not None
    assert (answer.state, answer.text) == (AnswerState.FAILED, "half")
    assert (answer.failure.code, answer.failure.values) == (ErrorCode.SERVER_BROKE_OFF, (("server", "box"),))
    assert answer.failure.detail == "reset"


async def test_a_server_that_is_not_found_is_a_failure_of_the_answer(desk: Desk) -> None:
    async def nowhere() -> ServerTarget | None:
        raise AppError(ErrorCode.SERVER_REFUSED, server="box")

    await desk.service.ask(await desk.service.thread([PICTURE]), "What?", OPTIONS, nowhere)

    answer = (await desk.service.thread([PICTURE])).turns[0].answer
    assert answer is not None
    assert answer.failure is not None
    assert answer.failure.code is ErrorCode.SERVER_REFUSED
    assert desk.asking.questions == []


async def test_a_mistake_of_the_program_ends_the_answer_with_its_trace(desk: Desk) -> None:
    desk.asking.say("What?", "half", KeyError("oops"))
    await desk.service.ask(await desk.service.thread([PICTURE]), "What?", OPTIONS, to_reader)

    answer = (await desk.service.thread([PICTURE])).turns[0].answer
    assert answer is not None
    assert answer.failure is not None
    assert answer.failure.code is ErrorCode.UNEXPECTED
    assert "KeyError: 'oops'" in answer.failure.detail


async def test_a_stream_that_just_ends_has_broken_off(desk: Desk) -> None:
    desk.asking.say("What?", "half", None)
    await desk.service.ask(await desk.service.thread([PICTURE]), "What?", OPTIONS, to_box)

    answer = (await desk.service.thread([PICTURE])).turns[0].answer
    assert answer is not None
    assert answer.failure is not None
    assert answer.failure.code is ErrorCode.SERVER_BROKE_OFF


async def test_the_built_in_reader_has_no_target(desk: Desk) -> None:
    desk.asking.say("What?", "text", END)
    await desk.service.ask(await desk.service.thread([PICTURE]), "What?", OPTIONS, to_reader)

    assert desk.asking.questions[0].target is None


async def test_earlier_turns_go_with_a_follow_up(desk: Desk) -> None:
    await desk.answered(PICTURE, "one?", "1")
    await desk.answered(PICTURE, "two?", "2")

    (earlier,) = desk.asking.questions[-1].earlier
    assert earlier.question == "one?"
    assert earlier.answer is not None
    assert earlier.answer.text == "1"


async def test_several_conversations_stream_at_once(desk: Desk) -> None:
    one, first = await desk.begun(PICTURE, "one?", "1")
    two, second = await desk.begun(OTHER, "two?", "2", "2")
    assert first != second
    assert desk.service.is_streaming(first)
    assert desk.service.is_streaming(second)

    desk.asking.say("two?", "2", END)
    await two
    assert desk.service.is_streaming(first)
    desk.asking.say("one?", "1", END)
    await one
    assert (await desk.answer_on_disk(first)).text == "11"
    assert (await desk.answer_on_disk(second)).text == "222"


async def test_one_answer_at_a_time_in_a_conversation(desk: Desk) -> None:
    task, _ = await desk.begun(PICTURE, "one?", "1")
    with pytest.raises(AppError) as caught:
        await desk.service.ask(await desk.service.thread([PICTURE]), "two?", OPTIONS, to_box)
    assert caught.value.code is ErrorCode.WRONG_USE
    assert questions(await desk.service.thread([PICTURE])) == ["one?"]

    desk.asking.say("one?", END)
    await task
    assert questions(await desk.answered(PICTURE, "two?", "2")) == ["one?", "two?"]


async def test_two_first_questions_at_once_share_one_thread(desk: Desk) -> None:
    empty = await desk.service.thread([PICTURE])
    desk.asking.say("one?", "1", END)
    desk.asking.say("two?", "2", END)
    results = await asyncio.gather(
        desk.service.ask(empty, "one?", OPTIONS, to_box),
        desk.service.ask(empty, "two?", OPTIONS, to_box),
        return_exceptions=True,
    )

    assert [one.code for one in results if isinstance(one, AppError)] == [ErrorCode.WRONG_USE]
    assert questions(await desk.service.thread([PICTURE])) == ["one?"]


async def test_asking_again_adds_an_answer_with_the_same_regions(desk: Desk) -> None:
    desk.asking.say("What?", "first", END)
    region = Box(1, 1, 9, 9)
    await desk.service.ask(await desk.service.thread([PICTURE]), "What?", OPTIONS, to_box, [region])
    thread = await desk.service.thread([PICTURE])
    desk.asking.say("What?", "second", END)
    await desk.service.ask_again(thread.id, thread.turns[0].id, OPTIONS, to_box)

    (turn,) = (await desk.service.thread([PICTURE])).turns
    assert [answer.text for answer in turn.answers] == ["first", "second"]
    assert desk.asking.questions[1].pictures == (AskedPicture(PICTURE, region),)
    assert desk.asking.questions[1].earlier == ()


async def test_asking_again_while_it_streams_stops_the_first(desk: Desk) -> None:
    task, conversation_id = await desk.begun(PICTURE, "What?", "half")
    turn = (await desk.service.thread([PICTURE])).turns[0]
    again = asyncio.ensure_future(desk.service.ask_again(conversation_id, turn.id, OPTIONS, to_box))
    await task
    desk.asking.say("What?", "whole", END)
    await again

    (turn,) = (await desk.service.thread([PICTURE])).turns
    assert [(answer.state, answer.text) for answer in turn.answers] == [
        (AnswerState.STOPPED, "half"),
        (AnswerState.DONE, "whole"),
    ]


async def test_editing_hides_the_turn_and_those_after_it(desk: Desk) -> None:
    await desk.answered(PICTURE, "one?", "1")
    await desk.answered(PICTURE, "two?", "2")
    thread = await desk.answered(PICTURE, "three?", "3")
    desk.asking.say("zwei?", "II", END)
    await desk.service.edit(thread.id, thread.turns[1].id, "zwei?", OPTIONS, to_box)

    assert questions(await desk.service.thread([PICTURE])) == ["one?", "zwei?"]
    assert [turn.question for turn in desk.asking.questions[-1].earlier] == ["one?"]
    await desk.service.restore_turns(thread.id, [turn.id for turn in thread.turns])
    assert questions(await desk.service.thread([PICTURE])) == ["one?", "two?", "three?", "zwei?"]


async def test_closing_in_the_middle_of_an_edit_loses_no_question() -> None:
    repository = MemoryConversations()
    desk = made(repository)
    thread = await desk.answered(PICTURE, "one?", "1")
    hide = repository.delete_turns

    async def hide_while_closing(turn_ids: Sequence[int]) -> None:
        await hide(turn_ids)
        await desk.service.close()

    desk.asking.say("eins?", "I", END)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repository, "delete_turns", hide_while_closing)
        await desk.service.edit(thread.id, thread.turns[0].id, "eins?", OPTIONS, to_box)
    (turn,) = (await desk.service.thread([PICTURE])).turns
    assert turn.question == "eins?"
    assert turn.answer is not None
    assert turn.answer.state is AnswerState.INTERRUPTED


async def test_deleting_a_turn_that_streams_stops_it(desk: Desk) -> None:
    task, conversation_id = await desk.begun(PICTURE, "What?", "half")
    turn = (await desk.service.thread([PICTURE])).turns[0]
    await desk.service.delete_turns(conversation_id, [turn.id])
    await task

    assert (await desk.service.thread([PICTURE])).turns == ()
    assert isinstance(desk.heard[-1], TurnsChanged)
    await desk.service.restore_turns(conversation_id, [turn.id])
    assert (await desk.answer_on_disk(conversation_id)).state is AnswerState.STOPPED


async def test_close_stops_and_saves_everything(desk: Desk) -> None:
    one, first = await desk.begun(PICTURE, "one?", "1")
    two, second = await desk.begun(OTHER, "two?", "2", "2")
    await desk.service.close()
    await asyncio.gather(one, two)

    for conversation_id, text in ((first, "1"), (second, "22")):
        kept = await desk.answer_on_disk(conversation_id)
        assert (kept.state, kept.text) == (AnswerState.INTERRUPTED, text)
    await desk.service.ask(await desk.service.thread([PICTURE]), "late?", OPTIONS, to_box)
    assert questions(await desk.service.thread([PICTURE])) == ["one?"]


async def test_cancelling_the_task_saves_the_answer_too(desk: Desk) -> None:
    task, conversation_id = await desk.begun(PICTURE, "What?", "half")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    kept = await desk.answer_on_disk(conversation_id)
    assert (kept.state, kept.text) == (AnswerState.INTERRUPTED, "half")
    assert desk.asking.closed == ["What?"]


async def test_a_listener_that_fails_costs_no_answer(desk: Desk) -> None:
    complaints: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))

    def broken(change: ConversationChange) -> None:
        raise ValueError("a presenter's mistake")

    stop = desk.service.watch(broken)
    thread = await desk.answered(PICTURE, "one?", "1")
    assert thread.turns[0].answer is not None
    assert thread.turns[0].answer.state is AnswerState.DONE
    assert isinstance(complaints[0]["exception"], ValueError)

    stop()
    complaints.clear()
    await desk.answered(PICTURE, "two?", "2")
    assert complaints == []


async def test_a_full_disk_is_told_once_and_the_answer_is_saved_when_there_is_room() -> None:
    repository = MemoryConversations()
    desk = made(repository)
    task, conversation_id = await desk.begun(PICTURE, "What?", "half")
    repository.trouble = AppError(ErrorCode.DISK_FULL)
    evidence = (Evidence(1, "half", point=Point(1, 2)),)
    desk.asking.say("What?", " and half", EvidenceFound(evidence))
    await desk.until(lambda: repository.calls.count("save_evidence") >= 2)
    desk.asking.say("What?", END)
    await desk.until(lambda: not desk.service.is_streaming(conversation_id))
    tries = len(repository.calls)
    await desk.until(lambda: len(repository.calls) >= tries + 3)

    assert [problem.code for problem in desk.reported] == [ErrorCode.DISK_FULL]
    assert not task.done()
    shown = (await desk.service.thread([PICTURE])).turns[0].answer
    assert shown is not None
    assert (shown.state, shown.text) == (AnswerState.DONE, "half and half")

    repository.trouble = None
    await task
    kept = await desk.answer_on_disk(conversation_id)
    assert (kept.state, kept.text, kept.usage) == (AnswerState.DONE, "half and half", END.usage)
    assert kept.evidence == evidence


async def test_close_does_not_wait_for_a_full_disk() -> None:
    repository = MemoryConversations()
    desk = made(repository)
    task, _ = await desk.begun(PICTURE, "What?", "half")
    repository.trouble = AppError(ErrorCode.DISK_FULL)
    await desk.service.close()
    await task


async def test_a_question_that_cannot_be_kept_raises_and_an_edit_is_undone() -> None:
    repository = MemoryConversations()
    desk = made(repository)
    thread = await desk.answered(PICTURE, "one?", "1")

    async def full(*arguments: object) -> None:
        raise AppError(ErrorCode.DISK_FULL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repository, "add_turn", full)
        with pytest.raises(AppError):
            await desk.service.edit(thread.id, thread.turns[0].id, "eins?", OPTIONS, to_box)
    assert questions(await desk.service.thread([PICTURE])) == ["one?"]
