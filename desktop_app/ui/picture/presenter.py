"""What the picture area shows: the picture, its evidence, its facts and what would be sent of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Generic, Protocol, TypeVar

from desktop_app.domain.errors import AppError
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import Note, Picture, PictureFacts
from desktop_app.domain.vision_tokens import SAFE_ASPECT_RATIO, SizePlan, VisionFamily, plan_size
from desktop_app.services.viewer import ScreenPixels, ViewedPicture, ViewerPictures
from desktop_app.ui.picture.drawing import BoxDrawing, DrawingView, Drawn

Pixels = TypeVar("Pixels", bound=ScreenPixels)
Pixels_contra = TypeVar("Pixels_contra", bound=ScreenPixels, contravariant=True)

_IDLE_S = 0.8
_IDLE_PIXELS = 32_000_000
"""Larger pictures are decoded in full only when someone zooms in: it costs their weight in memory."""
_NEIGHBOURS = 3


class View(DrawingView, Protocol[Pixels_contra]):
    """The picture area."""

    def screen_size(self) -> Size:
        """Room for the picture in device pixels."""
        ...

    def wanted_size(self) -> Size:
        """Pixels that all of the shown picture covers at the present zoom, at most its own."""
        ...

    def show_empty(self) -> None:
        """No picture is chosen: say what belongs here."""
        ...

    def show_loading(self, name: str) -> None:
        """Another picture was chosen; marks of the one before are gone at once."""
        ...

    def show_picture(
        self, name: str, pixels: Pixels_contra, original: Size, notes: Sequence[Note], *, keep_view: bool
    ) -> None:
        """Show pixels; `keep_view` when the same picture was read again."""
        ...

    def add_pixels(self, pixels: Pixels_contra) -> None:
        """More pixels of the picture on screen."""
        ...

    def show_error(self, error: AppError) -> None:
        """The picture cannot be shown."""
        ...

    def show_plan(self, original: Size, plan: SizePlan) -> None:
        """What would be sent."""
        ...

    def show_plan_too_long(self) -> None:
        """The picture is too long and thin to be sent whole."""
        ...

    def hide_plan(self) -> None:
        """Nothing would be sent, or nothing is known of it."""
        ...

    def show_facts(self, facts: PictureFacts | None) -> None:
        """What the file says about itself; None while that is not known (nothing is shown then)."""
        ...

    def set_evidence(self, marks: Sequence[tuple[int, Evidence]]) -> None:
        """Marks on the shown picture: index in the answer's evidence, and the evidence."""
        ...

    def highlight(self, index: int | None) -> None:
        """Point out a mark."""
        ...


