"""Why pictures of the selected run failed, in plain words, and why it stands still."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.ui.report import sentence
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

MOST_LINES = 3


class FailuresBar(QWidget):
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
        self._column = QVBoxLayout(self)
        sizes = theme.sizes
        self._column.setContentsMargins(sizes.margin, 0, sizes.gap, sizes.gap)
        self._column.setSpacing(sizes.unit)
        self.hide()

    def show_groups(self, groups: Sequence[FailureGroup]) -> None:
        """The most frequent reasons, a line each."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(group) for group in groups[:MOST_LINES]]
        if len(groups) > MOST_LINES:
            rest = sum(len(group.item_ids) for group in groups[MOST_LINES:])
            more = QLabel(self.tr("{count} more for other reasons").format(count=f"{rest:,}"), self)
            more.setProperty("role", "caption")
            self._lines.append(more)
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(groups))

    def _line(self, group: FailureGroup) -> QWidget:
        count, why = len(group.item_ids), sentence(group.example.as_error())
        line = QWidget(self)
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
