"""A window that shows the picture alone, on the whole screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class FullScreenWindow(QWidget):
    """Borrows a widget for as long as it is open.

    Signals:
        closed: the widget may be taken back.
    """

    closed = Signal()

    def __init__(self, content: QWidget, title: str, handle_key: Callable[[QKeyEvent], bool]) -> None:
        """`handle_key`: what the keys do that the content leaves alone; True when it did something."""
        super().__init__(None, Qt.WindowType.Window)
        self._handle_key = handle_key
        self.setWindowTitle(title)
        self.setProperty("area", "ground")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handle_key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
