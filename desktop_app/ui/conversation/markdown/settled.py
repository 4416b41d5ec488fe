"""The part of a growing answer that will not be drawn again."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

from desktop_app.ui.conversation.markdown.growing import Growing
from desktop_app.ui.conversation.markdown.writer import Writer


@dataclass(slots=True)
class Settled:
    """How much of the source it is, where it ends in the document, and how drawing goes on behind it.

    Attributes:
        head: source that must precede what follows for it to be parsed alone: a fence or a table's first
            lines.
    """

    length: int = 0
    end: QTextCursor | None = None
    unused: bool = True
    block_format: QTextBlockFormat | None = None
    list_kind: str = ""
    next_number: int = 0
    head: str = ""
    growing: Growing = field(default_factory=Growing)

    def end_at(self, writer: Writer) -> None:
        """All that was written until now belongs to it."""
        self.end = QTextCursor(writer.cursor)
        self.end.setKeepPositionOnInsert(True)
        self.unused = writer.unused
        self.block_format = writer.cursor.blockFormat()

    def clear_behind(self, document: QTextDocument) -> None:
        """Remove everything after it from the document."""
        cursor = QTextCursor(document)
        if self.end is None:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            cursor.setBlockFormat(QTextBlockFormat())
            return
        frame = self.growing.frame
        if frame is not None:
            _clear_between(cursor, self.end.position(), frame.lastPosition())
        cursor.setPosition(self.end.position() if frame is None else frame.lastPosition() + 1)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        wanted = self.block_format if frame is None else QTextBlockFormat()
        if wanted is not None and cursor.blockFormat() != wanted:
            cursor.setBlockFormat(wanted)


def _clear_between(cursor: QTextCursor, start: int, end: int) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
