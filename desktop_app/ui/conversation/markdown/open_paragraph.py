"""The paragraph that is being written: which of its words are never drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

HEAD = "x"
"""Stands for the words that are drawn, so that those behind them are parsed as words within a line."""

_MAY_PAIR = frozenset("*_`~[]$\\<&|")
"""As long as one of these is only a letter, words to come may make a sign of it."""


@dataclass(frozen=True, slots=True)
class Split:
    """Where a paragraph can be divided.

    Attributes:
        at: place in its source.
        drawn_behind: characters of the document behind that place, as Qt counts them.
    """

    at: int
    drawn_behind: int


def split_of(block: str, tokens: Sequence[Token]) -> Split | None:
    """How far the words of an open paragraph mean the same whatever follows; None when that is not known.

    Args:
        block: source of the paragraph, to its end so far.
        tokens: what it was parsed to.
    """
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    children = tokens[1].children or []
    if not children or children[-1].type != "text":
        return None
    if any(not _MAY_PAIR.isdisjoint(child.content) for child in children if child.type == "text"):
        return None
    words, source = children[-1].content, block.rstrip()
    # Signs are read by what stands before them, and a letter is what stands before them in `HEAD` too.
    while words and not words[-1].isalpha():
        words = words[:-1]
    behind = children[-1].content[len(words) :]
    if not words or not source.endswith(words[-1] + behind):
        return None  # a letter was written as an entity
    return Split(len(source) - len(behind), len(behind.encode("utf-16-le")) // 2)


def goes_on(tokens: Sequence[Token]) -> bool:
    """Whether words behind `HEAD` still belong to a paragraph, rather than make a heading or table of it."""
    return bool(tokens) and tokens[0].type == "paragraph_open"


def words_behind_head(children: Sequence[Token]) -> Sequence[Token]:
    """The words of a paragraph that begins with `HEAD`, without it."""
    first = children[0]
    return [first.copy(content=first.content.removeprefix(HEAD)), *children[1:]]
