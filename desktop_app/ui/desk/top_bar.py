"""The bar at the window's top: open a folder, what is open, the server in use, areas and settings."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from desktop_app.ui.desk.actions import DeskActions
from desktop_app.ui.theme.theme import Theme

_EN_SPACE = "\N{EN SPACE}"


class TopBar(QFrame):
    """Its buttons are actions of the desk."""

    def __init__(self, theme: Theme, actions: DeskActions, recent: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setProperty("area", "bar")
        self._row = row = QHBoxLayout(self)
        gap = theme.sizes.gap
        row.setContentsMargins(gap, gap // 2, gap, gap // 2)
        row.setSpacing(gap)
        row.addWidget(self._button(actions.show_gallery))
        self._open = self._button(actions.open_folder)
        # Qt leaves two pixels between a tool button's icon and its words, whatever the style sheet says.
        actions.open_folder.setIconText(f"{_EN_SPACE}{self._open.text()}")
        self._open.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        self._open.setMenu(recent)
        self._open.setToolTip(self.tr("{what}; hold for recent folders").format(what=self._open.toolTip()))
        row.addWidget(self._open)
        self._folder = QLabel(self)
        self._folder.setProperty("role", "faint")
        self._folder.setAccessibleName(self.tr("Open folder"))
        row.addWidget(self._folder, 1)
        row.addWidget(self._button(actions.settings))
        row.addWidget(self._button(actions.show_runs))
        row.addWidget(self._button(actions.show_conversation))

    def fill(self, switcher: QWidget) -> None:
        """Put in what the first paint does not wait for."""
        from PySide6.QtCore import Qt  # building all its enumerations takes 40 ms: not before the first paint

        self._open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._folder.setTextFormat(Qt.TextFormat.PlainText)  # a folder's name is never markup
        self._row.insertWidget(self._row.indexOf(self._folder) + 1, switcher)
        self.setTabOrder(self._open, switcher)

    def show_folder(self, words: str, path: str) -> None:
        """Name the open folder; the tooltip has all of its path."""
        self._folder.setText(words)
        self._folder.setToolTip(path)

    def _button(self, action: QAction) -> QToolButton:
        self._actions.tint_one(action)
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setDefaultAction(action)
        button.setAccessibleName(action.text().rstrip("…"))
        return button
