"""What a vision model's stream yields, before the services make an answer of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from desktop_app.domain.answers import FinishReason, ReasoningPiece, TextPiece, Usage


@dataclass(frozen=True, slots=True)
class ModelStarted:
    """The server accepted the request; `model` is the id it reports."""

    model: str


@dataclass(frozen=True, slots=True)
class ModelFinished:
    """The stream came to its proper end."""

    finish: FinishReason
    usage: Usage | None


@dataclass(frozen=True, slots=True)
class EarlierTextWasReasoning:
    """A closing reasoning tag came without an opening one: every text piece so far was reasoning."""


ModelEvent: TypeAlias = ModelStarted | TextPiece | ReasoningPiece | EarlierTextWasReasoning | ModelFinished
