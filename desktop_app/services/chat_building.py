"""Puts a question and its earlier turns into one request to a vision model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.chat_request import ChatRequest, ImagePart, RequestMessage, RequestPart, TextPart
from desktop_app.domain.conversations import Turn
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.questions import AskedPicture, Question
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import MARKER_TOKENS

_NAMES_A_NUMBER = re.compile(r"(?:\b(?:image|picture|photo)s?\s*#?\s*|图片?\s*|第\s*)\d", re.IGNORECASE)
_TEMPLATE_TOKENS = 24
"""What the chat template adds around a question; an estimate."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the dialogue to be sent: the user's words, the pictures new in it, and the answer."""

    text: str
    pictures: tuple[AskedPicture, ...] = ()
    answer: str | None = None


def plan_dialogue(question: Question) -> list[Said]:
    """The turns to send, oldest first, each with the pictures that are new in it.

    A picture is sent where it was first asked about; later turns name a set again only when it differs (the
    user marked another region). Turns without an answer text are left out, and those the built-in reader
    answered: a vision model would take its words for an answer of its own.
    """
    plan: list[Said] = []
    known: tuple[AskedPicture, ...] = ()
    for turn in question.earlier:
        answer = turn.answer
        if answer is None or not answer.text.strip() or answer.was_read_here:
            continue
        pictures = _pictures_of(turn, question)
        plan.append(Said(turn.question, pictures if pictures != known else (), answer.text))
        known = pictures
    plan.append(Said(question.text, question.pictures if question.pictures != known else ()))
    return plan


def build_request(
    question: Question,
    target: ServerTarget,
    plan: Sequence[Said],
    prepared: Sequence[Sequence[PreparedPicture]],
) -> ChatRequest:
    """The request; pictures stand before the words of their turn.

    Pictures are labelled ("Picture 1:") only where the words speak of numbers: a small Qwen2-VL named every
    one of several pictures rightly in 40 of 40 questions without labels and in 13 of 40 with them, and
    upstream's chat template leaves them out by default.

    Args:
        question: what is asked and how.
        target: the server, for its context length.
        plan: from `plan_dialogue`.
        prepared: for each entry of the plan its pictures.

    Raises:
        AppError: SERVER_CONTEXT_TOO_LONG when the pictures alone are certain not to fit.
    """
    messages: list[RequestMessage] = []
    if question.options.system.strip():
        messages.append(RequestMessage("system", (TextPart(question.options.system),)))
    for said, pictures in zip(plan, prepared, strict=True):
        messages.append(RequestMessage("user", _user_parts(said, pictures)))
        if said.answer is not None:
            messages.append(RequestMessage("assistant", (TextPart(said.answer),)))
    image_tokens = sum(
        picture.predicted_tokens + MARKER_TOKENS for pictures in prepared for picture in pictures
    )
    longest = longest_answer(question.options.max_tokens, target, messages, image_tokens)
    return ChatRequest(tuple(messages), question.options.temperature, longest)


def estimate_text_tokens(text: str) -> int:
    """Rough number of tokens: one for each character beyond Latin, one for each four others."""
    wide = sum(1 for character in text if ord(character) >= 0x2E80)
    return wide + (len(text) - wide + 3) // 4


def _pictures_of(turn: Turn, question: Question) -> tuple[AskedPicture, ...]:
    """What a turn was about: the thread's pictures where they are now, with that turn's regions."""
    regions = turn.regions or (None,) * len(question.pictures)
    if len(regions) != len(question.pictures):
        return question.pictures
    return tuple(
        AskedPicture(asked.picture, region) for asked, region in zip(question.pictures, regions, strict=True)
    )


def _user_parts(said: Said, pictures: Sequence[PreparedPicture]) -> tuple[RequestPart, ...]:
    labelled = len(pictures) > 1 and _NAMES_A_NUMBER.search(said.text) is not None
    parts: list[RequestPart] = []
    for number, picture in enumerate(pictures, start=1):
        if labelled:
            parts.append(TextPart(f"Picture {number}: "))
        parts.append(ImagePart(picture.encoded))
    parts.append(TextPart(said.text))
    return tuple(parts)


def longest_answer(
    wanted: int, target: ServerTarget, messages: Sequence[RequestMessage], image_tokens: int
) -> int:
    """At most what the context leaves; servers refuse a request whose answer could not fit.

    An answer that then ends early says so by its finish reason.
    """
    context = target.limits.context_tokens
    if context is None:
        return wanted
    if image_tokens >= context:
        raise AppError(ErrorCode.SERVER_CONTEXT_TOO_LONG, limit=context)
    text_tokens = sum(
        estimate_text_tokens(part.text)
        for message in messages
        for part in message.parts
        if isinstance(part, TextPart)
    )
    room = context - image_tokens - text_tokens - _TEMPLATE_TOKENS * len(messages)
    return min(wanted, max(room, 16))
