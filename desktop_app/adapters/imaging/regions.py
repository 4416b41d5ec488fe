"""Regions in whole pixels."""

from __future__ import annotations

import math

from desktop_app.domain.geometry import Box, Size


def whole_region(region: Box, within: Size) -> Box | None:
    """Every pixel of a picture that the region touches, or None when it touches none."""
    box = region.normalised().clamped(within)
    if box.is_empty:
        return None
    left, top = math.floor(box.left), math.floor(box.top)
    return Box(left, top, math.ceil(box.right), math.ceil(box.bottom))
