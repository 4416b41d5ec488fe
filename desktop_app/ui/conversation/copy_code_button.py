"""A button over the code in an answer that copies it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor, QTextFrame
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.ui.conversation.markdown.styles import CODE_PROPERTY
from desktop_app.ui.theme.theme import Theme


class CopyCodeButton(QToolButton):
    """Lies in the top right corner of the code that the pointer is on."""

    def __init__(self, theme: Theme, text_area: QWidget) -> None:
        super().__init__(text_area)
        self._theme = theme
        self._text_area = text_area
        self._code = ""
        self.setToolTip(self.tr("Copy this code"))
        self.setAccessibleName(self.tr("Copy this code"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._code))
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    def show_over(self, frame: QTextFrame, area: QRectF) -> None:
        """Offer to copy the code of a frame that fills `area` of the text."""
        self._code = code_in(frame)
        gap = self._theme.sizes.unit
        right = self._text_area.width() - self.sizeHint().width() - gap
        self.move(right, int(area.top()) + 3 * gap)
        self.show()

    def _tint(self) -> None:
        self.setIcon(self._theme.icon("copy"))


def code_frame_at(cursor: QTextCursor) -> QTextFrame | None:
    """The frame around the code at a place in an answer."""
    frame = cursor.currentFrame()
    return frame if frame is not None and frame.property(CODE_PROPERTY) is not None else None


def code_in(frame: QTextFrame) -> str:
    return str(frame.property(CODE_PROPERTY))
