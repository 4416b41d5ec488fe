"""The heads of the answer grid's columns: name, unit, order and filter, with the summaries below them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.ui.runs.grid.item_model import GridItemModel, is_number
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme


class GridHeader(QHeaderView):
    """Signals:
    sort_wanted(column): its name was clicked.
    filter_wanted(column): the sign at its right was clicked.
    menu_wanted(column, place on the screen).
    """

    sort_wanted = Signal(int)
    filter_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, theme: Theme, words: GridWords, model: GridItemModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._words = words
        self._items = model
        self._foot: QWidget | None = None
        self._sorted: tuple[str, bool] = ("", False)
        self._filtered: Collection[str] = ()
        self._hovered = -1
        self._pressed = -1
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(theme.sizes.control_height * 2)
        self.setMouseTracking(True)
        self.sectionResized.connect(lambda: self.viewport().update())

    def set_foot(self, foot: QWidget) -> None:
        """A widget below the names, as wide as the header."""
        self._foot = foot
        foot.setParent(self.viewport())
        foot.show()
        self._place_foot()

    def show_order(self, key: str, descending: bool) -> None:
        """The column the rows are sorted by, "" for none."""
        self._sorted = (key, descending)
        self.viewport().update()

    def show_filtered(self, keys: Collection[str]) -> None:
        """The columns that have a filter."""
        self._filtered = keys
        self.viewport().update()

    def sign_rect(self, column: int) -> QRect:
        """Where the filter's sign of a column is, in the header."""
        sizes = self._theme.sizes
        right = self.sectionViewportPosition(column) + self.sectionSize(column)
        side = sizes.icon + 2
        return QRect(right - side - sizes.gap, (self._names_height() - side) // 2, side, side)

    def show_foot(self, shown: bool) -> None:
        """Leave its room to the rows, where there is too little for both."""
        if self._foot is None or self._foot.isHidden() != shown:
            return
        self._foot.setVisible(shown)
        self.updateGeometry()
        self.geometriesChanged.emit()
        self._place_foot()

    @property
    def lowest(self) -> int:
        """Its height without the foot."""
        return self._names_height()

    @property
    def highest(self) -> int:
        """Its height with the foot."""
        return self._names_height() + (self._foot.sizeHint().height() if self._foot is not None else 0)

    def sizeHint(self) -> QSize:
        foot = self._foot.sizeHint().height() if self._foot is not None and not self._foot.isHidden() else 0
        return QSize(super().sizeHint().width(), self._names_height() + foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        theme, sizes = self._theme, self._theme.sizes
        painter.fillRect(rect, theme.colour("surface"))
        line = sizes.hairline
        painter.fillRect(rect.left(), rect.bottom() + 1 - line, rect.width(), line, theme.colour("line"))
        if logicalIndex >= len(self._items.columns):
            return
        column = self._items.columns[logicalIndex]
        names = QRect(rect.left(), rect.top(), rect.width(), self._names_height())
        inner = names.adjusted(sizes.gap, 0, -sizes.gap, 0)
        is_filtered = column.key in self._filtered
        if is_filtered or logicalIndex == self._hovered:
            sign = self.sign_rect(logicalIndex).translated(
                rect.left() - self.sectionViewportPosition(logicalIndex), 0
            )
            icon = theme.icon("list-filter", "accent" if is_filtered else "text_faint")
            icon.paint(painter, sign.adjusted(1, 1, -1, -1))
            inner.setRight(sign.left() - sizes.unit)
        if self._sorted[0] == column.key:
            icon = theme.icon("chevron-down" if self._sorted[1] else "chevron-up", "accent")
            side = sizes.icon
            icon.paint(
                painter, inner.right() - side + 1, inner.top() + (inner.height() - side) // 2, side, side
            )
            inner.setRight(inner.right() - side - 2)
        self._draw_name(painter, inner, logicalIndex)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = -1
        if event.button() == Qt.MouseButton.LeftButton and not self._is_at_edge(event.position().toPoint()):
            self._pressed = self.logicalIndexAt(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        pressed, self._pressed = self._pressed, -1
        if pressed < 0 or self.logicalIndexAt(place) != pressed:
            return
        wanted = self.filter_wanted if self.sign_rect(pressed).contains(place) else self.sort_wanted
        wanted.emit(pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.logicalIndexAt(event.pos())
        if column >= 0:
            self.menu_wanted.emit(column, event.globalPos())

    def _draw_name(self, painter: QPainter, rect: QRect, section: int) -> None:
        column = self._items.columns[section]
        theme, sizes = self._theme, self._theme.sizes
        font, small = theme.font(sizes.secondary, bold=True), theme.font(sizes.caption)
        unit = self._words.unit(column)
        unit_width = QFontMetrics(small).horizontalAdvance(unit) + sizes.unit if unit else 0
        metrics = QFontMetrics(font)
        name = metrics.elidedText(
            self._words.heading(column), Qt.TextElideMode.ElideRight, rect.width() - unit_width
        )
        width = metrics.horizontalAdvance(name)
        left = rect.right() - width - unit_width + 1 if is_number(column) else rect.left()
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(left, rect.top(), width + 1, rect.height()), flags, name)
        if unit:
            painter.setFont(small)
            painter.setPen(theme.colour("text_faint"))
            place = QRect(left + width + sizes.unit, rect.top(), unit_width, rect.height())
            painter.drawText(place, flags, unit)

    def _hover(self, column: int) -> None:
        if column != self._hovered:
            self._hovered = column
            self.viewport().update()

    def _is_at_edge(self, place: QPoint) -> bool:
        """Whether a press here resizes a column."""
        return self.cursor().shape() == Qt.CursorShape.SplitHCursor

    def _names_height(self) -> int:
        return self._theme.sizes.control_height

    def _place_foot(self) -> None:
        if self._foot is None:
            return
        top = self._names_height()
        height = self._foot.sizeHint().height()
        line = self._theme.sizes.hairline
        self._foot.setGeometry(0, top, self.viewport().width(), height - line)
