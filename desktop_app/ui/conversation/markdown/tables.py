"""Draws Markdown tables with hairlines and alternating rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextCharFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from desktop_app.ui.conversation.markdown.growing import PART_ROWS, LongTable
from desktop_app.ui.conversation.markdown.inline import InlineRenderer
from desktop_app.ui.conversation.markdown.marks import unmarked
from desktop_app.ui.conversation.markdown.writer import Writer

if TYPE_CHECKING:
    from markdown_it.token import Token

_WIDEST_COLUMN = 280.0
_NARROWEST_COLUMN = 72.0
"""A column with more words than fit into this is not made narrower, though each of its words would fit."""

_UNBROKEN = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+")
"""What is not parted at the end of a line; Chinese is, between any two characters."""

_ALIGNMENTS = {
    "text-align:right": Qt.AlignmentFlag.AlignRight,
    "text-align:center": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(slots=True)
class _Cell:
    children: list[Token]
    plain: str
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


class TableRenderer:
    """Draws the tokens from `table_open` to `table_close`."""

    def __init__(self, writer: Writer, inline: InlineRenderer, width: float) -> None:
        self._writer = writer
        self._styles = writer.styles
        self._inline = inline
        self._width = width

    def render(self, tokens: Sequence[Token], begun: LongTable | None, *, is_open: bool) -> None:
        """Draw a table.

        Args:
            begun: what is drawn of it already; the tokens then hold its head again and the rows to add.
            is_open: more rows may come.
        """
        rows = _rows_of(tokens)
        columns = max((len(row) for row in rows), default=0)
        if columns == 0:
            return
        if begun is None and len(rows) <= PART_ROWS:
            natural, least = self._widths(rows, columns)
            # Qt finds good widths for a table that fits.
            fits = sum(natural) <= self._width
            self._draw(rows, 0, None if fits else self._fitted(natural, least))
            return
        table = self._add_rows(rows, columns, begun)
        if not is_open:
            self._fit(table)

    def render_part(self, tokens: Sequence[Token], begun: LongTable | None) -> LongTable:
        """Draw some rows of a long table for good; returns what is drawn of it now."""
        rows = _rows_of(tokens)
        table = self._add_rows(rows, max(len(row) for row in rows), begun)
        # Fitted anew each time it has doubled, so that this never costs much.
        if table.rows >= 2 * table.fitted_rows:
            self._fit(table)
        return table

    def _add_rows(self, rows: list[list[_Cell]], columns: int, begun: LongTable | None) -> LongTable:
        table = begun or LongTable()
        rows = rows[1:] if begun is not None else rows
        natural, least = self._widths(rows, columns)
        table.natural = [max(pair) for pair in zip_longest(table.natural, natural, fillvalue=0.0)]
        table.least = [max(pair) for pair in zip_longest(table.least, least, fillvalue=0.0)]
        if not table.widths:
            table.widths, table.fitted_rows = self._fitted(table.natural, table.least), len(rows)
        for first in range(0, len(rows), PART_ROWS):
            part = rows[first : first + PART_ROWS]
            table.parts.append(self._draw(part, table.rows, table.widths))
            table.rows += len(part)
        return table

    def _fit(self, table: LongTable) -> None:
        """Widen columns for the words that came since the widths were chosen."""
        widths = self._fitted(table.natural, table.least)
        table.fitted_rows = table.rows
        if widths != table.widths:
            table.widths = widths
            self._writer.refits += [(part, widths) for part in table.parts]

    def _draw(self, rows: list[list[_Cell]], before: int, widths: list[float] | None) -> QTextTable:
        """`before`: rows drawn above as parts of the same table; `widths`: None for those Qt finds."""
        self._writer.before_table(is_seam=before > 0)
        fmt = self._format(before, widths)
        table = self._writer.cursor.insertTable(len(rows), max(len(row) for row in rows), fmt)
        for number, row in enumerate(rows):
            self._fill_row(table, number, row, before + number)
        self._writer.close_frame()
        return table

    def _format(self, before: int, widths: list[float] | None) -> QTextTableFormat:
        styles = self._styles
        fmt = QTextTableFormat()
        fmt.setBorder(styles.hairline)
        fmt.setBorderCollapse(True)
        fmt.setBorderBrush(styles.line)
        fmt.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        fmt.setCellPadding(styles.unit)
        fmt.setCellSpacing(0)
        # The first line of a further part lies exactly on the last line of the part above: between them are
        # that part's margin, both lines, and the block of one pixel that Qt needs between two tables.
        fmt.setTopMargin(-(styles.unit + 1 + 4 * styles.hairline) if before else styles.gap)
        fmt.setBottomMargin(styles.unit)
        fmt.setHeaderRowCount(0 if before else 1)
        if widths is not None:
            set_widths(fmt, widths)
        return fmt

    def _fitted(self, natural: list[float], least: list[float]) -> list[float]:
        """As wide as the columns like to be; else narrower by turning lines, as long as no word is broken.

        A table that is still too wide is scrolled.
        """
        if sum(natural) <= self._width:
            return natural
        lines = self._styles.hairline * (len(natural) + 1)
        spare = self._width - lines - sum(least)
        if spare < 0:
            return [min(one, _WIDEST_COLUMN) for one in natural]
        share = spare / (sum(natural) - sum(least))
        return [low + share * (high - low) for low, high in zip(least, natural, strict=True)]

    def _widths(self, rows: list[list[_Cell]], columns: int) -> tuple[list[float], list[float]]:
        """The widths in which no line is turned, and those below which words would be broken."""
        font = QFont(self._styles.font)
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        padding = 2 * self._styles.unit + 2 * self._styles.hairline
        natural, least = [0.0] * columns, [0.0] * columns
        for row in rows:
            for column, cell in enumerate(row):
                whole = metrics.horizontalAdvance(cell.plain) + padding
                longest = max(_UNBROKEN.findall(cell.plain), key=len, default="")
                word = metrics.horizontalAdvance(longest) + padding
                natural[column] = max(natural[column], whole)
                least[column] = max(least[column], min(whole, max(word, _NARROWEST_COLUMN)))
        return natural, least

    def _fill_row(self, table: QTextTable, number: int, row: list[_Cell], of_all: int) -> None:
        """`of_all`: the row's number in the whole table, which may have parts above this one."""
        styles = self._styles
        for column, cell in enumerate(row):
            target = table.cellAt(number, column)
            look = QTextCharFormat()
            if of_all % 2 == 0:
                look.setBackground(styles.raised)
                target.setFormat(look)
            char = styles.plain()
            if of_all == 0:
                char.setFontWeight(QFont.Weight.DemiBold)
            cursor = target.firstCursorPosition()
            if cell.alignment != Qt.AlignmentFlag.AlignLeft:
                block = cursor.blockFormat()
                block.setAlignment(cell.alignment)
                cursor.setBlockFormat(block)
            self._writer.cursor.setPosition(cursor.position())
            self._inline.render(cell.children, char)


def set_widths(fmt: QTextTableFormat, widths: Sequence[float]) -> None:
    """Give the columns widths in pixels."""
    fmt.setColumnWidthConstraints([QTextLength(QTextLength.Type.FixedLength, width) for width in widths])


def _rows_of(tokens: Sequence[Token]) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    alignment = Qt.AlignmentFlag.AlignLeft
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            alignment = _ALIGNMENTS.get(str(token.attrGet("style")), Qt.AlignmentFlag.AlignLeft)
        elif token.type == "inline":
            rows[-1].append(_Cell(token.children or [], unmarked(token.content), alignment))
    return rows
