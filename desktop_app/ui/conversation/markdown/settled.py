"""The part of a growing answer that will not be drawn again."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument, QTextFrame

from desktop_app.ui.conversation.markdown.growing import Growing
from desktop_app.ui.conversation.markdown.writer import Writer

_BLOCK_END = "\u2029"


@dataclass(slots=True)
class Settled:
    """How much of the source it is, where it ends in the document, and how drawing goes on behind it.

    Attributes:
        head: source that must precede what follows for it to be parsed alone: a fence, a table's first
            lines, or what stands for the words of a paragraph.
        before: what was settled before the paragraph that is being written, should that turn out to be
            something else.
    """

    length: int = 0
    end: QTextCursor | None = None
    unused: bool = True
    block_format: QTextBlockFormat | None = None
    list_kind: str = ""
    next_number: int = 0
    head: str = ""
    growing: Growing = field(default_factory=Growing)
    before: Settled | None = None

    def end_at(self, writer: Writer, drawn_behind: int = 0) -> None:
        """All that was written until now belongs to it, but the last `drawn_behind` characters."""
        self.end = QTextCursor(writer.cursor)
        self.end.setPosition(writer.cursor.position() - drawn_behind)
        self.end.setKeepPositionOnInsert(True)
        self.unused = writer.unused
        self.block_format = writer.cursor.blockFormat()

    def clear_behind(self, document: QTextDocument) -> bool:
        """Remove everything after it from the document, but an empty block where others were.

        Qt would lay out the settled block before it anew if that went too.

        Returns:
            Whether an empty block is left.
        """
        cursor = QTextCursor(document)
        if self.end is None:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            cursor.setBlockFormat(QTextBlockFormat())
            return False
        start, frame = self.end.position(), self.growing.frame
        if frame is not None:
            self._clear_behind_frame(cursor, frame)
        end = document.characterCount() - 1 if frame is None else frame.lastPosition()
        if start == end:
            return False
        goes_on = self.unused or self.growing.in_paragraph
        is_left = not goes_on and document.characterAt(start) == _BLOCK_END
        cursor.setPosition(start + 1 if is_left else start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        wanted = self.block_format
        if frame is None and not is_left and wanted is not None and cursor.blockFormat() != wanted:
            cursor.setBlockFormat(wanted)
        return is_left

    @staticmethod
    def _clear_behind_frame(cursor: QTextCursor, frame: QTextFrame) -> None:
        cursor.setPosition(frame.lastPosition() + 1)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if cursor.blockFormat() != QTextBlockFormat():
            cursor.setBlockFormat(QTextBlockFormat())
