"""The layout of tiles: an item view whose places are arithmetic, so 100,000 tiles lay out at once.

Qt's own list view in icon mode places every item: about a second in slices after each change of the list, its
order or the pane's width, and 0.8 s for selecting all. Here nothing depends on the number of tiles.
"""
# ruff: noqa: N802 - the names of the methods are Qt's

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from desktop_app.ui.gallery.delegate import TileDelegate
from desktop_app.ui.gallery.grid_geometry import GridGeometry
from desktop_app.ui.gallery.item_model import GalleryItemModel
from desktop_app.ui.theme.theme import Theme

_Index: TypeAlias = QModelIndex | QPersistentModelIndex

SETTLE_MS = 30
"""What is on screen is told this long after it last changed; scrolling asks for nothing in passing."""


class TileView(QAbstractItemView):
    """Places, paints and scrolls tiles in rows that fill the width.

    Signals:
        visible_changed: other tiles are on screen, or the list is another.
    """

    visible_changed = Signal()

    def __init__(
        self, theme: Theme, model: GalleryItemModel, delegate: TileDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = model
        self._tiles = delegate
        self._tile_px = 144
        self._band: QRect | None = None
        self._top_row = 0
        self._is_resizing = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.visible_changed)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always on: a bar that comes and goes would change the number of columns to and fro.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_tile_px(self, tile_px: int) -> None:
        """Wanted side of the pictures, in device-independent pixels."""
        self._tile_px = tile_px
        self.updateGeometries()

    def geometry_now(self) -> GridGeometry:
        """Where the tiles are at the present width."""
        sizes = self._theme.sizes
        return GridGeometry(
            width=self.viewport().width(),
            count=len(self._list.entries),
            tile=self._tile_px,
            gap=sizes.gap,
            caption=sizes.caption + 2 * sizes.unit,
        )

    def selection_of(self, ranges: Iterable[range]) -> QItemSelection:
        """Qt's form of these rows."""
        selection = QItemSelection()
        for rows in ranges:
            if rows:
                selection.append(QItemSelectionRange(self._list.index(rows[0]), self._list.index(rows[-1])))
        return selection

    # What QAbstractItemView asks of a view

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid():
            return QRect()
        return self._rect(self.geometry_now(), index.row())

    def indexAt(self, point: QPoint) -> QModelIndex:
        tile = self.geometry_now().tile_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if tile is None else self._list.index(tile)

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        rect, height = self.visualRect(index), self.viewport().height()
        if rect.isNull():
            return
        bar = self.verticalScrollBar()
        kind = QAbstractItemView.ScrollHint
        if hint == kind.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif hint == kind.PositionAtTop or rect.top() < 0 or rect.height() > height:
            bar.setValue(bar.value() + rect.top())
        elif hint == kind.PositionAtBottom or rect.bottom() >= height:
            bar.setValue(bar.value() + rect.bottom() + 1 - height)

    def moveCursor(
        self, action_wanted: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        grid = self.geometry_now()
        if grid.count == 0:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self._list.index(0)
        page = max(1, self.viewport().height() // grid.cell_height)
        action = QAbstractItemView.CursorAction
        steps = {
            action.MoveLeft: (-1, 0),
            action.MovePrevious: (-1, 0),
            action.MoveRight: (1, 0),
            action.MoveNext: (1, 0),
            action.MoveUp: (0, -1),
            action.MoveDown: (0, 1),
            action.MovePageUp: (0, -page),
            action.MovePageDown: (0, page),
            action.MoveHome: (-grid.count, 0),
            action.MoveEnd: (grid.count, 0),
        }
        columns, rows = steps[action_wanted]
        return self._list.index(grid.moved(current.row(), columns, rows))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Between two tiles in reading order; dragging from empty ground, those inside the rectangle."""
        grid, offset = self.geometry_now(), self.verticalOffset()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = area = rect.normalized()
            top, bottom = area.top() + offset, area.bottom() + offset
            ranges = list(grid.tiles_in(area.left(), top, area.right(), bottom))
            self.viewport().update()
        else:
            ends = [self.indexAt(corner).row() for corner in (rect.topLeft(), rect.bottomRight())]
            found = [row for row in ends if row >= 0]
            ranges = [range(min(found), max(found) + 1)] if found else []
        self.selectionModel().select(self.selection_of(ranges), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Everything: painting one screen costs less than adding up where 100,000 selected tiles are."""
        return QRegion(self.viewport().rect())

    def updateGeometries(self) -> None:
        grid = self.geometry_now()
        self._tiles.picture_side = grid.picture_side
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(max(1, grid.cell_height // 3))
        bar.setPageStep(height)
        bar.setRange(0, max(0, grid.height - height))
        bar.setEnabled(grid.height > height)  # a handle that cannot move is not drawn
        super().updateGeometries()
        self.viewport().update()
        self._settle.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if not self._is_resizing:
            self._top_row = self._visible_rows().start
        if self._band is None:
            self.viewport().scroll(0, dy)
        else:
            self.viewport().update()
        self._settle.start()

    def reset(self) -> None:
        super().reset()
        self.updateGeometries()

    def paintEvent(self, event: QPaintEvent) -> None:
        grid, offset = self.geometry_now(), self.verticalOffset()
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        base: QStyle.StateFlag = option.state
        current = self.currentIndex().row() if self.hasFocus() else -1
        hovered = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()
        area = event.rect()
        for row in grid.tiles_between(area.top() + offset, area.bottom() + 1 + offset):
            index = self._list.index(row)
            state = base & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
            if self.selectionModel().isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == current:
                state |= QStyle.StateFlag.State_HasFocus
            if row == hovered and self.viewport().underMouse():
                state |= QStyle.StateFlag.State_MouseOver
            option.state = state
            option.rect = self._rect(grid, row)
            self._tiles.paint(painter, option, index)
        if self._band is not None:
            painter.setPen(QPen(self._theme.colour("accent"), self._theme.sizes.hairline))
            painter.drawRect(self._band)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tile at the top in place when the number of columns changes."""
        self._is_resizing = True
        super().resizeEvent(event)
        self.updateGeometries()
        if self._top_row > 0 and event.oldSize().width() != event.size().width():
            _, top = self.geometry_now().place(self._top_row)
            self.verticalScrollBar().setValue(top)
        self._is_resizing = False

    def viewportSizeHint(self) -> QSize:
        side = self._tile_px + 2 * self._theme.sizes.gap
        return QSize(2 * side, 2 * side)

    def _visible_rows(self) -> range:
        offset = self.verticalOffset()
        return self.geometry_now().tiles_between(offset, offset + self.viewport().height())

    def _rect(self, grid: GridGeometry, row: int) -> QRect:
        left, top = grid.place(row)
        return QRect(left, top - self.verticalOffset(), grid.cell_width, grid.cell_height)
