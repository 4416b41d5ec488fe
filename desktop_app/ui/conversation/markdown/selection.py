"""Reads a drawn document back: as plain text with formulas, and by marked place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtGui import (
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableCell,
)

from desktop_app.ui.conversation.markdown.styles import CHIP_PROPERTY, MARK_PROPERTY
from desktop_app.ui.conversation.markdown.writer import SEAM


def plain_selection(cursor: QTextCursor) -> str:
    """Selected text as it is pasted elsewhere.

    Lines end with "\\n", cells are parted by tabs, items keep their numbers, formulas are "$LaTeX$"; the
    numbers of marked places are left out, beside a figure they would be taken for one.
    """
    if cursor.hasComplexSelection():
        return _cells_selected(cursor)
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    lines: list[str] = []
    row_before: tuple[int, int] | None = None
    block = cursor.document().findBlock(first)
    while block.isValid() and block.position() < last:
        text = _text_of(block, first, last)
        table = cast("QTextTable | None", QTextCursor(block).currentTable())
        if table is not None:
            cell = table.cellAt(block.position())
            row = table.firstPosition(), cell.row()
            if row == row_before:
                lines[-1] += f"\t{text}"
            else:
                lines.append(text)
            row_before = row
        elif text != SEAM:
            row_before = None
            lines.append(_sign_of(block) + text if first <= block.position() else text)
        block = block.next()
    return "\n".join(lines).strip("\n")


def ranges_of_mark(document: QTextDocument, index: int) -> list[QTextCursor]:
    """Cursors that select the words and the chip of a marked place."""
    found: list[QTextCursor] = []
    for fragment in _fragments(document):
        fmt = fragment.charFormat()
        if fmt.hasProperty(MARK_PROPERTY) and fmt.intProperty(MARK_PROPERTY) == index:
            cursor = QTextCursor(document)
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            found.append(cursor)
    return found


def _cells_selected(cursor: QTextCursor) -> str:
    """Some cells of one table."""
    table = cursor.currentTable()
    row, rows, column, columns = cast("tuple[int, int, int, int]", cursor.selectedTableCells())
    cells = [[table.cellAt(r, c) for c in range(column, column + columns)] for r in range(row, row + rows)]
    return "\n".join("\t".join(_text_of_cell(cell) for cell in line) for line in cells)


def _text_of_cell(cell: QTextTableCell) -> str:
    return _text_of(cell.firstCursorPosition().block(), cell.firstPosition(), cell.lastPosition())


def _text_of(block: QTextBlock, first: int, last: int) -> str:
    """What of the block's text lies between two positions of the document."""
    text = ""
    for fragment in _fragments_of(block):
        begin = max(fragment.position(), first)
        end = min(fragment.position() + fragment.length(), last)
        if begin >= end:
            continue
        fmt = fragment.charFormat()
        image = fmt.toImageFormat()
        if image.isValid():
            text += f"${image.toolTip()}$" * (end - begin)
        elif fmt.hasProperty(CHIP_PROPERTY):
            text = text.removesuffix("\u2009")
        else:
            text += _slice(fragment.text(), begin - fragment.position(), end - fragment.position())
    return text.replace("\u2028", "\n").replace("\u2009", " ").replace("\u00a0", " ")


def _slice(text: str, first: int, last: int) -> str:
    """As Qt counts: a letter beyond the first 65536 is two."""
    return text.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le", "replace")


def _sign_of(block: QTextBlock) -> str:
    """The number or sign before a list's item, "" elsewhere."""
    owner = cast("QTextList | None", block.textList())
    if owner is None:
        return ""
    fmt = owner.format()
    is_numbered = fmt.style() == QTextListFormat.Style.ListDecimal
    sign = owner.itemText(block) if is_numbered else "-"
    return "  " * (fmt.indent() - 1) + f"{sign} "


def _fragments(document: QTextDocument) -> Iterator[QTextFragment]:
    block = document.begin()
    while block.isValid():
        yield from _fragments_of(block)
        block = block.next()


def _fragments_of(block: QTextBlock) -> Iterator[QTextFragment]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.isValid():
            yield fragment
        iterator += 1
