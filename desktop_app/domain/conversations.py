"""Conversations: turns of question and answer about one picture or a numbered set of pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from desktop_app.domain.answers import FinishReason, SentPicture, Timings, Usage
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture


class AnswerState(StrEnum):
    """How far an answer has come."""

    STREAMING = "streaming"
    DONE = "done"
    STOPPED = "stopped"
    """Stopped by the user; the text so far is kept."""
    FAILED = "failed"
    """Ended by an error; the text so far is kept."""
    INTERRUPTED = "interrupted"
    """The program ended while it streamed; found and marked at the next start."""


@dataclass(frozen=True, slots=True)
class AskOptions:
    """How to ask.

    Attributes:
        system: system prompt, "" for none.
        temperature: 0 for the most likely words each time.
        max_tokens: longest answer, in tokens.
        image_tokens: most image tokens for one picture; the default leaves room for several in an 8k context.
    """

    system: str = ""
    temperature: float = 0.1
    max_tokens: int = 1024
    image_tokens: int = 1280


@dataclass(frozen=True, slots=True)
class AnswerFailure:
    """Why an answer failed, kept so that it can be told again in any language."""

    code: ErrorCode
    values: tuple[tuple[str, str | int], ...] = ()
    detail: str = ""

    @classmethod
    def of(cls, error: AppError) -> AnswerFailure:
        """What is kept of an error."""
        return cls(error.code, tuple(error.values.items()), error.detail)

    def as_error(self) -> AppError:
        """The error that was kept."""
        return AppError(self.code, detail=self.detail, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a turn's question. Asking again adds another; the last one counts.

    Attributes:
        id: key in the store.
        state: how far it is.
        text: the answer in Markdown, exactly as it arrived.
        reasoning: the model's reasoning, "" when there is none.
        evidence: marked places.
        pictures: what was sent with the question.
        finish, model, server, usage, timings: as in `AnswerEnd`; None or "" until known.
        failure: set when `state` is FAILED.
    """

    id: int
    state: AnswerState
    created: datetime
    text: str = ""
    reasoning: str = ""
    evidence: tuple[Evidence, ...] = ()
    pictures: tuple[SentPicture, ...] = ()
    finish: FinishReason | None = None
    model: str = ""
    server: str = ""
    usage: Usage | None = None
    timings: Timings | None = None
    failure: AnswerFailure | None = None

    @property
    def was_read_here(self) -> bool:
        """Whether it is the built-in reader's: nothing was sent anywhere."""
        return bool(self.pictures) and not any(picture.sent_bytes for picture in self.pictures)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answers, oldest first.

    Attributes:
        regions: the part asked about for each picture in order, None for all of it; empty when every
            picture was asked about as a whole.
    """

    id: int
    question: str
    options: AskOptions
    answers: tuple[Answer, ...] = ()
    regions: tuple[Box | None, ...] = ()

    @property
    def answer(self) -> Answer | None:
        return self.answers[-1] if self.answers else None

    def with_answer(self, answer: Answer) -> Turn:
        """The turn with an answer as it is now, in its place; a new one comes last."""
        answers = {one.id: one for one in self.answers} | {answer.id: answer}
        return replace(self, answers=tuple(answers.values()))


@dataclass(frozen=True, slots=True)
class Conversation:
    """The thread of a picture or of an ordered set of pictures.

    Attributes:
        id: key in the store.
        pictures: what it is about, in the order of their numbers; one or more.
        turns: oldest first.
    """

    id: int
    pictures: tuple[Picture, ...]
    turns: tuple[Turn, ...] = ()

    def turn(self, turn_id: int) -> Turn | None:
        return next((turn for turn in self.turns if turn.id == turn_id), None)

    def with_answer(self, turn_id: int, answer: Answer) -> Conversation:
        """The conversation with an answer to this turn as it is now."""
        turns = [turn.with_answer(answer) if turn.id == turn_id else turn for turn in self.turns]
        return replace(self, turns=tuple(turns))
