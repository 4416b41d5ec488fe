"""Boxes while a person draws them: moved, resized, added and removed, always inside the picture.

Plain geometry without Qt; every change gives a new draft, so that one can be gone back to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Flag, auto

from desktop_app.domain.geometry import Box, Point, Size


class Edge(Flag):
    """Sides of a box; two that meet are a corner."""

    LEFT = auto()
    TOP = auto()
    RIGHT = auto()
    BOTTOM = auto()


CORNERS = (Edge.LEFT | Edge.TOP, Edge.RIGHT | Edge.TOP, Edge.RIGHT | Edge.BOTTOM, Edge.LEFT | Edge.BOTTOM)
HANDLES = (*CORNERS, Edge.LEFT, Edge.TOP, Edge.RIGHT, Edge.BOTTOM)
"""What a box can be taken by; corners before the sides they belong to."""


@dataclass(frozen=True, slots=True)
class BoxDraft:
    """Boxes of one field on one picture.

    Attributes:
        picture: its full size.
        most: boxes there may be.
        boxes: in pixels of the picture, with fractions.
        chosen: the one that is worked with, None for none.
    """

    picture: Size
    most: int
    boxes: tuple[Box, ...] = ()
    chosen: int | None = None

    @property
    def is_full(self) -> bool:
        return len(self.boxes) >= self.most

    @property
    def box(self) -> Box | None:
        """The chosen one."""
        return None if self.chosen is None else self.boxes[self.chosen]

    def choosing(self, index: int | None) -> BoxDraft:
        return replace(self, chosen=index)

    def stepped(self, step: int) -> BoxDraft:
        """The next (1) or previous (-1) box is chosen, round and round."""
        if not self.boxes:
            return self
        first = 0 if step > 0 else len(self.boxes) - 1
        return self.choosing(first if self.chosen is None else (self.chosen + step) % len(self.boxes))

    def with_new(self, box: Box) -> BoxDraft:
        """One more box, chosen; where there may be only one it takes the place of the one before."""
        box = box.normalised().clamped(self.picture)
        if box.is_empty:
            return self
        if self.most == 1:
            return replace(self, boxes=(box,), chosen=0)
        if self.is_full:
            return self
        return replace(self, boxes=(*self.boxes, box), chosen=len(self.boxes))

    def changed(self, box: Box) -> BoxDraft:
        """The chosen box is somewhere else."""
        box = box.normalised().clamped(self.picture)
        if self.chosen is None or box.is_empty:
            return self
        boxes = [box if number == self.chosen else one for number, one in enumerate(self.boxes)]
        return replace(self, boxes=tuple(boxes))

    def moved(self, dx: float, dy: float) -> BoxDraft:
        """The chosen box moved, as far as the picture goes; its size stays."""
        box = self.box
        if box is None:
            return self
        dx = min(max(dx, -box.left), self.picture.width - box.right)
        dy = min(max(dy, -box.top), self.picture.height - box.bottom)
        return self.changed(box.moved(dx, dy))

    def resized(self, edges: Edge, to: Point) -> BoxDraft:
        """Sides of the chosen box are where `to` is; one pulled over the opposite one turns the box over."""
        box = self.box
        if box is None:
            return self
        return self.changed(
            Box(
                to.x if Edge.LEFT in edges else box.left,
                to.y if Edge.TOP in edges else box.top,
                to.x if Edge.RIGHT in edges else box.right,
                to.y if Edge.BOTTOM in edges else box.bottom,
            )
        )

    def without_chosen(self) -> BoxDraft:
        """The chosen box is gone; the one that takes its place is chosen."""
        if self.chosen is None:
            return self
        boxes = tuple(one for number, one in enumerate(self.boxes) if number != self.chosen)
        return replace(self, boxes=boxes, chosen=min(self.chosen, len(boxes) - 1) if boxes else None)

    def box_at(self, point: Point) -> int | None:
        """The smallest box that holds a place of the picture; the chosen one before all others."""
        holding = [number for number, box in enumerate(self.boxes) if _holds(box, point)]
        if self.chosen in holding:
            return self.chosen
        sizes = [self.boxes[number].width * self.boxes[number].height for number in holding]
        return holding[sizes.index(min(sizes))] if holding else None

    def whole(self) -> list[list[int]]:
        """Left, top, right and bottom in whole pixels, none of them empty."""
        return [whole_sides(box, self.picture) for box in self.boxes]


def whole_sides(box: Box, picture: Size) -> list[int]:
    """A box in whole pixels, at least one wide and high."""
    left, right = _whole(box.left, box.right, picture.width)
    top, bottom = _whole(box.top, box.bottom, picture.height)
    return [left, top, right, bottom]


def _whole(first: float, last: float, most: int) -> tuple[int, int]:
    start = min(round(first), most - 1)
    return start, max(min(round(last), most), start + 1)


def _holds(box: Box, point: Point) -> bool:
    return box.left <= point.x <= box.right and box.top <= point.y <= box.bottom
