"""Boxes in a form's values, from the vision model's coordinates to pixels of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from desktop_app.domain.forms.form import Form, Places
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.grounding import to_original
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.vision_tokens import QWEN2_5_VL

THOUSAND = Size(1000, 1000)
"""What most vision models take every picture to measure."""


def in_original_pixels(
    values: Mapping[str, CellValue], form: Form, sent: PreparedPicture, family: str
) -> dict[str, CellValue]:
    """The values with every box in whole pixels of the original; empty boxes are left out.

    Qwen2.5-VL gives pixels of the picture it was sent, the others 0 to 1000 of width and height; a number
    above 1000 can only be pixels.
    """
    converted = dict(values)
    for one in form.fields:
        if isinstance(one.kind, Places) and values.get(one.key):
            boxes = cast("list[list[int]]", values[one.key])
            in_pixels = any(max(box) > THOUSAND.width for box in boxes)
            scale = sent.encoded.size if in_pixels else _scale(sent, family)
            placed = [_placed(box, sent, scale) for box in boxes]
            converted[one.key] = [box for box in placed if box is not None]
    return converted


def in_model_coordinates(boxes: list[list[int]], sent: PreparedPicture, family: str) -> list[list[int]]:
    """Boxes in pixels of the original as the vision model would give them, for prompts that name places;
    those outside the part that is sent are left out.
    """
    original, scale = sent.original_size, _scale(sent, family)
    area = sent.region or Box(0, 0, original.width, original.height)
    converted = []
    for left, top, right, bottom in boxes:
        x = [round((side - area.left) / area.width * scale.width) for side in (left, right)]
        y = [round((side - area.top) / area.height * scale.height) for side in (top, bottom)]
        first, last = (max(0, x[0]), max(0, y[0])), (min(scale.width, x[1]), min(scale.height, y[1]))
        if first[0] < last[0] and first[1] < last[1]:
            converted.append([*first, *last])
    return converted


def _scale(sent: PreparedPicture, family: str) -> Size:
    return sent.encoded.size if family == QWEN2_5_VL.name else THOUSAND


def _placed(box: list[int], sent: PreparedPicture, scale: Size) -> list[int] | None:
    first = to_original(Point(box[0], box[1]), sent.original_size, sent.region, scale)
    second = to_original(Point(box[2], box[3]), sent.original_size, sent.region, scale)
    placed = Box(first.x, first.y, second.x, second.y).normalised()
    sides = [round(side) for side in (placed.left, placed.top, placed.right, placed.bottom)]
    return None if sides[0] >= sides[2] or sides[1] >= sides[3] else sides
