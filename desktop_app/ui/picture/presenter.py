"""What the picture area tells of the picture: its evidence, its facts and what would be sent of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Generic

from desktop_app.domain.errors import AppError
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture
from desktop_app.domain.vision_tokens import SAFE_ASPECT_RATIO, VisionFamily, plan_size
from desktop_app.services.viewer import ViewerPictures
from desktop_app.ui.picture.drawing import BoxDrawing, Drawn
from desktop_app.ui.picture.protocols import Pixels, View
from desktop_app.ui.picture.screen_picture import IDLE_S, ScreenPicture


class PicturePresenter(Generic[Pixels]):
    """Shows one picture at a time, with all that is known of it.

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
        idle_s: float = IDLE_S,
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
        self._numbered: tuple[Picture, ...] = ()
        self._evidence: tuple[Evidence, ...] = ()
        self._facts_wanted = False
        self.drawing = BoxDrawing(view)
        self._screen = ScreenPicture(
            view,
            pictures,
            start,
            idle_s,
            on_shown=self._picture_shown,
            on_failed=self.drawing.fail,
            on_rest=self._load_facts,
        )

    @property
    def picture(self) -> Picture | None:
        """The chosen picture, whether it could be shown or not."""
        return self._screen.chosen

    @property
    def is_shown(self) -> bool:
        """Whether the chosen picture's pixels are on screen."""
        return self._screen.shown is not None

    async def show(self, picture: Picture | None, neighbours: Sequence[Picture] = ()) -> None:
        """As `ScreenPicture.show`; boxes that were drawn on the one before are kept."""
        self.drawing.chosen(picture)
        await self._screen.show(picture, neighbours)

    async def load_detail(self) -> None:
        """Load the pixels the present zoom asks for, unless they are on their way."""
        await self._screen.load_detail()

    async def want_facts(self, wanted: bool) -> None:
        """Show (or no longer show) facts of this picture and the ones to come."""
        self._facts_wanted = wanted
        await self._load_facts()

    def refresh_plan(self) -> None:
        """Say anew what would be sent: the server, the model or the budget has changed."""
        shown, sending = self._screen.shown, self._sending()
        if shown is None or sending is None:
            self._view.hide_plan()
            return
        original = shown.original_size
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
        shown = self._screen.shown
        is_shown = shown is not None and shown.picture == picture
        if self.picture == picture and not is_shown:
            self._start(self.show(picture))  # it could not be shown before, and says so again
        return await self.drawing.draw(picture, heading, boxes, most, is_shown=is_shown)

    def step(self, delta: int) -> None:
        """The person asked for another picture."""
        self._on_step(delta)

    def evidence_hovered(self, index: int) -> None:
        """The cursor is on a mark; below zero when it has left."""
        self._on_evidence_hovered(index if index >= 0 else None)

    def _picture_shown(self) -> None:
        self._show_evidence()
        self.refresh_plan()
        if self._screen.shown is not None:
            self.drawing.shown(self._screen.shown.picture)

    async def _load_facts(self) -> None:
        if not self._facts_wanted:
            return
        picture, choice = self._screen.chosen, self._screen.choice
        self._view.show_facts(None)
        if picture is None:
            return
        try:
            facts = await self._pictures.facts(picture)
        except AppError:
            # The same file could not be shown either; that error stands in the area already.
            return
        if self._screen.choice == choice and self._facts_wanted:
            self._view.show_facts(facts)

    def _show_evidence(self) -> None:
        shown = self._screen.shown
        if shown is None:
            return
        marks = [
            (index, evidence)
            for index, evidence in enumerate(self._evidence)
            if 0 < evidence.picture <= len(self._numbered)
            and self._numbered[evidence.picture - 1] == shown.picture
        ]
        self._view.set_evidence(marks)
