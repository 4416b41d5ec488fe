"""Why pictures of the selected run failed, in plain words, and why it stands still."""

from __future__ import annotations

from collections.abc import Sequence

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

from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.ui.report import sentence
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

MOST_LINES = 3
"""Seen at once; the others are scrolled to."""


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
        self._run_id = 0
        self._is_low = False
        self._lines: list[_Reason] = []
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
        return QSize(self._content.sizeHint().width(), self._height_of(1 if self._is_low else MOST_LINES))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height_of(1))

    def set_low(self, low: bool) -> None:
        """One line at once, where there is little room."""
        if low != self._is_low:
            self._is_low = low
            self.updateGeometry()

    def _height_of(self, lines: int) -> int:
        """With so many lines, or all there are; what stands below them belongs to it."""
        seen = [line.sizeHint().height() for line in self._lines[:lines]]
        between = self._column.spacing() * max(0, len(seen) - 1)
        return sum(seen) + between + self._column.contentsMargins().bottom()

    def show_groups(self, run_id: int, groups: Sequence[FailureGroup]) -> None:
        """A line for each reason of a run, the most frequent first.

        While it works the same reasons come again with more pictures: their lines stay where they are,
        below the mouse and with the keyboard, even when another is the most frequent now.
        """
        by_code = {group.example.code: group for group in groups}
        is_another, self._run_id = run_id != self._run_id, run_id
        if is_another or {line.code for line in self._lines} != by_code.keys():
            self._make_lines(groups)
        for line in self._lines:
            line.show_group(by_code[line.code])
        self.updateGeometry()

    @property
    def has_reasons(self) -> bool:
        return bool(self._lines)

    def _make_lines(self, groups: Sequence[FailureGroup]) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [_Reason(self._theme, group.example.code, self._content) for group in groups]
        for line in self._lines:
            line.show_requested.connect(self.show_requested)
            line.retry_requested.connect(self.retry_requested)
            self._column.addWidget(line)
        self.verticalScrollBar().setValue(0)


class _Reason(QWidget):
    """One line."""

    show_requested = Signal(tuple)
    retry_requested = Signal(tuple)

    def __init__(self, theme: Theme, code: ErrorCode, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = code
        self._item_ids: tuple[int, ...] = ()
        sign = QLabel(self)
        side = theme.sizes.icon
        sign.setPixmap(theme.icon("circle-x", "bad").pixmap(side, side))
        self._words = ElidedLabel(self)
        self._words.setProperty("role", "secondary")
        self._show, self._again = QPushButton(self.tr("Show"), self), QPushButton(self.tr("Ask again"), self)
        self._show.clicked.connect(lambda: self.show_requested.emit(self._item_ids))
        self._again.clicked.connect(lambda: self.retry_requested.emit(self._item_ids))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.gap)
        row.addWidget(sign)
        row.addWidget(self._words, 1)
        for button in (self._show, self._again):
            button.setProperty("look", "quiet")
            row.addWidget(button)

    def show_group(self, group: FailureGroup) -> None:
        self._item_ids = group.item_ids
        count, why = len(group.item_ids), sentence(group.example.as_error())
        others = self.tr("{why} And {count} more like it.").format(why=why, count=f"{count - 1:,}")
        self._words.set_text(why if count == 1 else others)
        for button in (self._show, self._again):
            button.setAccessibleName(f"{button.text()}: {why}")
