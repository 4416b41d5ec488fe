"""Marks in the gallery follow conversations as they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.conversation_changes import (
    AnswerChanged,
    AnswerGrew,
    ConversationChange,
    TurnsChanged,
)
from desktop_app.domain.conversations import Answer, AnswerState, AskOptions, Conversation, Turn
from desktop_app.domain.pictures import Picture
from desktop_app.services.gallery_marks import GalleryMarks


class Threads:
    def __init__(self) -> None:
        self.listeners: list[Callable[[ConversationChange], None]] = []

    def watch(self, listener: Callable[[ConversationChange], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def change(self, change: ConversationChange) -> None:
        for listener in self.listeners:
            listener(change)


def answer(state: AnswerState) -> Answer:
    return Answer(1, state, datetime.now(UTC))


def thread(*states: AnswerState) -> Conversation:
    turns = tuple(Turn(n, "?", AskOptions(), (answer(state),)) for n, state in enumerate(states, 1))
    return Conversation(7, (Picture(Path("/a.png")), Picture(Path("/b.png"))), turns)


def scene() -> tuple[Threads, list[Mapping[str, AnswerState | None]]]:
    threads = Threads()
    told: list[Mapping[str, AnswerState | None]] = []
    GalleryMarks(threads, told.append)
    return threads, told


def test_every_picture_of_the_thread_is_marked_with_the_newest_answers_state() -> None:
    threads, told = scene()
    threads.change(TurnsChanged(thread(AnswerState.DONE, AnswerState.STREAMING)))
    assert told == [
        {str(Path("/a.png")): AnswerState.STREAMING, str(Path("/b.png")): AnswerState.STREAMING},
    ]


def test_the_end_of_an_answer_is_told_and_pieces_are_not() -> None:
    threads, told = scene()
    threads.change(TurnsChanged(thread(AnswerState.STREAMING)))
    threads.change(AnswerGrew(7, 1, 1, text="word"))
    threads.change(AnswerChanged(7, 1, answer(AnswerState.STREAMING)))
    threads.change(AnswerChanged(7, 1, answer(AnswerState.FAILED)))
    assert [set(marks.values()) for marks in told] == [{AnswerState.STREAMING}, {AnswerState.FAILED}]


def test_a_thread_without_turns_has_no_mark() -> None:
    threads, told = scene()
    threads.change(TurnsChanged(thread(AnswerState.DONE)))
    threads.change(TurnsChanged(thread()))
    assert set(told[-1].values()) == {None}
