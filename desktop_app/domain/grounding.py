"""From what a vision model writes about places to evidence in pixels of the original pictures.

Coordinates follow the text first and the family second: marks in running text are 0 to 1000 of width and
height (Qwen2-VL); JSON is in pixels of the sent picture (Qwen2.5-VL) or 0 to 1000 (Qwen3-VL); a JSON number
above 1000 can only be pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.answers import SentPicture
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.grounding_json import PlaceListReader
from desktop_app.domain.grounding_marks import MarkReader
from desktop_app.domain.vision_tokens import QWEN2_5_VL, QWEN2_VL

_THOUSAND = Size(1000, 1000)
_MENTION = re.compile(r"(?:\b(?:image|picture|photo)\s*#?\s*|图片?\s*|第\s*)(\d{1,2})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer with its places taken out.

    Attributes:
        text: what to show; evidence spans count in it.
        evidence: the places, in the order of the text.
    """

    text: str
    evidence: tuple[Evidence, ...]


class Grounding:
    """Reads places out of one answer while it streams."""

    def __init__(self, pictures: Sequence[SentPicture], family: str) -> None:
        """
        Args:
            pictures: as sent, in the order of their numbers.
            family: name of the vision family, for the meaning of JSON coordinates.
        """
        self._pictures = tuple(pictures)
        self._family = family
        self._marks = MarkReader(bare=family in ("", QWEN2_VL.name))
        self._lists = PlaceListReader()

    @property
    def found(self) -> int:
        """How many places were read so far, whether or not they lie in a picture."""
        return len(self._marks.marks) + len(self._lists.places)

    def feed(self, piece: str) -> str:
        """Take a piece of the answer; returns the text that can be shown now."""
        return self._take(self._marks.feed(piece))

    def finish(self) -> str:
        """The rest of the text to show."""
        return self._take(self._marks.finish())

    def evidence(self) -> tuple[Evidence, ...]:
        """All places found so far, in original pixels; those outside their picture are left out."""
        if not self._pictures:
            return ()
        found = sorted((*self._marked(), *self._listed()), key=_position)
        return tuple(found)

    def _take(self, shown: str) -> str:
        self._lists.feed(shown)
        return shown

    def _marked(self) -> Iterator[Evidence]:
        for mark in self._marks.marks:
            number = self._picture_at(mark.span[0], None)
            yield from self._evidence(number, mark.label, mark.numbers, mark.span, _THOUSAND)

    def _listed(self) -> Iterator[Evidence]:
        places = self._lists.places
        in_pixels = self._family == QWEN2_5_VL.name or any(max(place.numbers) > 1000 for place in places)
        for place in places:
            number = self._picture_at(place.span[0], place.picture)
            scale = self._pictures[number - 1].sent_size if in_pixels else _THOUSAND
            yield from self._evidence(number, place.label, place.numbers, place.span, scale)

    def _picture_at(self, position: int, named: int | None) -> int:
        """Number of the picture a place belongs to: named, or last mentioned before it, or the first."""
        if len(self._pictures) == 1:
            return 1
        mentioned = named or 0
        if not mentioned:
            for match in _MENTION.finditer(self._marks.shown, 0, position):
                mentioned = int(match.group(1))
        return mentioned if 1 <= mentioned <= len(self._pictures) else 1

    def _evidence(
        self, number: int, label: str, numbers: tuple[float, ...], span: tuple[int, int], scale: Size
    ) -> Iterator[Evidence]:
        sent = self._pictures[number - 1]
        if len(numbers) == 2:
            yield Evidence(number, label, point=_in(sent, Point(*numbers), scale), span=span)
            return
        first = _in(sent, Point(numbers[0], numbers[1]), scale)
        second = _in(sent, Point(numbers[2], numbers[3]), scale)
        box = Box(first.x, first.y, second.x, second.y).normalised()
        if not box.is_empty:
            yield Evidence(number, label, box=box, span=span)


def ground(text: str, pictures: Sequence[SentPicture], family: str) -> Grounded:
    """Read all places of a finished text; never raises, whatever the text."""
    grounding = Grounding(pictures, family)
    shown = grounding.feed(text) + grounding.finish()
    return Grounded(shown, grounding.evidence())


def _in(sent: SentPicture, point: Point, scale: Size) -> Point:
    return to_original(point, sent.original_size, sent.region, scale)


def to_original(point: Point, original: Size, region: Box | None, scale: Size) -> Point:
    """From the model's coordinates, which run up to `scale`, to pixels of the original.

    Args:
        point: in the model's coordinates.
        original: size of the picture as it is seen.
        region: the part of it that was sent, None for all of it.
        scale: the largest coordinates.
    """
    area = region or Box(0, 0, original.width, original.height)
    inside = point.clamped(scale)
    return Point(
        area.left + inside.x / max(scale.width, 1) * area.width,
        area.top + inside.y / max(scale.height, 1) * area.height,
    )


def _position(evidence: Evidence) -> tuple[int, int]:
    return evidence.span or (0, 0)
