"""Draws markdown-it tokens into a text document. Nothing in them is ever loaded, run or followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
)

from desktop_app.ui.conversation.markdown.growing import Growing
from desktop_app.ui.conversation.markdown.inline import InlineRenderer
from desktop_app.ui.conversation.markdown.marks import unmarked
from desktop_app.ui.conversation.markdown.open_paragraph import words_behind_head
from desktop_app.ui.conversation.markdown.parser import MATH_TOKENS
from desktop_app.ui.conversation.markdown.styles import CODE_PROPERTY
from desktop_app.ui.conversation.markdown.tables import TableRenderer
from desktop_app.ui.conversation.markdown.writer import Writer

if TYPE_CHECKING:
    from markdown_it.token import Token

_LIST_OPEN = frozenset({"bullet_list_open", "ordered_list_open"})
_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)


@dataclass(slots=True)
class _List:
    """An open list; `pending` until its item's first block is written."""

    fmt: QTextListFormat
    pending: bool = False
    handle: QTextList | None = None


class BlockRenderer:
    """Walks block tokens; keeps the nesting of lists and quotes."""

    def __init__(self, writer: Writer, width: float, growing: Growing) -> None:
        """
        Args:
            width: room for text in pixels; tables wider than that keep their width and are scrolled.
            growing: the table, code or paragraph the first token goes on with; kept up to date here.
        """
        self._writer = writer
        self._styles = writer.styles
        self._inline = InlineRenderer(writer)
        self._tables = TableRenderer(writer, self._inline, width)
        self._growing = growing
        self._lists: list[_List] = []
        self._quotes = 0

    def render_part(self, tokens: Sequence[Token]) -> None:
        """The first part of a table or code block; `render` with its rest must follow, now or later."""
        if tokens[0].type == "fence":
            self._write_code(tokens[0])
        else:
            self._growing.table = self._tables.render_part(tokens, self._growing.table)

    def render(
        self, tokens: Sequence[Token], list_number: int | None = None, *, is_open: bool = False
    ) -> None:
        """
        Args:
            list_number: the first item's number when the tokens go on with a list begun before.
            is_open: the last of them may still grow.
        """
        if self._growing.frame is not None and (not tokens or tokens[0].type != "fence"):
            self._close_code()
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "table_open":
                end = _closing(tokens, position)
                table = self._growing.table if position == 0 else None
                is_last = end == len(tokens) - 1
                self._tables.render(tokens[position : end + 1], table, is_open=is_open and is_last)
                self._growing.table = None
                position = end + 1
                continue
            self._block(tokens, position, list_number if position == 0 else None)
            position += 1

    @property
    def growing(self) -> Growing:
        """What the next tokens may go on with."""
        return self._growing

    def source(self, text: str) -> None:
        """Text that is shown as it is, such as a formula still being written."""
        self._writer.block(self._block_format(), self._styles.plain())
        for number, line in enumerate(text.split("\n")):
            self._writer.text(("\u2028" if number else "") + line, self._styles.code())

    def _block(self, tokens: Sequence[Token], position: int, list_number: int | None) -> None:
        token = tokens[position]
        kind = token.type
        if kind in _LIST_OPEN:
            self._open_list(token, list_number)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._lists[-1].pending = True
        elif kind == "list_item_close":
            self._leave_item()
        elif kind in ("blockquote_open", "blockquote_close"):
            self._quotes += 1 if kind.endswith("open") else -1
        elif kind == "inline":
            self._paragraph(token, tokens[position - 1])
        elif kind in ("fence", "code_block"):
            self._code(token)
        elif kind == "hr":
            self._rule()
        elif kind in MATH_TOKENS:
            self._formula(token)

    def _paragraph(self, token: Token, opener: Token) -> None:
        if self._growing.in_paragraph:
            self._growing.in_paragraph = False
            self._inline.render(words_behind_head(token.children or []), self._styles.plain())
            return
        if opener.type == "heading_open":
            level = int(opener.tag[1:])
            char, fmt = self._styles.heading(level), self._block_format(self._styles.gap * 2)
            fmt.setHeadingLevel(level)
        else:
            char, fmt = self._styles.plain(), self._block_format()
        if self._quotes:
            char.setForeground(self._styles.soft)
        self._begin(fmt, char)
        self._inline.render(token.children or [], char)

    def _code(self, token: Token) -> None:
        self._leave_item()
        self._write_code(token)
        self._close_code()

    def _write_code(self, token: Token) -> None:
        from desktop_app.ui.conversation.markdown.code_block import write_code

        growing = self._growing
        frame = growing.frame
        if frame is None:
            frame = growing.frame = self._writer.open_frame()
        growing.code += unmarked(token.content)
        frame.setProperty(CODE_PROPERTY, growing.code.removesuffix("\n"))
        write_code(self._writer, token.content, token.info)

    def _close_code(self) -> None:
        self._writer.close_frame()
        self._growing.frame, self._growing.code = None, ""

    def _rule(self) -> None:
        fmt = self._block_format()
        fmt.setProperty(
            QTextFormat.Property.BlockTrailingHorizontalRulerWidth,
            QTextLength(QTextLength.Type.PercentageLength, 100),
        )
        fmt.setProperty(QTextFormat.Property.BackgroundBrush, self._styles.line)
        self._begin(fmt, self._styles.plain())

    def _formula(self, token: Token) -> None:
        fmt = self._block_format()
        fmt.setIndent(fmt.indent() + 1)
        self._begin(fmt, self._styles.plain())
        self._writer.formula(token.content, True, self._styles.plain())

    def _open_list(self, token: Token, number: int | None) -> None:
        fmt = QTextListFormat()
        depth = len(self._lists)
        fmt.setIndent(depth + 1)
        if token.type == "ordered_list_open":
            fmt.setStyle(QTextListFormat.Style.ListDecimal)
            start = token.attrGet("start")
            fmt.setStart(number if number is not None else 1 if start is None else int(start))
        else:
            fmt.setStyle(_BULLETS[min(depth, len(_BULLETS) - 1)])
        self._lists.append(_List(fmt))

    def _begin(self, fmt: QTextBlockFormat, char: QTextCharFormat) -> None:
        """Begin a block; the first one of a list item gets the item's sign."""
        writer = self._writer
        writer.block(fmt, char)
        if not (self._lists and self._lists[-1].pending):
            return
        current = self._lists[-1]
        current.pending = False
        if current.handle is None:
            current.handle = writer.cursor.createList(current.fmt)
        else:
            current.handle.add(writer.cursor.block())

    def _leave_item(self) -> None:
        """An item without text of its own still shows its sign."""
        if self._lists and self._lists[-1].pending:
            self._begin(self._block_format(), self._styles.plain())

    def _block_format(self, above: int | None = None) -> QTextBlockFormat:
        in_list = bool(self._lists)
        fmt = self._styles.block(above=above if above is not None else self._styles.unit if in_list else None)
        indent = self._quotes
        if in_list and not self._lists[-1].pending:
            indent += len(self._lists)
        fmt.setIndent(indent)
        return fmt


def _closing(tokens: Sequence[Token], position: int) -> int:
    level = tokens[position].level
    wanted = tokens[position].type.replace("_open", "_close")
    for index in range(position + 1, len(tokens)):
        if tokens[index].type == wanted and tokens[index].level == level:
            return index
    return len(tokens) - 1
