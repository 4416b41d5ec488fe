"""A table whose first column stays in place when the others are scrolled sideways."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTableView

from desktop_app.ui.theme.theme import Theme

Index: TypeAlias = QModelIndex | QPersistentModelIndex

MOST_OF_WIDTH = 0.6
"""A first column that takes more of the table than this scrolls away like the others."""


class PinnedTable(QTableView):
    """One view, not a second one on top: keys, selection and dragging know nothing of the column's place, and
    rows that are scrolled are moved on screen together with it. Only cells that can be seen are drawn.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def pinned_width(self) -> int:
        """Of the first column while it covers a part of the others; 0 while nothing is scrolled."""
        if not self.horizontalHeader().offset():
            return 0
        width = self.columnWidth(0)
        return width if width <= MOST_OF_WIDTH * self.viewport().width() else 0

    def indexAt(self, place: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        if 0 <= place.x() < self.pinned_width:
            return self.model().index(self.rowAt(place.y()), 0)
        return super().indexAt(place)

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        rect = super().visualRect(index)
        if index.column() == 0 and self.pinned_width:
            rect.moveLeft(0)
        return rect

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """The cell ends up beside the pinned column, not below it."""
        bar = self.horizontalScrollBar()
        if index.column() == 0 and self.pinned_width:
            before = bar.value()
            super().scrollTo(index, hint)
            bar.setValue(before)
            return
        super().scrollTo(index, hint)
        covered = self.pinned_width - self.columnViewportPosition(index.column())
        if covered > 0 and index.column() > 0:
            bar.setValue(bar.value() - covered)

    def paintEvent(self, event: QPaintEvent) -> None:
        width = self.pinned_width
        if not width:
            super().paintEvent(event)
            return
        pinned = QRect(0, 0, width, self.viewport().height())
        super().paintEvent(QPaintEvent(event.region() - QRegion(pinned)))
        dirty = event.rect() & pinned
        if not dirty.isEmpty():
            painter = QPainter(self.viewport())
            self._draw_pinned(painter, dirty, width)

    def _draw_pinned(self, painter: QPainter, dirty: QRect, width: int) -> None:
        painter.fillRect(dirty, self._theme.colour("surface"))
        option, model = QStyleOptionViewItem(), self.model()
        self.initViewItemOption(option)
        plain, current = option.state, self.currentIndex()
        row = self.rowAt(dirty.top())
        while 0 <= row < model.rowCount() and self.rowViewportPosition(row) <= dirty.bottom():
            index = model.index(row, 0)
            option.state = plain
            if self.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == current and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            option.rect = QRect(0, self.rowViewportPosition(row), width, self.rowHeight(row))
            self.itemDelegate().paint(painter, option, index)
            row += 1
        line = self._theme.sizes.hairline
        painter.fillRect(width - line, dirty.top(), line, dirty.height(), self._theme.colour("line"))
