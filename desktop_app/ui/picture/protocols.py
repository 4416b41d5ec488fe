"""What the picture's presenter needs of the area it fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from desktop_app.domain.errors import AppError
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Note, PictureFacts
from desktop_app.domain.vision_tokens import SizePlan
from desktop_app.services.viewer import ScreenPixels
from desktop_app.ui.picture.drawing import DrawingView

Pixels = TypeVar("Pixels", bound=ScreenPixels)
Pixels_contra = TypeVar("Pixels_contra", bound=ScreenPixels, contravariant=True)


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
