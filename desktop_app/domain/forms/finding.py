"""Finds a form's JSON object in a vision model's answer, and where its values stand in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FoundObject:
    """An object and the place of its opening brace in the text.

    Attributes:
        members: its values by key; of one that breaks off, those that were written to the end.
        is_whole: it ends with its own brace.
    """

    members: dict[str, Any]
    start: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """Where a value stands: behind the colon, and behind the blanks that may follow it."""

    colon: int
    start: int


def find_object(text: str, keys: Sequence[str]) -> FoundObject | None:
    """The first JSON object in the text that has any of the keys, whatever stands around it.

    An object inside another one counts only when there is none that stands by itself, and one that breaks
    off only when none is whole. What is inside a broken one never counts: a box's "label" is not the form's
    field "label".
    """
    for nested, is_whole in ((False, True), (True, True), (False, False)):
        for found in _objects(text, nested):
            if found.is_whole is is_whole and any(key in found.members for key in keys):
                return found
    return None


def places_of_values(text: str, found: FoundObject) -> dict[str, ValuePlace]:
    """The places of an object's own values by key; of a key that is there twice, the one that counts."""
    return {member.key: member.place for member in _members(text, found.start)}


@dataclass(frozen=True, slots=True)
class _Member:
    key: str
    value: Any
    place: ValuePlace


def _members(text: str, start: int) -> Iterator[_Member]:
    """An object's members up to its end or to where it breaks off; `start` is the place of its brace.

    What does not end with a comma or the object's brace may lack its end: of 125, the 12.
    """
    position = _behind_blanks(text, start + 1)
    while text.startswith('"', position):
        try:
            key, behind = _DECODER.raw_decode(text, position)
            colon = _behind_blanks(text, behind) + 1
            place = ValuePlace(colon, _behind_blanks(text, colon))
            value, behind = _DECODER.raw_decode(text, place.start)
        except (ValueError, RecursionError):
            return
        end = _behind_blanks(text, behind)
        if text[colon - 1] != ":" or text[end : end + 1] not in (",", "}"):
            return
        yield _Member(key, value, place)
        if text[end] == "}":
            return
        position = _behind_blanks(text, end + 1)


def _objects(text: str, nested: bool) -> Iterator[FoundObject]:
    start = text.find("{")
    while start >= 0:
        try:
            value, end = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            if _BEGINS_OBJECT.match(text, start):
                members = {member.key: member.value for member in _members(text, start)}
                yield FoundObject(members, start, is_whole=False)
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
