"""Says that something goes along with the next question, and lets it be read and left out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

_MOST_IN_TIP = 1_500


class QuoteBar(QFrame):
    """Signals:
    left_out: the question is to be asked without it.
    """

    left_out = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = ""
        self.setProperty("area", "question")
        self._sign = QLabel(self)
        self._words = ElidedLabel(self)
        self._words.set_text(self.tr("With the run's question and answer"))
        self._close = QToolButton(self)
        self._close.setProperty("look", "quiet")
        self._close.setToolTip(self.tr("Ask without it (Esc)"))
        self._close.setAccessibleName(self.tr("Ask without the run's question and answer"))
        self._close.clicked.connect(self.left_out)
        row = QHBoxLayout(self)
        sizes = theme.sizes
        row.setContentsMargins(sizes.gap, 0, 0, 0)
        row.setSpacing(sizes.unit)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._close)
        theme.changed.connect(self._paint_icons)
        self._paint_icons()
        self.hide()

    def show_text(self, text: str) -> None:
        """What goes along; "" for nothing."""
        self.text = text
        self.setToolTip(text if len(text) <= _MOST_IN_TIP else text[:_MOST_IN_TIP] + "…")
        self._words.setAccessibleDescription(text)
        self.setVisible(bool(text))

    def _paint_icons(self) -> None:
        side = self._theme.sizes.icon
        self._sign.setPixmap(self._theme.icon("list-checks").pixmap(side, side))
        self._close.setIcon(self._theme.icon("x"))
