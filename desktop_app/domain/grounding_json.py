"""Places that a vision model lists as JSON, found while the text streams.

Qwen2.5-VL and Qwen3-VL answer with objects such as `{"bbox_2d": [x1, y1, x2, y2], "label": "…"}` or
`{"point_2d": [x, y], …}`: in a list or alone, in a code fence or not, often cut off at the length limit.
Every
complete object counts, whatever is around it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.grounding_marks import corner_numbers

_PLACE_KEYS = ("bbox_2d", "point_2d", "bbox")
_LABEL_KEYS = ("label", "text_content", "text", "name", "sub_label")
_PICTURE_KEYS = ("picture", "image", "image_index")
_DEEPEST = 16
_LONGEST_OBJECT = 20_000


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One object of the list.

    Attributes:
        label: its name, "" when it has none.
        span: where the object stands in the text.
        numbers: two (a point) or four (a box), in the model's coordinates.
        picture: the picture's number when the object names one.
    """

    label: str
    span: tuple[int, int]
    numbers: tuple[float, ...]
    picture: int | None = None


class PlaceListReader:
    """Feed it text; `places` grows with every object that closes."""

    def __init__(self) -> None:
        self.places: list[ListedPlace] = []
        self._text = ""
        self._position = 0
        self._open: list[int] = []
        self._in_string = False
        self._escaped = False

    def feed(self, text: str) -> None:
        self._text += text
        for position in range(self._position, len(self._text)):
            self._take(self._text[position], position)
        self._position = len(self._text)

    def _take(self, character: str, position: int) -> None:
        if self._in_string:
            self._take_in_string(character)
        elif character == '"' and self._open:
            self._in_string = True
        elif character == "{":
            self._open = [*self._open[-_DEEPEST + 1 :], position]
        elif character == "}" and self._open:
            self._close(self._open.pop(), position + 1)

    def _take_in_string(self, character: str) -> None:
        if self._escaped:
            self._escaped = False
        elif character == "\\":
            self._escaped = True
        elif character in '"\n':  # a line break cannot be in a JSON string: that quote was prose
            self._in_string = False

    def _close(self, start: int, end: int) -> None:
        if end - start > _LONGEST_OBJECT:
            return
        source = self._text[start:end]
        if not any(key in source for key in _PLACE_KEYS):
            return
        try:
            content = json.loads(source)
        except (ValueError, RecursionError):
            return
        if isinstance(content, dict):
            self.places.extend(_places(content, (start, end)))


def _places(content: dict[str, Any], span: tuple[int, int]) -> list[ListedPlace]:
    label = next((content[key] for key in _LABEL_KEYS if isinstance(content.get(key), str)), "")
    picture = next((content[key] for key in _PICTURE_KEYS if type(content.get(key)) is int), None)
    places = []
    for key in _PLACE_KEYS:
        for numbers in _number_groups(content.get(key)):
            places.append(ListedPlace(label.strip(), span, numbers, picture))
    return places


def _number_groups(value: object) -> list[tuple[float, ...]]:
    """`[1,2,3,4]`, `[[1,2],[3,4]]` (corners) and `[[1,2,3,4], …]` (several boxes)."""
    if not isinstance(value, list):
        return []
    flat = _numbers(value)
    if flat is not None:
        return [flat]
    rows = [_numbers(row) for row in value if isinstance(row, list)]
    groups = [row for row in rows if row is not None]
    if len(groups) == 2 and all(len(group) == 2 for group in groups):
        return [groups[0] + groups[1]]
    return groups


def _numbers(values: list[object]) -> tuple[float, ...] | None:
    numbers = []
    for value in values:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return None
        try:
            number = float(value)
        except (ValueError, OverflowError):
            return None
        if not math.isfinite(number):
            return None
        numbers.append(number)
    return corner_numbers(numbers)
