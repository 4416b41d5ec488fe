"""What comes back after a question: pieces as they stream, and the figures at the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import Note, Picture


class FinishReason(StrEnum):
    """Why an answer ended. Servers may send other words; those count as OTHER."""

    STOP = "stop"
    LENGTH = "length"
    TOOL_CALLS = "tool_calls"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them; image tokens are part of `prompt_tokens`."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds since the question was asked, the preparing of its pictures included: to the first piece of
    text or reasoning, and to the end.
    """

    first_token_s: float | None
    total_s: float

    def tokens_per_second(self, usage: Usage) -> float | None:
        """Speed of writing after the first piece; None when the answer is too short to tell."""
        if self.first_token_s is None or usage.completion_tokens < 2:
            return None
        writing = self.total_s - self.first_token_s
        return (usage.completion_tokens - 1) / writing if writing > 0 else None


@dataclass(frozen=True, slots=True)
class SentPicture:
    """The record of one picture in a question: what it was and what was sent.

    Attributes:
        picture: where it is.
        content_hash: SHA-256 of the original file, hexadecimal.
        original_size: pixels of the original as seen.
        sent_size: pixels sent; equal to what the model saw.
        sent_format: "JPEG" or "PNG".
        sent_bytes: size of the encoded picture.
        predicted_tokens: image tokens expected.
        region: the part that was sent, in original pixels, or None.
        notes: conversions on the way.
    """

    picture: Picture
    content_hash: str
    original_size: Size
    sent_size: Size
    sent_format: str
    sent_bytes: int
    predicted_tokens: int
    region: Box | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PicturesSent:
    """First event: the pictures are ready and on their way, in the order of the question."""

    pictures: tuple[SentPicture, ...]


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A piece of the answer's text; pieces are joined without anything between."""

    text: str


@dataclass(frozen=True, slots=True)
class ReasoningPiece:
    """A piece of the vision model's reasoning, shown apart from the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class TextWasReasoning:
    """Every text piece so far turned out to be reasoning; the answer's text begins after this."""


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Places marked so far; each event replaces the list before it."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AnswerEnd:
    """Last event of an answer that was not broken off.

    Attributes:
        finish: why it ended.
        model: the model's id as the server reports it, or the reader's name.
        server: name or address of the server, or the reader's name.
        usage: tokens, None when the server does not count them.
        timings: seconds.
    """

    finish: FinishReason
    model: str
    server: str
    usage: Usage | None
    timings: Timings


AnswerEvent: TypeAlias = (
    PicturesSent | TextPiece | ReasoningPiece | TextWasReasoning | EvidenceFound | AnswerEnd
)
