"""Text that turns out to have been reasoning."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_app.domain.answers import ReasoningPiece, TextPiece, TextWasReasoning
from desktop_app.domain.conversation_changes import AnswerChanged
from desktop_app.domain.conversations import Answer, AnswerState
from desktop_app.services.live_answers import LiveAnswer


def test_text_so_far_moves_to_the_reasoning() -> None:
    live = LiveAnswer(1, 2, Answer(3, AnswerState.STREAMING, datetime(2026, 1, 1, tzinfo=UTC)))
    for event in (ReasoningPiece("a"), TextPiece("b"), TextPiece("c")):
        live.take(event)
    change = live.take(TextWasReasoning())
    live.take(TextPiece("d"))
    assert isinstance(change, AnswerChanged)
    assert (change.answer.reasoning, change.answer.text) == ("abc", "")
    assert (live.snapshot().reasoning, live.snapshot().text) == ("abc", "d")
