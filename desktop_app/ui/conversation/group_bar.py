"""Leads through the groups a question about too many pictures was asked in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop_app.ui.theme.theme import Theme


class GroupBar(QFrame):
    """Signals:
    chosen: show this group, counted from 1; 0 is the question about all pictures.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = 0
        self.setProperty("area", "question")
        self._words = QLabel(self)
        self._earlier = self._button(self.tr("Earlier group"), -1)
        self._later = self._button(self.tr("Next group"), 1)
        self._all = QPushButton(self)
        self._all.setToolTip(self.tr("Show all these pictures together again"))
        self._all.clicked.connect(lambda: self.chosen.emit(0))
        row = QHBoxLayout(self)
        sizes = theme.sizes
        row.setContentsMargins(sizes.margin, sizes.unit, sizes.unit, sizes.unit)
        row.setSpacing(sizes.unit)
        row.addWidget(self._words, 1)
        for button in (self._earlier, self._later, self._all):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._paint_icons)
        self._paint_icons()
        self.hide()

    def show_groups(self, number: int, count: int, pictures: int) -> None:
        """Group `number` of `count` is shown, 0 for all `pictures` together; a count of 0 hides the bar."""
        self._number = number
        if number:
            self._words.setText(self.tr("Group {number} of {count}").format(number=number, count=count))
        else:
            self._words.setText(self.tr("Asked in {count} groups").format(count=count))
        self._earlier.setEnabled(number > 1)
        self._later.setEnabled(number < count)
        self._all.setText(self.tr("All {count} pictures").format(count=pictures))
        self._all.setAccessibleName(self._all.text())
        self._all.setVisible(number > 0)
        self.setVisible(count > 0)

    def _button(self, words: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self.chosen.emit(self._number + step))
        return button

    def _paint_icons(self) -> None:
        self._earlier.setIcon(self._theme.icon("chevron-left"))
        self._later.setIcon(self._theme.icon("chevron-right"))
