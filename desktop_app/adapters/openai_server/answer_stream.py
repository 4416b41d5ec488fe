"""Makes model events of the chunks of one streamed answer."""

from __future__ import annotations

from typing import Any

from desktop_app.adapters.openai_server.special_tokens import SpecialTokenFilter
from desktop_app.domain.answers import FinishReason, ReasoningPiece, TextPiece, Usage
from desktop_app.domain.reasoning import ThinkSplitter
from desktop_app.domain.vision_model_events import (
    ModelEvent,
    ModelFinished,
    ModelStarted,
)

_FINISH = {
    "stop": FinishReason.STOP,
    "length": FinishReason.LENGTH,
    "tool_calls": FinishReason.TOOL_CALLS,
}


class AnswerReader:
    """Feed it decoded chunks in order; it never fails, whatever a server puts into them.

    Attributes:
        spoke: text or reasoning has arrived.
        finish: why the answer ended, None while it has not.
    """

    def __init__(self, model: str) -> None:
        """`model`: the id asked for; one that calls itself "thinking" reasons first, and without a reasoning
        parser on the server its opening tag is part of the prompt.
        """
        self.spoke = False
        self.finish: FinishReason | None = None
        self._started = False
        self._usage: Usage | None = None
        self._tokens = SpecialTokenFilter()
        self._splitter = ThinkSplitter(starts_inside="thinking" in model.lower())
        self._assumed_reasoning = ""

    def feed(self, chunk: Any) -> list[ModelEvent]:
        """The events of one chunk; chunks without choices carry the usage, or nothing."""
        events: list[ModelEvent] = []
        if not self._started:
            self._started = True
            events.append(ModelStarted(_string(chunk, "model")))
        self._usage = _usage(getattr(chunk, "usage", None)) or self._usage
        choices = getattr(chunk, "choices", None)
        for choice in choices[:1] if isinstance(choices, list) else []:
            message = getattr(choice, "delta", None) or getattr(choice, "message", None)
            events += self._pieces(message)
            reason = _string(choice, "finish_reason")
            if reason:
                self.finish = _FINISH.get(reason, FinishReason.OTHER)
        self.spoke = self.spoke or any(isinstance(event, TextPiece | ReasoningPiece) for event in events)
        return events

    def end(self) -> list[ModelEvent]:
        """What was held back, and the end; call it only when `finish` is known."""
        events = self.rest()
        if self.finish is FinishReason.STOP and self._splitter.never_closed and self._assumed_reasoning:
            # The model did not reason: what looked like it was the whole answer.
            events.append(TextPiece(self._assumed_reasoning))
        return [*events, ModelFinished(self.finish or FinishReason.OTHER, self._usage)]

    def rest(self) -> list[ModelEvent]:
        """What was held back, also for an answer that broke off."""
        return [*self._split(self._tokens.finish()), *self._splitter.finish()]

    def _pieces(self, message: Any) -> list[ModelEvent]:
        # vLLM named the field `reasoning_content` until 0.11 and both for a while; others use either.
        reasoning = _string(message, "reasoning") or _string(message, "reasoning_content")
        if not reasoning:
            return self._split(self._tokens.feed(_string(message, "content")))
        self._splitter.expect_answer()
        text = self._split(self._tokens.feed(_string(message, "content")))
        return [ReasoningPiece(reasoning), *text]

    def _split(self, text: str) -> list[ModelEvent]:
        pieces: list[ModelEvent] = [*self._splitter.feed(text)]
        if self._splitter.never_closed:
            self._assumed_reasoning += "".join(
                piece.text for piece in pieces if isinstance(piece, ReasoningPiece)
            )
        return pieces


def _string(holder: Any, name: str) -> str:
    value = getattr(holder, name, None)
    return value if isinstance(value, str) else ""


def _usage(told: Any) -> Usage | None:
    prompt, completion = getattr(told, "prompt_tokens", None), getattr(told, "completion_tokens", None)
    return Usage(prompt, completion or 0) if isinstance(prompt, int) else None
