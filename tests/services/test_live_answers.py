"""Text that turns out to have been reasoning, and the figures of answers that are broken off."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from desktop_app.domain.answers import FinishReason, ReasoningPiece, TextPiece, TextWasReasoning, Timings
from desktop_app.domain.conversation_changes import AnswerChanged
from desktop_app.domain.conversations import Answer, AnswerState, AskOptions
from desktop_app.services.live_answers import LiveAnswer
from tests.fakes.memory_conversations import MemoryConversations


def test_text_so_far_moves_to_the_reasoning() -> None:
    live = LiveAnswer(1, 2, Answer(3, AnswerState.STREAMING, datetime(2026, 1, 1, tzinfo=UTC)))
    for event in (ReasoningPiece("a"), TextPiece("b"), TextPiece("c")):
        live.take(event)
    change = live.take(TextWasReasoning())
    live.take(TextPiece("d"))
    assert isinstance(change, AnswerChanged)
    assert (change.answer.reasoning, change.answer.text) == ("abc", "")
    assert (live.snapshot().reasoning, live.snapshot().text) == ("abc", "d")


async def test_a_stopped_answer_tells_how_long_it_took() -> None:
    answer = Answer(3, AnswerState.STREAMING, datetime(2026, 1, 1, tzinfo=UTC), model="m", server="box")
    times = iter((10.0, 10.5, 12.0))
    live = LiveAnswer(1, 2, answer, lambda: next(times))
    live.pump = asyncio.ensure_future(asyncio.sleep(60))
    for piece in ("a", "b"):
        live.take(TextPiece(piece))
    live.stop(by_user=True)
    await asyncio.wait({live.pump})

    ended = live.conclude()
    assert (ended.state, ended.timings) == (AnswerState.STOPPED, Timings(0.5, 2.0))
    repository = MemoryConversations()
    thread = await repository.create([])
    turn = await repository.add_turn(thread.id, "What?", AskOptions())
    kept = LiveAnswer(thread.id, turn.id, await repository.begin_answer(turn.id, "box", "m"))
    kept.take(TextPiece("a"))
    kept.conclude()
    await kept.save_end(repository)
    found = await repository.load(thread.id)
    assert found is not None
    (saved,) = found.turns[0].answers
    assert (saved.model, saved.finish) == ("m", FinishReason.OTHER)
    assert saved.timings is not None
