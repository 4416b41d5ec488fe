"""Draws Markdown tables with hairlines and alternating rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

from desktop_app.ui.conversation.markdown.inline import InlineRenderer
from desktop_app.ui.conversation.markdown.marks import unmarked
from desktop_app.ui.conversation.markdown.writer import Writer

if TYPE_CHECKING:
    from markdown_it.token import Token

_WIDEST_COLUMN = 280.0
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

    def render(self, tokens: Sequence[Token]) -> None:
        rows = _rows_of(tokens)
        columns = max((len(row) for row in rows), default=0)
        if columns == 0:
            return
        self._writer.before_table()
        table = self._writer.cursor.insertTable(len(rows), columns, self._format(rows, columns))
        for number, row in enumerate(rows):
            self._fill_row(table, number, row)
        self._writer.close_frame()
        self._inline.tail_format = None

    def _format(self, rows: list[list[_Cell]], columns: int) -> QTextTableFormat:
        fmt = QTextTableFormat()
        fmt.setBorder(self._styles.hairline)
        fmt.setBorderCollapse(True)
        fmt.setBorderBrush(self._styles.line)
        fmt.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        fmt.setCellPadding(self._styles.unit)
        fmt.setCellSpacing(0)
        fmt.setTopMargin(self._styles.gap)
        fmt.setBottomMargin(self._styles.unit)
        fmt.setHeaderRowCount(1)
        widths = self._natural_widths(rows, columns)
        if sum(widths) > self._width:
            # Squeezed columns break words letter by letter; a wide table is scrolled instead.
            fmt.setColumnWidthConstraints([QTextLength(QTextLength.Type.FixedLength, w) for w in widths])
        return fmt

    def _natural_widths(self, rows: list[list[_Cell]], columns: int) -> list[float]:
        font = QFont(self._styles.font)
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        padding = 2 * self._styles.unit + 2 * self._styles.hairline
        widths = [0.0] * columns
        for row in rows:
            for column, cell in enumerate(row):
                natural = metrics.horizontalAdvance(cell.plain) + padding
                widths[column] = max(widths[column], min(natural, _WIDEST_COLUMN))
        return widths

    def _fill_row(self, table: QTextTable, number: int, row: list[_Cell]) -> None:
        styles = self._styles
        for column, cell in enumerate(row):
            target = table.cellAt(number, column)
            look = QTextCharFormat()
            if number == 0 or number % 2 == 0:
                look.setBackground(styles.raised)
                target.setFormat(look)
            char = styles.plain()
            if number == 0:
                char.setFontWeight(QFont.Weight.DemiBold)
            cursor = target.firstCursorPosition()
            if cell.alignment != Qt.AlignmentFlag.AlignLeft:
                block = cursor.blockFormat()
                block.setAlignment(cell.alignment)
                cursor.setBlockFormat(block)
            self._writer.cursor.setPosition(cursor.position())
            self._inline.render(cell.children, char)


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
