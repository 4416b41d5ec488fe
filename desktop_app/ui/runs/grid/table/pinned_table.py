"""A table whose first column stays in place when the others are scrolled sideways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from desktop_app.ui.runs.grid.table.row_painter import Row, RowPainter
from desktop_app.ui.theme.theme import Theme

Index: TypeAlias = QModelIndex | QPersistentModelIndex

MOST_OF_WIDTH = 0.6
"""A first column that takes more of the table than this scrolls away like the others."""


class PinnedTable(QTableView):
    """One view, not a second one on top: keys, selection and dragging know nothing of the column's place, and
    rows that are scrolled are moved on screen together with it.

    Rows are drawn here and not by Qt, which would ask Python half a dozen questions about each cell and let
    other threads go first at every one: beside one that reads, a screen of cells took ten times as long.
    """

    def __init__(self, theme: Theme, rows: RowPainter) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
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

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - Qt's name
        """For a double click on a column's edge: the widest of the cells on screen."""
        return max((self._rows.width_of(row, column) for row in self.visible_rows()), default=0)

    def visible_rows(self) -> range:
        """Those of which something is on screen."""
        return self._rows_between(0, self.viewport().height() - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, width = QPainter(self.viewport()), self.pinned_width
        pinned = QRect(0, 0, width, self.viewport().height())
        for dirty in event.region():  # type: ignore[attr-defined]  # missing in its stub
            rows = self._rows_between(dirty.top(), dirty.bottom())
            if dirty.right() >= width:
                self._draw(painter, dirty.adjusted(max(0, width - dirty.left()), 0, 0, 0), rows)
            if dirty.left() < width:
                self._draw_pinned(painter, dirty & pinned, rows)

    def _draw(self, painter: QPainter, dirty: QRect, rows: range) -> None:
        columns = [
            (column, left, width)
            for column in range(self.model().columnCount())
            if (left := self.columnViewportPosition(column)) <= dirty.right()
            and left + (width := self.columnWidth(column)) > dirty.left()
        ]
        if columns:
            self._draw_rows(painter, dirty, rows, columns)

    def _draw_pinned(self, painter: QPainter, dirty: QRect, rows: range) -> None:
        width, line = self.pinned_width, self._theme.sizes.hairline
        self._draw_rows(painter, dirty, rows, [(0, 0, width)])
        painter.fillRect(width - line, dirty.top(), line, dirty.height(), self._theme.colour("line"))

    def _draw_rows(
        self, painter: QPainter, dirty: QRect, rows: range, columns: Sequence[tuple[int, int, int]]
    ) -> None:
        painter.setClipRect(dirty)
        model, selected, current = self.model(), self.selectionModel(), self.currentIndex()
        keyboard = (current.row(), current.column()) if current.isValid() and self.hasFocus() else (-1, -1)
        for number in rows:
            is_selected = selected.isSelected(model.index(number, 0))
            column = keyboard[1] if number == keyboard[0] else -1
            top, height = self.rowViewportPosition(number), self.rowHeight(number)
            self._rows.draw(painter, Row(number, top, height, is_selected, column), columns)

    def _rows_between(self, top: int, bottom: int) -> range:
        """The rows at these heights of the viewport and between them."""
        first, last = self.rowAt(top), self.rowAt(bottom)
        if first < 0:
            return range(0)
        return range(first, last + 1 if last >= 0 else self.model().rowCount())
