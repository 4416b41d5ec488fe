"""Boxes that a person is asked to draw on a picture: begun when it is shown, done when the person says so."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture

Drawn = list[list[int]] | None
"""Boxes in whole pixels; None when they are as they were."""


class DrawingView(Protocol):
    """The picture area, as far as boxes are drawn on it."""

    def begin_boxes(self, heading: str, boxes: Sequence[Box], most: int) -> None:
        """Let boxes be drawn on the shown picture."""
        ...

    def boxes(self) -> Drawn:
        """The boxes that were drawn."""
        ...

    def end_boxes(self) -> None:
        """No boxes are drawn any more."""
        ...


@dataclass(slots=True, eq=False)
class _Drawing:
    picture: Picture
    heading: str
    boxes: tuple[Box, ...]
    most: int
    done: asyncio.Future[Drawn]
    is_begun: bool = field(default=False)


class BoxDrawing:
    """At most one at a time. Whoever goes to another picture keeps what was drawn on the one before."""

    def __init__(self, view: DrawingView) -> None:
        self._view = view
        self._now: _Drawing | None = None

    async def draw(
        self, picture: Picture, heading: str, boxes: Sequence[Box], most: int, *, is_shown: bool
    ) -> Drawn:
        """Returns when the person is done.

        Raises:
            AppError: the picture cannot be shown.
        """
        self.leave()
        done: asyncio.Future[Drawn] = asyncio.get_running_loop().create_future()
        now = self._now = _Drawing(picture, heading, tuple(boxes), most, done)
        if is_shown:
            self.shown(picture)
        try:
            return await done
        finally:
            if self._now is now:
                self._end()  # the window closes

    def chosen(self, picture: Picture | None) -> None:
        """A picture is going to be shown."""
        if self._now is not None and self._now.picture != picture:
            self.take()

    def shown(self, picture: Picture) -> None:
        """A picture is on the screen."""
        now = self._now
        if now is not None and now.picture == picture and not now.is_begun:
            now.is_begun = True
            self._view.begin_boxes(now.heading, now.boxes, now.most)

    def take(self) -> None:
        """The boxes are done."""
        is_begun = self._now is not None and self._now.is_begun
        drawn = self._view.boxes() if is_begun else None
        now = self._end()
        if now is not None and not now.done.done():
            now.done.set_result(drawn)

    def leave(self) -> None:
        """The boxes are to be as they were."""
        now = self._end()
        if now is not None and not now.done.done():
            now.done.set_result(None)

    def fail(self, picture: Picture, error: AppError) -> None:
        """A picture cannot be shown, or no longer: what was drawn on it by then is kept."""
        if self._now is None or self._now.picture != picture:
            return
        if self._now.is_begun:
            self.take()
            return
        now = self._end()
        if now is not None and not now.done.done():
            now.done.set_exception(error)

    def _end(self) -> _Drawing | None:
        now, self._now = self._now, None
        if now is not None and now.is_begun:
            self._view.end_boxes()
        return now
