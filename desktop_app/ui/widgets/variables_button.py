"""A button that puts words into a prompt which are different for each picture."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop_app.domain.forms.variables import OF_PICTURE, in_prompt
from desktop_app.ui.theme.theme import Theme


class VariablesButton(QToolButton):
    """Its menu may be given further ones.

    Signals:
        chosen: a variable as it stands in a prompt.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(self.tr("Insert"))
        self.setToolTip(self.tr("Words that are different for each picture"))
        self.setAccessibleName(self.toolTip())
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.words = QMenu(self)
        told = (
            self.tr("File name"),
            self.tr("Folder"),
            self.tr("Date taken"),
            self.tr("Size in pixels"),
        )
        for text, variable in zip(told, OF_PICTURE, strict=True):
            self.words.addAction(text, partial(self.chosen.emit, in_prompt(variable)))
        self.setMenu(self.words)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        self._theme.put_beside(self, "plus")
