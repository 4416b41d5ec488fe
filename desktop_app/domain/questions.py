"""A question as it is asked: pictures in order, words, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.conversations import AskOptions, Turn
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture
from desktop_app.domain.servers import ServerTarget


@dataclass(frozen=True, slots=True)
class AskedPicture:
    """One picture of a question.

    Attributes:
        picture: where it is.
        region: the part to ask about, in pixels of the original as seen; None for all of it.
    """

    picture: Picture
    region: Box | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that decides an answer.

    Attributes:
        pictures: in the order of their numbers.
        text: what the person asks.
        options: how to ask.
        earlier: turns before this one, oldest first; those without an answer text are not sent.
        target: the server to ask, or None for the built-in reader.
    """

    pictures: tuple[AskedPicture, ...]
    text: str
    options: AskOptions
    earlier: tuple[Turn, ...] = ()
    target: ServerTarget | None = None
