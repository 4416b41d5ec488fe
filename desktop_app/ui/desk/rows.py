"""The desk in two rows: the areas above, the runs below. Made when runs are first wanted."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop_app.ui.theme.theme import Theme

_KEY = "window/rows"
_SHARE_ABOVE, _SHARE_BELOW = 1, 1


class Rows(QSplitter):
    """Takes the place of the areas in the window's column."""

    def __init__(self, theme: Theme, column: QVBoxLayout, areas: QWidget, runs: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setHandleWidth(theme.sizes.hairline)
        self.setChildrenCollapsible(False)
        place, size = column.indexOf(areas), areas.size()
        column.removeWidget(areas)
        self.addWidget(areas)
        self.addWidget(runs)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.resize(size)  # a splitter fits its parts to the size it has
        above = size.height() * _SHARE_ABOVE // (_SHARE_ABOVE + _SHARE_BELOW)
        self.setSizes([above, size.height() - above])
        column.insertWidget(place, self, 1)

    def restore(self, stored: QSettings) -> None:
        """The split of last time."""
        state = stored.value(_KEY)
        if isinstance(state, QByteArray):
            self.restoreState(state)

    def save(self, stored: QSettings) -> None:
        stored.setValue(_KEY, self.saveState())
