"""What can be done with the picture from anywhere in its window: for the menu, with the keys that do it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.ui.picture.bar import PictureBar
from desktop_app.ui.picture.canvas import Canvas


class PictureActions(QObject):
    """Actions of the widget that holds the picture, so that the keys work wherever the keyboard is.

    A field that is being typed in keeps its letters. While the picture fills the screen, the canvas and its
    view know the same keys.
    """

    def __init__(self, owner: QWidget, canvas: Canvas, bar: PictureBar) -> None:
        super().__init__(owner)
        self._owner = owner
        self._need_picture = (
            self._add(self.tr("Zoom in"), ("+", "=", "Ctrl++", "Ctrl+="), canvas.zoom_in),
            self._add(self.tr("Zoom out"), ("-", "Ctrl+-"), canvas.zoom_out),
            self._add(self.tr("Fit the whole picture"), ("Ctrl+0",), canvas.fit),
            self._add(self.tr("Actual pixels, 100 %"), ("Ctrl+1",), canvas.show_actual_pixels),
        )
        self._add_switch(self.tr("Show the marks of the answer"), "E", bar.evidence)
        self._add_switch(self.tr("Facts about this file"), "I", bar.facts)

    def set_picture_shown(self, shown: bool) -> None:
        """Without a picture there is nothing to zoom."""
        for action in self._need_picture:
            action.setEnabled(shown)

    def _add(self, text: str, keys: tuple[str, ...], do: Callable[[], object]) -> QAction:
        action = QAction(text, self._owner)
        action.setShortcuts([QKeySequence.fromString(key) for key in keys])
        action.triggered.connect(lambda _checked: do())
        self._owner.addAction(action)
        return action

    def _add_switch(self, text: str, key: str, button: QToolButton) -> None:
        action = self._add(text, (key,), lambda: None)
        action.setCheckable(True)
        action.setChecked(button.isChecked())
        action.toggled.connect(button.setChecked)
        button.toggled.connect(action.setChecked)
