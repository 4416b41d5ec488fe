"""Reads a drawn document back: as plain text with formulas, and by marked place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QTextCursor, QTextDocument, QTextFragment

from desktop_app.ui.conversation.markdown.styles import MARK_PROPERTY
from desktop_app.ui.conversation.markdown.writer import SEAM

_OBJECT = "\ufffc"
_SEAM_LINE = re.compile(rf"(?:^|\n){SEAM}(?=\n|\Z)")


def plain_selection(cursor: QTextCursor) -> str:
    """Selected text with line ends as "\\n", formulas as "$LaTeX$"."""
    text = cursor.selection().toPlainText().replace("\u2009", " ").replace("\u00a0", "")
    text = _SEAM_LINE.sub("", text)
    if _OBJECT not in text:
        return text.strip("\n")
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    for fragment in _fragments(cursor.document()):
        begin, end = fragment.position(), fragment.position() + fragment.length()
        image = fragment.charFormat().toImageFormat()
        if image.isValid() and begin < last and end > first:
            count = min(end, last) - max(begin, first)
            text = text.replace(_OBJECT, f"${image.toolTip()}$", count)
    return text.strip("\n")


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


def _fragments(document: QTextDocument) -> Iterator[QTextFragment]:
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.isValid():
                yield fragment
            iterator += 1
        block = block.next()
