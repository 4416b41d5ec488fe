"""Writes blocks, frames, tables and marked text at the end of a text document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextImageFormat,
    QTextTable,
)

from desktop_app.ui.conversation.markdown.formulas import Formula, FormulaKey, Formulas
from desktop_app.ui.conversation.markdown.marks import MarkReader, has_marks, unmarked
from desktop_app.ui.conversation.markdown.pending_formulas import PendingFormula
from desktop_app.ui.conversation.markdown.styles import Styles

SEAM = "\u2060"
"""The invisible words between two parts of one table, by which copying leaves that line out."""


class Writer:
    """A cursor at the end of the document that knows whether its block is still unused."""

    def __init__(
        self,
        document: QTextDocument,
        styles: Styles,
        formulas: Formulas,
        ratio: float,
        unused: bool,
        spare: bool = False,
    ) -> None:
        """
        Args:
            unused: the last block is empty and waits for content (a new document, or after a frame).
            spare: the last block is what is left of one that was removed; it goes too if nothing takes it.
        """
        self.styles = styles
        self.cursor = QTextCursor(document)
        self.cursor.movePosition(QTextCursor.MoveOperation.End)
        self.unused = unused or spare
        self._spare = spare
        self.pending: list[PendingFormula] = []
        self.refits: list[tuple[QTextTable, list[float]]] = []
        """Parts of long tables that want other column widths."""
        self._document = document
        self._formulas = formulas
        self._ratio = ratio
        self._marks = MarkReader()

    @property
    def at_start(self) -> bool:
        return self.unused and self.cursor.position() == 0

    def block(self, fmt: QTextBlockFormat, char: QTextCharFormat) -> None:
        """Begin a block; the first one of a document has nothing above it."""
        if self.at_start:
            fmt.setTopMargin(0)
        self.block_in_frame(fmt, char)

    def text(self, text: str, fmt: QTextCharFormat) -> None:
        if not has_marks(text):
            self.cursor.insertText(text, fmt)
            return
        for piece in self._marks.pieces(text):
            inside = fmt if piece.mark is None else self.styles.mark(fmt, piece.mark)
            if piece.text:
                self.cursor.insertText(piece.text, inside)
            if piece.closes is not None:
                self.cursor.insertText("\u2009", fmt)
                self.chip(piece.closes, fmt)

    def chip(self, index: int, fmt: QTextCharFormat) -> None:
        """The number of a marked place; no-break spaces keep it in one piece."""
        self.cursor.insertText(f"\u00a0{index + 1}\u00a0", self.styles.chip(fmt, index))

    def list_marks(self, marks: Sequence[tuple[int, str]]) -> None:
        """A line of numbers and labels, for marked places that no words belong to."""
        if not marks:
            return
        plain = self.styles.plain()
        self.block(self.styles.block(), plain)
        for position, (index, label) in enumerate(marks):
            if position:
                self.text("  ", plain)
            self.chip(index, plain)
            if label:
                self.text("\u2009", plain)
                self.text(label, self.styles.mark(plain, index))

    def open_frame(self) -> QTextFrame:
        """A frame for code; `close_frame` ends it."""
        self.hide_empty_block()
        fmt = QTextFrameFormat()
        fmt.setBackground(self.styles.code_ground)
        fmt.setBorder(self.styles.hairline)
        fmt.setBorderBrush(self.styles.line)
        fmt.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        fmt.setPadding(self.styles.gap)
        fmt.setTopMargin(self.styles.gap)
        fmt.setBottomMargin(self.styles.unit)
        frame = self.cursor.insertFrame(fmt)
        self.unused = True
        return frame

    def block_in_frame(self, fmt: QTextBlockFormat, char: QTextCharFormat) -> None:
        """Begin a block within a frame, where none is the first one of the document."""
        if self.unused:
            self.cursor.setBlockFormat(fmt)
            self.cursor.setBlockCharFormat(char)
            self.unused = self._spare = False
        else:
            self.cursor.insertBlock(fmt, char)

    def close_frame(self) -> None:
        self._drop_spare()
        self.cursor.movePosition(QTextCursor.MoveOperation.End)
        self.unused = True

    def before_table(self, *, is_seam: bool) -> None:
        """`is_seam`: another part of the same table stands directly above."""
        self.hide_empty_block()
        if is_seam:
            self.cursor.insertText(SEAM)

    def continue_in(self, frame: QTextFrame) -> None:
        """Go on at the end of a frame."""
        self.cursor.setPosition(frame.lastPosition())
        self.unused = self._spare

    def formula(self, latex: str, display: bool, char: QTextCharFormat) -> None:
        """The formula, or its source until it is drawn; broken ones stay source."""
        opened = latex if not has_marks(latex) else unmarked(latex)
        key = FormulaKey(opened.strip(), display, self.styles.body_px, self.styles.text.name(), self._ratio)
        known, formula = self._formulas.get(key)
        if formula is not None:
            self.cursor.insertImage(formula_image(self._document, key, formula, self.styles))
            return
        start = self.cursor.position()
        self.cursor.insertText(key.latex.replace("\n", "\u2028"), self.styles.code(char))
        if not known:
            source = QTextCursor(self.cursor)
            source.setPosition(start)
            source.setPosition(self.cursor.position(), QTextCursor.MoveMode.KeepAnchor)
            source.setKeepPositionOnInsert(True)
            self.pending.append(PendingFormula(key, source))

    def hide_empty_block(self) -> None:
        """The one that Qt keeps behind a frame or table, at the end or where another one follows."""
        self._drop_spare()
        if self.unused:
            self.cursor.setBlockFormat(self.styles.sliver())

    def _drop_spare(self) -> None:
        if self._spare:
            self.cursor.deletePreviousChar()
            self.unused = self._spare = False


def formula_image(
    document: QTextDocument, key: FormulaKey, formula: Formula, styles: Styles
) -> QTextImageFormat:
    """An image format that puts the formula's baseline on the line's.

    Qt puts an image with AlignBaseline so that it ends at the descent of the format's font; a font whose
    descent is exactly the formula's depth makes the baselines meet.
    """
    name = key.name
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), formula.image)
    fmt = QTextImageFormat()
    fmt.setName(name)
    fmt.setWidth(formula.width)
    fmt.setHeight(formula.height)
    fmt.setToolTip(key.latex)
    if key.display:
        return fmt
    fmt.setFont(styles.font_of_descent(formula.depth))
    fmt.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    fmt.setProperty(QTextFormat.Property.ImageAltText, key.latex)
    return fmt
