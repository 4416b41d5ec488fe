"""Fitting sizes and regions, in whole pixels."""

from __future__ import annotations

import math

from desktop_app.domain.geometry import Box, Size


def fitted(size: Size, within: Size) -> Size:
    """The largest size of the same shape inside `within`, never larger than `size`, at least 1 x 1."""
    scale = min(within.width / size.width, within.height / size.height, 1.0)
    if scale == 1.0:
        return size
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))


def whole_region(region: Box, within: Size) -> Box | None:
    """Every pixel of a picture that the region touches, or None when it touches none."""
    box = region.normalised().clamped(within)
    if box.is_empty:
        return None
    left, top = math.floor(box.left), math.floor(box.top)
    return Box(left, top, math.ceil(box.right), math.ceil(box.bottom))
