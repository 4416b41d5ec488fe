"""Tells the gallery how the newest answers about single pictures and sets stand, while they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from desktop_app.domain.conversation_changes import AnswerChanged, ConversationChange, TurnsChanged
from desktop_app.domain.conversations import AnswerState, Conversation

Tell = Callable[[Mapping[str, AnswerState | None]], None]


class Changes(Protocol):
    """Where changes of conversations are told."""

    def watch(self, listener: Callable[[ConversationChange], None]) -> Callable[[], None]: ...


class GalleryMarks:
    """Follows every conversation that changes while the program runs."""

    def __init__(self, changes: Changes, tell: Tell) -> None:
        """`tell` is given the new state of each picture's path; None when its answers were removed."""
        self._tell = tell
        self._paths: dict[int, tuple[str, ...]] = {}
        self._told: dict[int, AnswerState | None] = {}
        changes.watch(self._changed)

    def _changed(self, change: ConversationChange) -> None:
        match change:
            case TurnsChanged(conversation=conversation):
                self._paths[conversation.id] = tuple(str(picture.path) for picture in conversation.pictures)
                self._mark(conversation.id, _newest_state(conversation))
            case AnswerChanged(conversation_id=conversation_id, answer=answer):
                self._mark(conversation_id, answer.state)
            case _:
                pass

    def _mark(self, conversation_id: int, state: AnswerState | None) -> None:
        known = conversation_id in self._told
        if known and self._told[conversation_id] == state:
            return
        self._told[conversation_id] = state
        self._tell(dict.fromkeys(self._paths.get(conversation_id, ()), state))


def _newest_state(conversation: Conversation) -> AnswerState | None:
    answers = [turn.answer for turn in conversation.turns if turn.answer is not None]
    return answers[-1].state if answers else None
