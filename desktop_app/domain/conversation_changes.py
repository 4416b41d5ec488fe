"""What listeners of conversations are told while answers stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from desktop_app.domain.conversations import Answer, Conversation


@dataclass(frozen=True, slots=True)
class AnswerGrew:
    """A piece arrived; `text` or `reasoning` is the new piece alone."""

    conversation_id: int
    turn_id: int
    answer_id: int
    text: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class AnswerChanged:
    """State, evidence, pictures or figures of an answer changed; `answer` is all of it as it is now."""

    conversation_id: int
    turn_id: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class TurnsChanged:
    """Turns were added, hidden or restored; `conversation` is all of it as it is now."""

    conversation: Conversation


ConversationChange: TypeAlias = AnswerGrew | AnswerChanged | TurnsChanged