class PicturePresenter(Generic[Pixels]):
    """Shows one picture at a time; the newest choice wins, whatever comes late is not shown.

    Attributes:
        drawing: the boxes that a person draws.
    """

    def __init__(
        self,
        view: View[Pixels],
        pictures: ViewerPictures[Pixels],
        start: Callable[[Coroutine[Any, Any, Any]], object],
        *,
        sending: Callable[[], tuple[VisionFamily, int] | None],
        on_step: Callable[[int], None],
        on_evidence_hovered: Callable[[int | None], None],
        idle_s: float = _IDLE_S,
    ) -> None:
        """
        Args:
            start: runs work that may outlive `show` (neighbours, full resolution).
            sending: family and image-token budget of whoever would be asked; None when pictures stay here.
            on_step: the person wants another picture: 1 for the next, -1 for the one before.
            on_evidence_hovered: index in the answer's evidence, None when the cursor has left.
            idle_s: seconds a picture is looked at before its full resolution is loaded unasked.
        """
        self._view = view
        self._pictures = pictures
        self._start = start
        self._sending = sending
        self._on_step = on_step
        self._on_evidence_hovered = on_evidence_hovered
        self._idle_s = idle_s
        self._choice = 0
        self._detail_choice = 0
        self._picture: Picture | None = None
        self._shown: ViewedPicture[Pixels] | None = None
        self._numbered: tuple[Picture, ...] = ()
        self._evidence: tuple[Evidence, ...] = ()
        self._facts_wanted = False
        self.drawing = BoxDrawing(view)
        self._ahead = asyncio.Lock()
        """Held while a neighbour is loaded: large ones of pictures passed by must not take every thread."""

    @property
    def picture(self) -> Picture | None:
        """The chosen picture, whether it could be shown or not."""
        return self._picture

    @property
    def is_shown(self) -> bool:
        """Whether the chosen picture's pixels are on screen."""
        return self._shown is not None

    async def show(self, picture: Picture | None, neighbours: Sequence[Picture] = ()) -> None:
        """Show a picture and make its neighbours ready; returns when it is on screen or could not be.

        Showing the same picture again reads the file again if it has changed and keeps zoom and place.

        Args:
            picture: None empties the area.
            neighbours: likely next pictures, the likeliest first; the first three are prepared.
        """
        self._choice += 1
        choice = self._choice
        self.drawing.chosen(picture)
        again = picture is not None and picture == self._picture
        self._picture = picture
        if picture is None:
            self._shown = None
            self._view.show_empty()
            return
        if not again:
            self._shown = None
            self._view.show_loading(picture.name)
            self._view.show_facts(None)
            self._view.hide_plan()
        within = self._view.screen_size()
        kept = self._pictures.peek(picture, within)
        if kept is not None:
            self._put(kept)
        if await self._load(picture, within, choice):
            self._start(self._follow_up(choice, neighbours, within))

    async def load_detail(self) -> None:
        """Load the pixels the present zoom asks for, unless they are on their way."""
        shown, choice = self._shown, self._choice
        if shown is None or self._detail_choice == choice:
            return
        self._detail_choice = choice
        try:
            wanted = self._view.wanted_size()
            # Little is saved below the full size, and the next turn of the wheel would ask again.
            within = wanted if wanted.pixels * 3 < shown.original_size.pixels else None
            await self._load(shown.picture, within, choice)
        finally:
            if self._detail_choice == choice:
                self._detail_choice = 0

    async def want_facts(self, wanted: bool) -> None:
        """Show (or no longer show) facts of this picture and the ones to come."""
        self._facts_wanted = wanted
        if wanted:
            await self._load_facts(self._choice)

    def refresh_plan(self) -> None:
        """Say anew what would be sent: the server, the model or the budget has changed."""
        if self._shown is None:
            self._view.hide_plan()
            return
        sending = self._sending()
        if sending is None:
            self._view.hide_plan()
            return
        original = self._shown.original_size
        if original.aspect_ratio > SAFE_ASPECT_RATIO:
            self._view.show_plan_too_long()
        else:
            self._view.show_plan(original, plan_size(original, *sending))

    def set_evidence(self, pictures: Sequence[Picture], evidence: Sequence[Evidence]) -> None:
        """The marks of the answer that is read now.

        Args:
            pictures: the question's pictures in the order of their numbers.
            evidence: all of the answer's evidence; only the marks on the shown picture are drawn, numbered by
                their place in this list.
        """
        self._numbered, self._evidence = tuple(pictures), tuple(evidence)
        self._show_evidence()

    def highlight(self, index: int | None) -> None:
        """Point out a mark by its place in the answer's evidence."""
        self._view.highlight(index)

    async def draw_boxes(self, picture: Picture, heading: str, boxes: Sequence[Box], most: int) -> Drawn:
        """Let a person draw boxes on a picture that is shown or about to be; returns when that is done.

        Whoever goes to another picture keeps what was drawn: it is not asked for twice.

        Args:
            heading: what the boxes are.
            boxes: those there are, in pixels of the picture.
            most: boxes there may be.

        Returns:
            The boxes in whole pixels; None when they are as they were.

        Raises:
            AppError: the picture cannot be shown.
        """
        is_shown = self._shown is not None and self._shown.picture == picture
        if self._picture == picture and not is_shown:
            self._start(self.show(picture))  # it could not be shown before, and says so again
        return await self.drawing.draw(picture, heading, boxes, most, is_shown=is_shown)

    def step(self, delta: int) -> None:
        """The person asked for another picture."""
        self._on_step(delta)

    def evidence_hovered(self, index: int) -> None:
        """The cursor is on a mark; below zero when it has left."""
        self._on_evidence_hovered(index if index >= 0 else None)

    async def _load(self, picture: Picture, within: Size | None, choice: int) -> bool:
        """Load and show unless another picture has been chosen since; whether it was shown."""
        try:
            viewed = await self._pictures.load(picture, within, lambda: self._choice == choice)
        except AppError as error:
            if self._choice == choice:
                self._shown = None
                self._view.hide_plan()
                self._view.show_error(error)
                self.drawing.fail(picture, error)
            return False
        if viewed is None or self._choice != choice:
            return False
        self._put(viewed)
        return True

    def _put(self, viewed: ViewedPicture[Pixels]) -> None:
        shown = self._shown
        if shown is not None and shown.modified_ns == viewed.modified_ns:
            if viewed.pixels.size.pixels > shown.pixels.size.pixels:
                self._shown = viewed
                self._view.add_pixels(viewed.pixels)
            return
        self._shown = viewed
        self._view.show_picture(
            viewed.picture.name,
            viewed.pixels,
            viewed.original_size,
            viewed.notes,
            keep_view=shown is not None,
        )
        self._show_evidence()
        self.refresh_plan()
        self.drawing.shown(viewed.picture)

    async def _follow_up(self, choice: int, neighbours: Sequence[Picture], within: Size) -> None:
        if self._facts_wanted:
            await self._load_facts(choice)
        for neighbour in neighbours[:_NEIGHBOURS]:
            async with self._ahead:
                if self._choice != choice:
                    return
                # A bad file is told when it is shown; nobody has asked for it yet.
                with suppress(AppError):
                    await self._pictures.load(neighbour, within, lambda: self._choice == choice)
        await asyncio.sleep(self._idle_s)
        shown = self._shown
        if self._choice == choice and shown is not None and shown.original_size.pixels <= _IDLE_PIXELS:
            await self._load(shown.picture, None, choice)

    async def _load_facts(self, choice: int) -> None:
        picture = self._picture
        self._view.show_facts(None)
        if picture is None:
            return
        try:
            facts = await self._pictures.facts(picture)
        except AppError:
            # The same file could not be shown either; that error stands in the area already.
            return
        if self._choice == choice and self._facts_wanted:
            self._view.show_facts(facts)

    def _show_evidence(self) -> None:
        if self._shown is None:
            return
        marks = [
            (index, evidence)
            for index, evidence in enumerate(self._evidence)
            if 0 < evidence.picture <= len(self._numbered)
            and self._numbered[evidence.picture - 1] == self._shown.picture
        ]
        self._view.set_evidence(marks)
