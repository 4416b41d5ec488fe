"""Blocks that are still being written: what is finished of long tables and code is drawn for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextFrame, QTextTable

if TYPE_CHECKING:
    from markdown_it.token import Token

PART_ROWS = 16
"""Rows of one text table. Qt lays out a whole table whenever a word in it changes, so a long one is drawn as
several of the same column widths, each directly below the other."""


@dataclass(slots=True)
class LongTable:
    """What has been drawn of a table of more than `PART_ROWS` rows.

    Attributes:
        rows: how many, with the head.
        natural: widths the columns would like to have, in pixels, by all these rows.
        least: widths below which they would break words.
        widths: widths the parts were drawn with.
        fitted_rows: how many rows `widths` were chosen by.
        parts: the text tables.
    """

    rows: int = 0
    natural: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    fitted_rows: int = 0
    parts: list[QTextTable] = field(default_factory=list)


@dataclass(slots=True)
class Growing:
    """The table, code or paragraph that the next words belong to; empty when they begin a new block."""

    frame: QTextFrame | None = None
    code: str = ""
    table: LongTable | None = None
    in_paragraph: bool = False

    def copied(self) -> Growing:
        """One that can be changed without changing this one."""
        table = self.table
        if table is not None:
            table = replace(table, parts=list(table.parts))
        return Growing(self.frame, self.code, table, self.in_paragraph)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where an open construct is divided.

    Attributes:
        done: tokens of what can be drawn for good.
        rest: tokens of what may still change.
        line: first line of the rest in the source that was parsed.
        head: (first, end) lines that must precede the rest for it to be parsed alone.
    """

    done: list[Token]
    rest: list[Token]
    line: int
    head: tuple[int, int]


def cut_of(tokens: Sequence[Token], is_resumed: bool) -> Cut | None:
    """Divide a long open table or code block, None when it is short or something else.

    `is_resumed`: the tokens come from a head and a rest, so a table's head is drawn already.
    """
    first = tokens[0] if tokens else None
    if first is None or first.map is None:
        return None
    if first.type == "fence" and len(tokens) == 1:
        return _cut_of_code(first, first.map[0])
    if first.type == "table_open":
        return _cut_of_table(tokens, first.map[0], is_resumed)
    return None


def _cut_of_code(fence: Token, line: int) -> Cut | None:
    from desktop_app.ui.conversation.markdown.code_colours import code_parts

    parts = code_parts(fence.content)
    # A line that is not complete may turn out to be the closing fence.
    if len(parts) < 2 or parts[-1].count("\n") < 2:
        return None
    done = "".join(parts[:-1])
    return Cut(
        [fence.copy(content=done)],
        [fence.copy(content=parts[-1])],
        line + 1 + done.count("\n"),
        (line, line + 1),
    )


def _cut_of_table(tokens: Sequence[Token], line: int, is_resumed: bool) -> Cut | None:
    starts = [index for index, token in enumerate(tokens) if token.type == "tr_open"]
    head = 1 if is_resumed else 0
    # The last row may still grow.
    finished = (len(starts) - head - 1) // PART_ROWS * PART_ROWS + head
    if finished <= head:
        return None
    at, lines = starts[finished], tokens[starts[finished]].map
    if lines is None:
        return None
    return Cut(list(tokens[:at]), [*tokens[: starts[1]], *tokens[at:]], lines[0], (line, line + 2))
