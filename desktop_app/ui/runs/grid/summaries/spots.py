"""Where the bars of the answer grid's summaries stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from desktop_app.domain.runs.rows import GridColumn
from desktop_app.domain.runs.summaries import Part, Summary

BARS_IN_UNITS = 7
"""Height of the bars of a histogram."""

_HEIGHT_IN_UNITS = 14
"""Of a histogram with the figures below it, and of as many values as stand one under the other."""

_LINES = 3
"""Values one under the other; more go beside them."""

_NARROWEST_IN_UNITS = 15
"""Of a value with its count."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A bar and where it can be hit; without a part it stands for `more` values that found no room."""

    column: GridColumn
    part: Part | None
    rect: QRect
    is_histogram: bool = False
    more: int = 0

    @property
    def name(self) -> tuple[str, object]:
        return self.column.key, None if self.part is None else self.part.wanted

    def reach(self, height: int) -> QRect:
        """Where it answers to the mouse: what is above and below the bars of a histogram belongs to them."""
        rect = QRect(self.rect)
        if self.is_histogram:
            rect.setTop(0)
            rect.setBottom(height)
        return rect


def height_of(summaries: Sequence[Summary], unit: int) -> int:
    """What the highest of them needs."""
    lines = max(_LINES if one.is_histogram else min(len(one.parts), _LINES) for one in summaries)
    return unit * _HEIGHT_IN_UNITS - (_LINES - lines) * _line_height(unit)


def spots_of(column: GridColumn, summary: Summary, room: QRect, unit: int) -> list[Spot]:
    """The bars of one column.

    Args:
        room: what there is of it.
        unit: of the grid all sizes follow.
    """
    place = _side_by_side if summary.is_histogram else _in_lines
    return place(column, summary.parts, room, unit)


def _line_height(unit: int) -> int:
    return (unit * (_HEIGHT_IN_UNITS - 1) - 1) // _LINES


def _side_by_side(column: GridColumn, parts: Sequence[Part], room: QRect, unit: int) -> list[Spot]:
    """Over the figures at their ends."""
    top, height = room.top() + unit, unit * BARS_IN_UNITS
    edges = [room.left() + round(room.width() * n / len(parts)) for n in range(len(parts) + 1)]
    return [
        Spot(column, part, QRect(left, top, right - left, height), is_histogram=True)
        for part, left, right in zip(parts, edges, edges[1:], strict=False)
    ]


def _in_lines(column: GridColumn, parts: Sequence[Part], room: QRect, unit: int) -> list[Spot]:
    """One under the other, a few lines high."""
    across = max(1, min(-(-len(parts) // _LINES), room.width() // (unit * _NARROWEST_IN_UNITS)))
    places = across * _LINES
    shown = parts if len(parts) <= places else parts[: places - 1]
    width, height = room.width() // across, _line_height(unit)
    rects = [
        QRect(room.left() + n // _LINES * width, room.top() + n % _LINES * height, width, height)
        for n in range(places)
    ]
    spots = [Spot(column, part, rect) for part, rect in zip(shown, rects, strict=False)]
    if len(parts) > places:
        spots.append(Spot(column, None, rects[-1], more=len(parts) - len(shown)))
    return spots
