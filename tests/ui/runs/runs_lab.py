"""Real runs on a real library, asked of a vision model that says what it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.answers import FinishReason, TextPiece, Usage
from desktop_app.domain.chat_request import ChatRequest
from desktop_app.domain.completions import Completion
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form, FormField, Number, YesNo
from desktop_app.domain.runs.run import Run, RunPlan, RunScope, RunServer
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_model_events import ModelEvent, ModelFinished, ModelStarted
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.ports import RunAnswers
from desktop_app.services.runs.runs import Runs

FORM = Form(
    "Bolts",
    (FormField("rust", "Is there rust", YesNo()), FormField("bolts", "Bolts", Number(whole=True))),
    "Look at the bridge.",
)


@dataclass
class ToldModel:
    """Fulfils `VisionModel`: answers every request alike, or raises; holds back while `gate` is closed."""

    says: str = '{"rust": true, "bolts": 4}'
    problem: AppError | None = None
    asked: list[ChatRequest] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def complete(self, target: ServerTarget, request: ChatRequest) -> Completion:
        self.asked.append(request)
        await self.gate.wait()
        if self.problem is not None:
            raise self.problem
        return Completion(self.says, "", FinishReason.STOP, "told-vl", Usage(100, 10))

    async def stream(self, target: ServerTarget, request: ChatRequest) -> AsyncIterator[ModelEvent]:
        answer = await self.complete(target, request)
        yield ModelStarted(answer.model)
        yield TextPiece(answer.text)
        yield ModelFinished(answer.finish, answer.usage)


@dataclass
class RunsLab:
    runs: Runs
    at_work: RunsAtWork
    answers: RunAnswers
    model: ToldModel
    folder: Path
    library: Library

    async def make(self, name: str, pictures: int = 3, form: Form = FORM) -> Run:
        """A run over new pictures, all different."""
        paths = []
        for number in range(pictures):
            path = self.folder / f"{name} {number}.png"
            Image.new("RGB", (60, 40), (number % 256, len(name), 90)).save(path)
            paths.append((str(path), path.name))
        plan = RunPlan(
            name,
            form,
            AskOptions(),
            (RunServer("GPU box", "http://127.0.0.1:9/v1", "told-vl"),),
            RunScope(self.folder),
            "0.1",
            concurrency=2,
        )
        return await self.runs.create(plan, paths)
