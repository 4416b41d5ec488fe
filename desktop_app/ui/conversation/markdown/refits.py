"""Parts of long tables that wait for other column widths."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable
from shiboken6 import isValid

from desktop_app.ui.conversation.markdown.tables import set_widths


class Refits:
    """Done a few at a time: each lays out its part of the table anew."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._waiting: deque[tuple[QTextTable, Sequence[float]]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, parts: Iterable[tuple[QTextTable, Sequence[float]]]) -> None:
        """Later rows asked for these widths."""
        self._waiting.extend(parts)

    def forget(self) -> None:
        """The tables are drawn anew."""
        self._waiting.clear()

    def do(self, count: int) -> None:
        """Give so many parts their widths."""
        edit = QTextCursor(self._document)
        edit.beginEditBlock()
        for _ in range(min(count, len(self._waiting))):
            table, widths = self._waiting.popleft()
            if isValid(table):  # it may have been drawn anew since
                fmt = table.format().toTableFormat()
                set_widths(fmt, widths)
                table.setFormat(fmt)
        edit.endEditBlock()
