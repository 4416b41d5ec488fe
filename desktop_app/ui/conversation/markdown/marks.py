"""Marks for evidence in answer text: invisible characters that travel through the Markdown parser.

A span of the answer that belongs to a marked place is wrapped in two characters of Unicode's private use
area; the renderer turns them into links and numbered chips wherever they end up: in paragraphs, table
cells or code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_FIRST = 0xE000
_COUNT = 0x0C00
_LAST = 0xF8FF
_PRIVATE = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_LEADING_MARKUP = re.compile(r"[\s>*#|+\-]*")
_TRAILING = re.compile(r"[\s|]*\Z")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the answer, `start` to `end`, that belong to the marked place `index`."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under at most one mark; `closes` is the mark whose number chip follows it."""

    text: str
    mark: int | None = None
    closes: int | None = None


def clean(source: str) -> str:
    """The source with foreign private-use characters replaced; its length stays the same."""
    return _PRIVATE.sub("�", source) if _PRIVATE.search(source) else source


def marked(source: str, spans: Sequence[Span], offset: int) -> str:
    """Wrap the spans that lie in `source`, which begins at `offset` of the whole answer."""
    inserts: list[tuple[int, int, str]] = []
    for span in spans:
        start, end = max(span.start - offset, 0), min(span.end - offset, len(source))
        if span.index >= _COUNT or start >= end:
            continue
        words = source[start:end]
        # Marks stand inside list signs, cell bars and the like, so that they never change the structure.
        leading = _LEADING_MARKUP.match(words)
        trailing = _TRAILING.search(words)
        start += leading.end() if leading else 0
        end -= len(trailing.group()) if trailing else 0
        if start < end:
            inserts.append((start, 1, chr(_FIRST + span.index)))
            inserts.append((end, 0, chr(_FIRST + _COUNT + span.index)))
    for position, _, mark in sorted(inserts, reverse=True):
        source = source[:position] + mark + source[position:]
    return source


def has_marks(text: str) -> bool:
    return _PRIVATE.search(text) is not None


def unmarked(text: str) -> str:
    return _PRIVATE.sub("", text)


class MarkReader:
    """Reads marked text piece by piece; a mark may open in one piece of text and close in another."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def pieces(self, text: str) -> Iterator[Piece]:
        position = 0
        for match in _PRIVATE.finditer(text):
            number = ord(match.group()) - _FIRST
            before = text[position : match.start()]
            position = match.end()
            if number < _COUNT:
                if before:
                    yield Piece(before, self._current)
                self._open.append(number)
            elif number - _COUNT in self._open:
                yield Piece(before, self._current, closes=number - _COUNT)
                self._open.remove(number - _COUNT)
            elif before:
                yield Piece(before, self._current)
        if position < len(text):
            yield Piece(text[position:], self._current)

    @property
    def _current(self) -> int | None:
        return self._open[-1] if self._open else None
