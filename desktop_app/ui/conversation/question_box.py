"""The box a question is typed into: grows with the text, takes drops, knows the asking keys."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desktop_app.ui.conversation.tray_mime import TRAY_MIME
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.incoming import can_accept, incoming_from_mime

_MOST_LINES = 8


class QuestionBox(QPlainTextEdit):
    """Ctrl+Enter asks, Enter begins a new line, Esc stops.

    Signals:
        ask_requested, stop_requested: by their keys.
        incoming: pictures, files or addresses were dropped or pasted (`Incoming`).
    """

    ask_requested = Signal()
    stop_requested = Signal()
    incoming = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlaceholderText(self.tr("Ask about the picture…"))
        self.setAccessibleName(self.tr("Question"))
        self.setToolTip(self.tr("Ctrl+Enter asks, Esc stops the answer"))
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ask_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return can_accept(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pictures, files and addresses join the question; any other text is typed in."""
        found = incoming_from_mime(source)
        if found.is_empty:
            self.insertPlainText(source.text())
        else:
            self.incoming.emit(found)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._accept_pictures_or(event, super().dragEnterEvent)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._accept_pictures_or(event, super().dragMoveEvent)

    def dropEvent(self, event: QDropEvent) -> None:
        found = incoming_from_mime(event.mimeData())
        if found.is_empty:
            super().dropEvent(event)
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.incoming.emit(found)

    def _accept_pictures_or(self, event: QDragMoveEvent, otherwise: object) -> None:
        if event.mimeData().hasFormat(TRAY_MIME):
            event.ignore()
        elif can_accept(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        elif callable(otherwise):
            otherwise(event)

    def _fit(self) -> None:
        """As tall as the text, one line at least and eight at most."""
        line = self.fontMetrics().lineSpacing()
        lines = 0
        block = self.document().begin()
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        shown = min(max(lines, 1), _MOST_LINES)
        frame = 2 * (self.frameWidth() + self._theme.sizes.unit) + int(2 * self.document().documentMargin())
        height = shown * line + frame
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > _MOST_LINES else None
        self.setVerticalScrollBarPolicy(policy or Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if height != self.minimumHeight():
            self.setFixedHeight(height)
