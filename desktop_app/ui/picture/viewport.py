"""Where a picture lies on the screen: zoom, pan and the way between picture pixels and screen positions.

Plain geometry without Qt. "Screen" means device-independent pixels of the area the picture is shown in; zoom
is device pixels per picture pixel, so 1.0 shows every picture pixel as exactly one pixel of the screen, also
on a high-density one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop_app.domain.geometry import Box, Point, Size

MAX_ZOOM = 32.0
"""Device pixels per picture pixel; tiny pictures may go further, until they fill the area."""

FIT_LIMIT = 1.0
"""Fitting makes small pictures no larger than 100 %: enlarged pixels would look like a bad photograph."""

_BOX_ROOM, _LEAST_BOX_ROOM = 3.0, 1.2
"""Going to a box shows this many times its size, so that it is seen where it is; a box that is most of the
picture gets less room, or going to it would change nothing."""

_CLOSER = 1.6
"""Going to a large box zooms this much closer than fitting, as far as the box stays in view."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """One view of a picture; every change gives a new one that keeps the picture inside the area.

    Attributes:
        picture: full size of the picture in pixels.
        area_width, area_height: size of the area in device-independent pixels.
        ratio: device pixels per device-independent pixel.
        zoom: device pixels per picture pixel.
        centre: the picture position in the middle of the area.
        is_fitted: follows the area's size so that all of the picture is seen.
    """

    picture: Size
    area_width: float
    area_height: float
    ratio: float = 1.0
    zoom: float = 1.0
    centre: Point = field(default_factory=lambda: Point(0.0, 0.0))
    is_fitted: bool = True

    @property
    def fit_zoom(self) -> float:
        """The zoom at which all of the picture is seen, at most `FIT_LIMIT`."""
        return min(self._filling_zoom, FIT_LIMIT)

    @property
    def smallest_zoom(self) -> float:
        return self.fit_zoom

    @property
    def largest_zoom(self) -> float:
        return max(MAX_ZOOM, self._filling_zoom)

    @property
    def scale(self) -> float:
        """Device-independent pixels per picture pixel."""
        return self.zoom / self.ratio

    @property
    def is_larger_than_area(self) -> bool:
        """Whether there is anything to pan."""
        return (
            self.picture.width * self.scale > self.area_width + 0.5
            or self.picture.height * self.scale > self.area_height + 0.5
        )

    def fitted(self) -> Viewport:
        """All of the picture, in the middle."""
        centre = Point(self.picture.width / 2, self.picture.height / 2)
        return replace(self, zoom=self.fit_zoom, centre=centre, is_fitted=True)

    def zoomed(self, zoom: float, at: Point | None = None) -> Viewport:
        """The same picture position stays under the screen position `at` (None: the middle of the area),
        as long as the picture's edges allow it.
        """
        at = at if at is not None else Point(self.area_width / 2, self.area_height / 2)
        zoom = min(max(zoom, self.smallest_zoom), self.largest_zoom)
        if zoom <= self.fit_zoom * 1.0001:
            return self.fitted()
        held = self.to_picture(at)
        scale = zoom / self.ratio
        centre = Point(
            held.x + (self.area_width / 2 - at.x) / scale, held.y + (self.area_height / 2 - at.y) / scale
        )
        return replace(self, zoom=zoom, centre=centre, is_fitted=False)._inside()

    def panned(self, dx: float, dy: float) -> Viewport:
        """The picture moved by screen distances: to the right and down when positive."""
        centre = self.centre.moved(-dx / self.scale, -dy / self.scale)
        return replace(self, centre=centre)._inside()

    def resized(self, width: float, height: float, ratio: float) -> Viewport:
        """The area changed; a fitted picture stays fitted, any other keeps its middle."""
        changed = replace(self, area_width=max(width, 1.0), area_height=max(height, 1.0), ratio=ratio)
        if self.is_fitted or changed.zoom <= changed.fit_zoom:
            return changed.fitted()
        return changed._inside()

    def showing(self, box: Box) -> Viewport:
        """A view with the box in the middle and some of its surroundings, never beyond 300 %."""
        box = box.normalised()
        filling = min(
            self.area_width * self.ratio / max(box.width, 1.0),
            self.area_height * self.ratio / max(box.height, 1.0),
        )
        wanted = max(filling / _BOX_ROOM, min(filling / _LEAST_BOX_ROOM, self.fit_zoom * _CLOSER))
        zoom = max(min(wanted, 3.0, self.largest_zoom), self.smallest_zoom)
        if zoom <= self.fit_zoom * 1.0001:
            return self.fitted()
        centre = Point((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        return replace(self, zoom=zoom, centre=centre, is_fitted=False)._inside()

    def to_screen(self, point: Point) -> Point:
        """Screen position of a picture position."""
        return Point(
            (point.x - self.centre.x) * self.scale + self.area_width / 2,
            (point.y - self.centre.y) * self.scale + self.area_height / 2,
        )

    def to_picture(self, point: Point) -> Point:
        """Picture position under a screen position; may lie outside the picture."""
        return Point(
            (point.x - self.area_width / 2) / self.scale + self.centre.x,
            (point.y - self.area_height / 2) / self.scale + self.centre.y,
        )

    def visible(self) -> Box:
        """The part of the picture that is seen, in its pixels."""
        first = self.to_picture(Point(0.0, 0.0))
        last = self.to_picture(Point(self.area_width, self.area_height))
        return Box(first.x, first.y, last.x, last.y).clamped(self.picture)

    @property
    def wanted_pixels(self) -> Size:
        """Pixels all of the picture covers on the screen: what a decoded version should have, not more than
        the original.
        """
        zoom = min(self.zoom, 1.0)
        return Size(max(round(self.picture.width * zoom), 1), max(round(self.picture.height * zoom), 1))

    @property
    def _filling_zoom(self) -> float:
        return min(
            self.area_width * self.ratio / max(self.picture.width, 1),
            self.area_height * self.ratio / max(self.picture.height, 1),
        )

    def _inside(self) -> Viewport:
        """Picture edges do not come inside the area; a side shorter than the area's is centred."""
        return replace(
            self,
            centre=Point(
                _held(self.centre.x, self.picture.width, self.area_width / self.scale),
                _held(self.centre.y, self.picture.height, self.area_height / self.scale),
            ),
        )


def _held(middle: float, length: float, seen: float) -> float:
    if length <= seen:
        return length / 2
    return min(max(middle, seen / 2), length - seen / 2)
