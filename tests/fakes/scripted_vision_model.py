"""A vision model that says what it is told to, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator

from desktop_app.domain.answers import FinishReason, ReasoningPiece, TextPiece, Usage
from desktop_app.domain.chat_request import ChatRequest
from desktop_app.domain.completions import Completion
from desktop_app.domain.errors import AppError
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_model_events import ModelEvent, ModelFinished, ModelStarted


class ScriptedVisionModel:
    """Fulfils `VisionModel`.

    Attributes:
        requests: what was asked.
        closed: how many streams were closed before their end.
    """

    def __init__(self, *events: ModelEvent, problem: AppError | None = None) -> None:
        """`problem` is raised after the events."""
        self.events = events
        self.problem = problem
        self.requests: list[ChatRequest] = []
        self.closed = 0

    async def stream(self, target: ServerTarget, request: ChatRequest) -> AsyncIterator[ModelEvent]:
        self.requests.append(request)
        ended = False
        try:
            for event in self.events:
                yield event
            ended = True
        finally:
            self.closed += not ended
        if self.problem is not None:
            raise self.problem

    async def complete(self, target: ServerTarget, request: ChatRequest) -> Completion:
        """The same answer at once; the events have to be those of a whole one."""
        events = [event async for event in self.stream(target, request)]
        text = "".join(event.text for event in events if isinstance(event, TextPiece))
        reasoning = "".join(event.text for event in events if isinstance(event, ReasoningPiece))
        (began,) = (event for event in events if isinstance(event, ModelStarted))
        (ended,) = (event for event in events if isinstance(event, ModelFinished))
        return Completion(text, reasoning, ended.finish, began.model, ended.usage)


def saying(text: str, prompt_tokens: int = 100) -> tuple[ModelEvent, ...]:
    """A whole answer, a piece for each word."""
    pieces = [TextPiece(word + " ") for word in text.split(" ")[:-1]] + [TextPiece(text.split(" ")[-1])]
    return (
        ModelStarted("scripted-vl"),
        *pieces,
        ModelFinished(FinishReason.STOP, Usage(prompt_tokens, len(pieces))),
    )
