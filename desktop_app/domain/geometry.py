"""Sizes, points and boxes, always in pixels of the picture as it is seen (orientation applied)."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER_GAP = r"[\s,;，、；]+"
"""What people write between the numbers of a box, with Latin signs or Chinese ones; a regular expression."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in whole pixels."""

    width: int
    height: int

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def aspect_ratio(self) -> float:
        """Longer side divided by shorter side, 1.0 or more; infinite when a side is zero."""
        shorter = min(self.width, self.height)
        return max(self.width, self.height) / shorter if shorter > 0 else float("inf")

    def fitted(self, within: Size) -> Size:
        """The largest size of the same shape inside `within`, never larger than this one, at least 1 x 1."""
        scale = min(1.0, within.width / max(self.width, 1), within.height / max(self.height, 1))
        return Size(max(round(self.width * scale), 1), max(round(self.height * scale), 1))


@dataclass(frozen=True, slots=True)
class Point:
    """A position; (0, 0) is the top left corner of the picture."""

    x: float
    y: float

    def clamped(self, within: Size) -> Point:
        return Point(min(max(self.x, 0.0), within.width), min(max(self.y, 0.0), within.height))

    def moved(self, dx: float, dy: float) -> Point:
        return Point(self.x + dx, self.y + dy)


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; right and bottom lie just outside it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    def normalised(self) -> Box:
        """The same rectangle with its corners in order; vision models sometimes swap them."""
        return Box(
            min(self.left, self.right),
            min(self.top, self.bottom),
            max(self.left, self.right),
            max(self.top, self.bottom),
        )

    def clamped(self, within: Size) -> Box:
        top_left = Point(self.left, self.top).clamped(within)
        bottom_right = Point(self.right, self.bottom).clamped(within)
        return Box(top_left.x, top_left.y, bottom_right.x, bottom_right.y)

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)
