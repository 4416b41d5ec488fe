"""Why pictures of the selected run failed, in plain words, and why it stands still."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.ui.report import sentence
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

MOST_LINES = 3
"""Seen at once; the others are scrolled to. Where there is little room it is one line."""


class FailuresBar(QScrollArea):
    """Signals:
    show_requested: ids of the items that failed for one reason.
    retry_requested: the same, to be asked again.
    """

    show_requested = Signal(tuple)
    retry_requested = Signal(tuple)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[QWidget] = []
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        sizes = theme.sizes
        self._column.setContentsMargins(sizes.margin, 0, sizes.gap, sizes.gap)
        self._column.setSpacing(sizes.unit)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Why pictures failed"))
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(self._content.sizeHint().width(), self._height_of(MOST_LINES))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height_of(1))

    def _height_of(self, lines: int) -> int:
        """With so many lines, or all there are; what stands below them belongs to it."""
        seen = [line.sizeHint().height() for line in self._lines[:lines]]
        between = self._column.spacing() * max(0, len(seen) - 1)
        return sum(seen) + between + self._column.contentsMargins().bottom()

    def show_groups(self, groups: Sequence[FailureGroup]) -> None:
        """A line for each reason, the most frequent first."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(group) for group in groups]
        for line in self._lines:
            self._column.addWidget(line)
        self.updateGeometry()
        self.verticalScrollBar().setValue(0)
        self.setVisible(bool(groups))

    def _line(self, group: FailureGroup) -> QWidget:
        count, why = len(group.item_ids), sentence(group.example.as_error())
        line = QWidget(self._content)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.sizes.gap)
        sign = QLabel(line)
        side = self._theme.sizes.icon
        sign.setPixmap(self._theme.icon("circle-x", "bad").pixmap(side, side))
        words = ElidedLabel(line)
        words.setProperty("role", "secondary")
        others = self.tr("{why} And {count} more like it.").format(why=why, count=f"{count - 1:,}")
        words.set_text(why if count == 1 else others)
        row.addWidget(sign)
        row.addWidget(words, 1)
        for text, signal in (
            (self.tr("Show"), self.show_requested),
            (self.tr("Ask again"), self.retry_requested),
        ):
            button = QPushButton(text, line)
            button.setProperty("look", "quiet")
            button.setAccessibleName(f"{text}: {why}")
            button.clicked.connect(partial(signal.emit, group.item_ids))
            row.addWidget(button)
        return line
