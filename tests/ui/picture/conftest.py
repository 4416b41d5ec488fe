"""A view that remembers what it was told, and pictures on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.errors import AppError
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import Note, Picture, PictureFacts
from desktop_app.domain.vision_tokens import QWEN2_VL, SizePlan, VisionFamily
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.viewer import ViewerPictures
from desktop_app.ui.picture.pixels import PicturePixels, develop
from desktop_app.ui.picture.presenter import PicturePresenter


@dataclass
class RememberingView:
    """Everything the presenter says, in order; `now` is what stands on the screen."""

    size: Size = field(default_factory=lambda: Size(200, 150))
    wanted: Size = field(default_factory=lambda: Size(200, 150))
    now: object = None
    said: list[tuple[Any, ...]] = field(default_factory=list)
    marks: tuple[tuple[int, Evidence], ...] = ()
    plan: object = None
    facts: PictureFacts | None = None
    pixels: PicturePixels | None = None
    drawing: tuple[str, tuple[Box, ...], int] | None = None
    drawn: list[list[int]] | None = None

    def screen_size(self) -> Size:
        return self.size

    def wanted_size(self) -> Size:
        return self.wanted

    def show_empty(self) -> None:
        self.now = "empty"

    def show_loading(self, name: str) -> None:
        self.said.append(("loading", name))
        self.now, self.marks = None, ()

    def show_picture(
        self, name: str, pixels: PicturePixels, original: Size, notes: Sequence[Note], *, keep_view: bool
    ) -> None:
        self.said.append(("picture", name, pixels.size, original, keep_view))
        self.now, self.pixels = name, pixels

    def add_pixels(self, pixels: PicturePixels) -> None:
        self.said.append(("more", pixels.size))
        self.pixels = pixels

    def show_error(self, error: AppError) -> None:
        self.now = error.code

    def show_plan(self, original: Size, plan: SizePlan) -> None:
        self.plan = (original, plan)

    def show_plan_too_long(self) -> None:
        self.plan = "too long"

    def hide_plan(self) -> None:
        self.plan = None

    def show_facts(self, facts: PictureFacts | None) -> None:
        self.facts = facts

    def set_evidence(self, marks: Sequence[tuple[int, Evidence]]) -> None:
        self.marks = tuple(marks)

    def highlight(self, index: int | None) -> None:
        self.said.append(("highlight", index))

    def begin_boxes(self, heading: str, boxes: Sequence[Box], most: int) -> None:
        self.drawing = (heading, tuple(boxes), most)

    def boxes(self) -> list[list[int]] | None:
        return self.drawn

    def end_boxes(self) -> None:
        self.drawing = None


class Started:
    """Work the presenter has started, to be awaited by the test."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[Any]] = []

    def __call__(self, work: Coroutine[Any, Any, Any]) -> object:
        self.tasks.append(asyncio.get_running_loop().create_task(work))
        return self.tasks[-1]

    async def finish(self) -> None:
        await asyncio.gather(*self.tasks)


@dataclass
class Scene:
    """A presenter with its surroundings."""

    view: RememberingView
    pictures: ViewerPictures[PicturePixels]
    started: Started
    presenter: PicturePresenter[PicturePixels]
    steps: list[int]
    hovered: list[int | None]
    sending: list[tuple[VisionFamily, int] | None]


@pytest.fixture
def pictures() -> Iterator[ViewerPictures[PicturePixels]]:
    workers = PictureWorkers()
    yield ViewerPictures(PillowPictureFiles(400), workers, develop)
    workers.close()


@pytest.fixture
def make_scene() -> Iterator[Callable[[PillowPictureFiles], Scene]]:
    workers = PictureWorkers()
    yield lambda files: _scene(ViewerPictures(files, workers, develop))
    workers.close()


@pytest.fixture
def scene(pictures: ViewerPictures[PicturePixels]) -> Scene:
    return _scene(pictures)


def _scene(pictures: ViewerPictures[PicturePixels]) -> Scene:
    view, started = RememberingView(), Started()
    steps: list[int] = []
    hovered: list[int | None] = []
    sending: list[tuple[VisionFamily, int] | None] = [(QWEN2_VL, 1280)]
    presenter = PicturePresenter(
        view,
        pictures,
        started,
        sending=lambda: sending[0],
        on_step=steps.append,
        on_evidence_hovered=hovered.append,
        idle_s=0.0,
    )
    return Scene(view, pictures, started, presenter, steps, hovered, sending)


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Picture]:
    def write(name: str, size: tuple[int, int] = (800, 600), colour: Any = "red") -> Picture:
        path = tmp_path / name
        Image.new("RGB", size, colour).save(path)
        return Picture(path)

    return write
