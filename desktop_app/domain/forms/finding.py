"""Finds a form's JSON object in a vision model's answer, and where its values stand in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FoundObject:
    """An object and the place of its opening brace in the text."""

    members: dict[str, Any]
    start: int


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """Where a value stands: behind the colon, and behind the blanks that may follow it."""

    colon: int
    start: int


def find_object(text: str, keys: Sequence[str]) -> FoundObject | None:
    """The first JSON object in the text that has any of the keys, whatever stands around it.

    An object inside another one counts only when there is none that stands by itself. What is inside an
    object that is cut off or otherwise broken never does: a box's "label" is not the form's field "label".
    """
    for nested in (False, True):
        for found in _objects(text, nested):
            if any(key in found.members for key in keys):
                return found
    return None


def places_of_values(text: str, found: FoundObject) -> dict[str, ValuePlace]:
    """The places of an object's own values by key; of a key that is there twice, the one that counts."""
    places: dict[str, ValuePlace] = {}
    position = _behind_blanks(text, found.start + 1)
    while text[position] != "}":
        key, behind = _DECODER.raw_decode(text, position)
        colon = _behind_blanks(text, behind) + 1
        start = _behind_blanks(text, colon)
        places[key] = ValuePlace(colon, start)
        _, behind = _DECODER.raw_decode(text, start)
        position = _behind_blanks(text, behind)
        if text[position] == ",":
            position = _behind_blanks(text, position + 1)
    return places


def _objects(text: str, nested: bool) -> Iterator[FoundObject]:
    start = text.find("{")
    while start >= 0:
        try:
            value, end = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            behind = _behind_broken(text, start)
        else:
            yield FoundObject(value, start)
            behind = start + 1 if nested else end
        start = text.find("{", behind)


def _behind_broken(text: str, start: int) -> int:
    """Where to go on behind what is no JSON: after a brace in prose, or after the whole broken object."""
    if not _BEGINS_OBJECT.match(text, start):
        return start + 1
    depth = 0
    for match in _STRUCTURE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return len(text)


def _no_number(_name: str) -> None:
    """`NaN` and `Infinity` are no JSON."""
    return


# Not strict: a line break inside a text is against JSON's rules, but there is no doubt what it means.
_DECODER = json.JSONDecoder(parse_constant=_no_number, strict=False)
_BLANKS = re.compile(r"[ \t\n\r]*")
_BEGINS_OBJECT = re.compile(r'\{\s*"')
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)
"""Texts, so that their braces do not count, and braces."""


def _behind_blanks(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    return match.end() if match else position
