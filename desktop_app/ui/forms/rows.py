"""Fields of the dialog, each below its label, with room for what is wrong beneath it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.spoken import spoken


class ProblemLabel(QWidget):
    """A sign and a sentence; hidden while nothing is wrong."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = QLabel()
        self._words = plain_label("bad")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.unit)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def show_problem(self, text: str) -> None:
        """ "" for none."""
        self._words.setText(text)
        self.setVisible(bool(text))

    def _tint(self) -> None:
        side = self._theme.sizes.icon
        self._sign.setPixmap(self._theme.icon("circle-alert", "bad").pixmap(side, side))


class Row(QWidget):
    """A label, a field and what is wrong with it."""

    def __init__(self, theme: Theme, text: str, field: QWidget, *beside: QWidget) -> None:
        """`text` may hold a mnemonic; `beside` stands at the right of the label."""
        super().__init__()
        self.field = field
        self.problem = ProblemLabel(theme)
        label = QLabel(text)
        label.setBuddy(field)
        field.setAccessibleName(spoken(text))
        top = QHBoxLayout()
        top.setSpacing(theme.sizes.unit)
        top.addWidget(label, 1)
        for widget in beside:
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.sizes.unit)
        column.addLayout(top)
        column.addWidget(field)
        column.addWidget(self.problem)

    def show_problem(self, text: str) -> None:
        """Told to screen readers with the field as well."""
        self.problem.show_problem(text)
        self.field.setAccessibleDescription(text)
