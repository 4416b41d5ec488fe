"""Asks through the real adapter and keeps what came back."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from desktop_app.domain.answers import ReasoningPiece, TextPiece
from desktop_app.domain.chat_request import ChatRequest, ImagePart, RequestMessage, TextPart
from desktop_app.domain.errors import AppError
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.domain.vision_model_events import ModelEvent
from desktop_app.domain.vision_tokens import QWEN2_VL


@dataclass
class Heard:
    """What came of one question."""

    events: list[ModelEvent] = field(default_factory=list)
    error: AppError | None = None

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, TextPiece))

    @property
    def reasoning(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, ReasoningPiece))


async def hear(adapter: OpenAiVisionModel, target: ServerTarget, request: ChatRequest) -> Heard:
    heard = Heard()
    try:
        async for event in adapter.stream(target, request):
            heard.events.append(event)
    except AppError as error:
        heard.error = error
    return heard


def target_of(base_url: str, key: str = "", model: str = "fake-vl") -> ServerTarget:
    return ServerTarget(ServerProfile("fake", base_url), key, model, QWEN2_VL)


def question(text: str = "What is this?", *pictures: bytes) -> ChatRequest:
    parts = [
        ImagePart(EncodedPicture(data, "image/png", Size(28, 28), f"digest-{data!r}")) for data in pictures
    ]
    message = RequestMessage("user", (*parts, TextPart(text)))
    return ChatRequest((message,), temperature=0.0, max_tokens=64)
