"""A request to a vision model, in terms every OpenAI-style server shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from desktop_app.domain.pictures import EncodedPicture


@dataclass(frozen=True, slots=True)
class TextPart:
    """Words between or after pictures."""

    text: str


@dataclass(frozen=True, slots=True)
class ImagePart:
    """A picture; parts are sent in the given order."""

    picture: EncodedPicture


RequestPart: TypeAlias = TextPart | ImagePart


@dataclass(frozen=True, slots=True)
class RequestMessage:
    """One message of the dialogue so far."""

    role: Literal["system", "user", "assistant"]
    parts: tuple[RequestPart, ...]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """The dialogue and the sampling settings of one streamed request."""

    messages: tuple[RequestMessage, ...]
    temperature: float
    max_tokens: int
