"""A desk around the forms dialog, and trials that answer what they are told to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Raster
from desktop_app.domain.questions import AskedPicture
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.servers import ServerTarget
from tests.fakes.hearing import target_of

ANSWER = ItemAnswer(
    {}, "{}", (), {}, "abc", Size(60, 40), "Box", "told-vl", Usage(312, 96), 0.42, repaired=False
)


@dataclass(frozen=True)
class Told:
    answer: ItemAnswer


@dataclass
class ToldTrial:
    """Answers every form alike, or raises; holds answers back while `gate` is closed."""

    answer: ItemAnswer = ANSWER
    problem: AppError | None = None
    asked: list[tuple[Form, Path]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    cancelled: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    async def ask(self, target: ServerTarget, form: Form, options: AskOptions, asked: AskedPicture) -> Told:
        self.asked.append((form, asked.picture.path))
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            await asyncio.sleep(0)  # as a connection takes its time to close
            raise
        if self.problem is not None:
            raise self.problem
        return Told(self.answer)


@dataclass
class QuietDesk:
    """Fulfils `Surroundings`."""

    picture: Path | None = Path("span 1.png")
    server: str = "Box"
    family: str = "qwen2-vl"
    options: AskOptions = field(default_factory=AskOptions)
    reached: ServerTarget | None = field(default_factory=lambda: target_of("http://127.0.0.1:9/v1"))

    def step(self, count: int) -> None:
        self.picture = Path(f"span {1 + count}.png")

    async def target(self) -> ServerTarget | None:
        return self.reached

    async def small(self, path: Path) -> Raster:
        return Raster(Size(2, 1), bytes(6))
