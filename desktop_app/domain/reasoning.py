"""Separate a model's inline reasoning (`<think>…</think>`) from its answer while it streams.

Servers without a reasoning parser leave the tags in the text; "Thinking" models often emit only the
closing tag because the opening one is part of their chat template.
"""

from __future__ import annotations

from desktop_app.domain.answers import ReasoningPiece, TextPiece

_OPEN = "<think>"
_CLOSE = "</think>"


class ThinkSplitter:
    """Feed it text pieces, get answer and reasoning pieces; call `finish` at the end.

    Text that could be the start of a tag is held back until it is decided. An answer that starts without a
    tag is passed on at once; a lone closing tag is then dropped, and `reasoning_came_first` says that
    everything before it was reasoning.
    """

    def __init__(self) -> None:
        self._held = ""
        self._inside = False
        self._seen_text = False
        self.reasoning_came_first = False

    def feed(self, text: str) -> list[TextPiece | ReasoningPiece]:
        self._held += text
        pieces: list[TextPiece | ReasoningPiece] = []
        while self._held:
            step = self._step()
            if step is None:
                break
            pieces.extend(step)
        return pieces

    def finish(self) -> list[TextPiece | ReasoningPiece]:
        rest, self._held = self._held, ""
        return self._pieces(rest)

    def _step(self) -> list[TextPiece | ReasoningPiece] | None:
        """Consume up to and including the next tag, or all that is surely no tag; None to wait for more."""
        tag, position = self._next_tag()
        if position >= 0:
            before, self._held = self._held[:position], self._held[position + len(tag) :]
            pieces = self._pieces(before)
            if tag == _CLOSE and not self._inside:
                self.reasoning_came_first = True
            self._inside = tag == _OPEN
            if tag == _CLOSE:
                self._seen_text = False
            return pieces
        keep = max(_tail_that_starts(tag, self._held) for tag in (_OPEN, _CLOSE))
        ready = self._held[: len(self._held) - keep]
        if not ready:
            return None
        self._held = self._held[len(ready) :]
        return self._pieces(ready)

    def _next_tag(self) -> tuple[str, int]:
        found = [(self._held.find(tag), tag) for tag in (_OPEN, _CLOSE)]
        hits = [(position, tag) for position, tag in found if position >= 0]
        if not hits:
            return "", -1
        position, tag = min(hits)
        return tag, position

    def _pieces(self, text: str) -> list[TextPiece | ReasoningPiece]:
        if not self._inside and not self._seen_text:
            text = text.lstrip("\n")
        if not text:
            return []
        if self._inside:
            return [ReasoningPiece(text)]
        self._seen_text = True
        return [TextPiece(text)]


def _tail_that_starts(tag: str, text: str) -> int:
    """Length of the longest end of `text` that is a proper start of `tag`."""
    for length in range(min(len(tag) - 1, len(text)), 0, -1):
        if tag.startswith(text[-length:]):
            return length
    return 0
