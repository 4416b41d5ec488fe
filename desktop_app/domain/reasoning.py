"""Separate a model's inline reasoning (`<think>…</think>`) from its answer while it streams.

Servers without a reasoning parser leave the tags in the text; "Thinking" models often emit only the
closing tag because the opening one is part of their chat template.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TypeAlias

from desktop_app.domain.answers import ReasoningPiece, TextPiece
from desktop_app.domain.vision_model_events import EarlierTextWasReasoning

_OPEN = "<think>"
_CLOSE = "</think>"

SplitPiece: TypeAlias = TextPiece | ReasoningPiece | EarlierTextWasReasoning


class _State(Enum):
    START = auto()
    """Nothing but blanks so far."""
    ASSUMED = auto()
    """Nothing so far, and what comes is taken for reasoning."""
    INSIDE = auto()
    """Within reasoning."""
    OPEN_ANSWER = auto()
    """Within text that a lone closing tag could still turn into reasoning."""
    AFTER = auto()
    """Behind reasoning, before the answer's first words."""
    ANSWER = auto()
    """Within the answer; tags in it are words like others."""


class ThinkSplitter:
    """Feed it text pieces, get answer and reasoning pieces; call `finish` at the end.

    Text that could be the start of a tag that counts is held back until it is decided. Text without an
    opening tag is passed on at once as answer; a lone closing tag behind it gives `EarlierTextWasReasoning`.
    An opening tag counts only before the answer's first words, a closing tag only once.
    """

    def __init__(self, starts_inside: bool = False) -> None:
        """`starts_inside`: text is reasoning from its first word until a closing tag."""
        self._held = ""
        self._state = _State.ASSUMED if starts_inside else _State.START
        self._assumed = starts_inside

    @property
    def never_closed(self) -> bool:
        """Whether text was taken for reasoning by assumption alone: no tag has confirmed it."""
        return self._assumed

    def expect_answer(self) -> None:
        """Reasoning arrives apart from the text after all: text is answer unless tags say otherwise."""
        if self._state is _State.ASSUMED:
            self._state, self._assumed = _State.START, False

    def feed(self, text: str) -> list[SplitPiece]:
        self._held += text
        pieces: list[SplitPiece] = []
        while self._held:
            before = (self._state, self._held)
            pieces += self._at_edge() if self._is_at_edge else self._in_middle()
            if (self._state, self._held) == before:
                break
        return pieces

    def finish(self) -> list[SplitPiece]:
        """What was held back; it turned out to be no tag."""
        rest, self._held = self._held, ""
        if self._is_at_edge:
            rest = rest.strip()
        if not rest:
            return []
        return [ReasoningPiece(rest) if self._state in (_State.INSIDE, _State.ASSUMED) else TextPiece(rest)]

    @property
    def _is_at_edge(self) -> bool:
        return self._state in (_State.START, _State.ASSUMED, _State.AFTER)

    def _at_edge(self) -> list[SplitPiece]:
        """Decide what begins here once enough is known; nothing is passed on."""
        begun = self._held.lstrip()
        if begun.startswith(_OPEN):
            self._state, self._held, self._assumed = _State.INSIDE, begun.removeprefix(_OPEN), False
        elif begun.startswith(_CLOSE) and self._state is not _State.AFTER:
            self._state, self._held, self._assumed = _State.AFTER, begun.removeprefix(_CLOSE), False
        elif begun and not _OPEN.startswith(begun) and not _CLOSE.startswith(begun):
            following = {_State.START: _State.OPEN_ANSWER, _State.ASSUMED: _State.INSIDE}
            self._state = following.get(self._state, _State.ANSWER)
            self._held = self._held.lstrip("\n")
        return []

    def _in_middle(self) -> list[SplitPiece]:
        """Pass on what is surely no tag, up to the closing tag if it is there."""
        if self._state is _State.ANSWER:
            ready, self._held = self._held, ""
            return [TextPiece(ready)]
        inside = self._state is _State.INSIDE
        ready, tag, rest = self._held.partition(_CLOSE)
        if tag:
            self._state, self._assumed = _State.AFTER, False
        else:
            keep = _tail_that_starts(_CLOSE, ready)
            ready, rest = ready[: len(ready) - keep], ready[len(ready) - keep :]
        self._held = rest
        pieces: list[SplitPiece] = []
        if ready:
            pieces.append(ReasoningPiece(ready) if inside else TextPiece(ready))
        if tag and not inside:
            pieces.append(EarlierTextWasReasoning())
        return pieces


def _tail_that_starts(tag: str, text: str) -> int:
    """Length of the longest end of `text` that is a proper start of `tag`."""
    for length in range(min(len(tag) - 1, len(text)), 0, -1):
        if tag.startswith(text[-length:]):
            return length
    return 0
