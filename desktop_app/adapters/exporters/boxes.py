"""Boxes of a run, ready for training formats."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form, FormField, Places
from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.item import RunItem


@dataclass(frozen=True, slots=True)
class MarkedBox:
    """One box.

    Attributes:
        category: place of its field among the form's fields for boxes, from 0.
        sides: left, top, right, bottom in pixels of the picture as seen, inside it.
    """

    category: int
    sides: tuple[int, int, int, int]


def box_fields(form: Form) -> list[FormField]:
    """The fields whose values are boxes.

    Raises:
        AppError: EXPORT_NO_BOXES.
    """
    fields = [one for one in form.fields if isinstance(one.kind, Places)]
    if not fields:
        raise AppError(ErrorCode.EXPORT_NO_BOXES, name=form.name)
    return fields


def boxes_of(item: RunItem, fields: list[FormField]) -> tuple[Size, list[MarkedBox]] | None:
    """The picture's size and its boxes; None where it has none and that is no valid answer.

    No answer is not the same as no boxes: a picture without the thing that was looked for teaches too.
    """
    if item.answer is None:
        return None
    size = item.answer.original_size
    found = [
        MarkedBox(category, sides)
        for category, one in enumerate(fields)
        if isinstance(value := item.value(one.key), list)
        for box in cast("list[list[int]]", value)
        if (sides := _inside(box, size)) is not None
    ]
    return (size, found) if found or all(item.is_answered(one.key) for one in fields) else None


def safe_name(name: str) -> PurePosixPath:
    """The picture's name as a path that stays inside the folder it is put in, on every system."""
    forbidden = '<>:"|?*\\'
    parts = [
        "".join("_" if letter in forbidden or letter < " " else letter for letter in part)
        for part in name.split("/")
        if part not in ("", ".", "..")
    ]
    return PurePosixPath(*parts) if parts else PurePosixPath("picture")


def _inside(box: object, size: Size) -> tuple[int, int, int, int] | None:
    if not isinstance(box, list) or len(box) != 4 or not all(isinstance(side, int | float) for side in box):
        return None
    left, right = sorted(min(max(round(side), 0), size.width) for side in (box[0], box[2]))
    top, bottom = sorted(min(max(round(side), 0), size.height) for side in (box[1], box[3]))
    return None if left == right or top == bottom else (left, top, right, bottom)
