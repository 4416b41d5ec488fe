"""A request to a vision model, in terms every OpenAI-style server shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

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
    """The dialogue and the sampling settings of one request.

    Attributes:
        messages: oldest first.
        temperature: 0 for the most likely words each time.
        max_tokens: longest answer.
        schema: JSON schema the server is asked to enforce; None for free text.
        top_logprobs: how many of the likeliest tokens are wanted with their probabilities; 0 for none.
    """

    messages: tuple[RequestMessage, ...]
    temperature: float
    max_tokens: int
    schema: Mapping[str, Any] | None = None
    top_logprobs: int = 0
