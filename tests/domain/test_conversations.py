"""Answers of a thread, as they change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.conversations import Answer, AnswerState, AskOptions, Conversation, Turn
from desktop_app.domain.pictures import Picture

WHEN = datetime(2026, 5, 1, tzinfo=UTC)


def answer(number: int, text: str = "") -> Answer:
    return Answer(number, AnswerState.DONE, WHEN, text)


THREAD = Conversation(
    7,
    (Picture(Path("/a.png")),),
    (Turn(1, "What?", AskOptions(), (answer(1), answer(2))), Turn(2, "Why?", AskOptions(), (answer(3),))),
)


def test_a_changed_answer_stays_in_its_place() -> None:
    changed = THREAD.with_answer(1, answer(1, "Rust."))
    assert changed.turns[0].answers == (answer(1, "Rust."), answer(2))
    assert changed.turns[0].answer == answer(2)


def test_a_new_answer_comes_last_and_counts() -> None:
    changed = THREAD.with_answer(2, answer(4, "Water."))
    assert changed.turns[1].answers == (answer(3), answer(4, "Water."))
    assert changed.turns[1].answer == answer(4, "Water.")


def test_a_turn_is_found_by_its_key() -> None:
    assert THREAD.turn(2) == THREAD.turns[1]
    assert THREAD.turn(9) is None


def test_nothing_else_changes() -> None:
    changed = THREAD.with_answer(2, answer(4))
    assert changed.turns[0] == THREAD.turns[0]
    assert (changed.id, changed.pictures) == (THREAD.id, THREAD.pictures)
    assert THREAD.with_answer(9, answer(4)) == THREAD
