"""The order in which a person reads the pieces of text that were detected in a picture."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.geometry import Box

_PROSE = 8.0
"""A column of running text has lines at least this many times as long as they are high; table cells and the
prices on a receipt do not, and are read across.
"""

_LEAST_LINES = 3


def reading_rows(boxes: Sequence[Box]) -> list[list[int]]:
    """Rows of indices into `boxes`: columns from the left, rows from the top, each row from the left.

    Pieces beside each other form one row unless they stand in columns of running text.
    """
    rows: list[list[int]] = []
    for block in _columns(boxes, list(range(len(boxes)))):
        rows.extend(_rows(boxes, block))
    return rows


def _columns(boxes: Sequence[Box], members: list[int]) -> list[list[int]]:
    """Split into columns of running text, after cutting off what reaches across them."""
    cut = _column_cut(boxes, members) or _band_cut(boxes, members)
    if cut is None:
        return [members]
    return [*_columns(boxes, cut[0]), *_columns(boxes, cut[1])]


def _band_cut(boxes: Sequence[Box], members: list[int]) -> tuple[list[int], list[int]] | None:
    """A cut above or below a piece that has nothing beside it, such as a headline, where one side of the cut
    has columns; None when there is no such cut.
    """
    for wide in sorted(members, key=lambda i: boxes[i].top):
        above = [i for i in members if i != wide and _middle(boxes[i]) < boxes[wide].top]
        below = [i for i in members if i != wide and _middle(boxes[i]) > boxes[wide].bottom]
        if len(above) + len(below) + 1 != len(members):
            continue
        for first, second in ((above, [wide, *below]), ([*above, wide], below)):
            if first and second and (_column_cut(boxes, first) or _column_cut(boxes, second)):
                return first, second
    return None


def _column_cut(boxes: Sequence[Box], members: list[int]) -> tuple[list[int], list[int]] | None:
    """The widest gap with running text on both sides, or None."""
    ordered = sorted(members, key=lambda i: boxes[i].left)
    best: tuple[float, int] | None = None
    reach = float("-inf")
    for place, index in enumerate(ordered):
        gap = boxes[index].left - reach
        if place and gap > 0 and (best is None or gap > best[0]):
            best = (gap, place)
        reach = max(reach, boxes[index].right)
    if best is None:
        return None
    left, right = ordered[: best[1]], ordered[best[1] :]
    if _is_prose(boxes, left) and _is_prose(boxes, right):
        return left, right
    return None


def _is_prose(boxes: Sequence[Box], members: list[int]) -> bool:
    shapes = sorted(boxes[i].width / max(boxes[i].height, 1.0) for i in members)
    return len(shapes) >= _LEAST_LINES and shapes[len(shapes) // 2] >= _PROSE


def _rows(boxes: Sequence[Box], members: list[int]) -> list[list[int]]:
    rows: list[list[int]] = []
    for index in sorted(members, key=lambda i: _middle(boxes[i])):
        if rows and _same_row(boxes[rows[-1][0]], boxes[index]):
            rows[-1].append(index)
        else:
            rows.append([index])
    return [sorted(row, key=lambda i: boxes[i].left) for row in rows]


def _same_row(first: Box, second: Box) -> bool:
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared > 0.5 * min(first.height, second.height)


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2
