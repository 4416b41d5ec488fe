"""The heads of the answer grid's columns: name, unit, order and filter, with the summaries below them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from desktop_app.ui.runs.grid.table.item_model import GridItemModel, is_number
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme


class GridHeader(QHeaderView):
    """Signals:
    sort_wanted(key of the column): its name was clicked.
    filter_wanted(column): the sign at its right was clicked.
    menu_wanted(column, place on the screen).

    Attributes:
        pinned_width: of the first column while it stays in place over others; 0 while it does not.
    """

    sort_wanted = Signal(str)
    filter_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, theme: Theme, words: GridWords, model: GridItemModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._words = words
        self._items = model
        self._foot: QWidget | None = None
        self._foot_height = 0
        self._sorted: tuple[str, bool] = ("", False)
        self._filtered: Collection[str] = ()
        self._hovered = -1
        self._pressed = -1
        self._is_resizing_pinned = False
        self.pinned_width: Callable[[], int] = lambda: 0
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(theme.sizes.control_height * 2)
        self.setMouseTracking(True)
        self.sectionResized.connect(lambda: self.viewport().update())

    def set_foot(self, foot: QWidget) -> None:
        """A widget below the names, as wide as the header."""
        self._foot = foot
        foot.setParent(self)  # what stands in the viewport is moved along when that is scrolled
        foot.hide()
        self.fit_foot(True)

    def show_order(self, key: str, descending: bool) -> None:
        """The column the rows are sorted by, "" for none."""
        self._sorted = (key, descending)
        self.viewport().update()

    def show_filtered(self, keys: Collection[str]) -> None:
        """The columns that have a filter."""
        self._filtered = keys
        self.viewport().update()

    def left_of(self, column: int) -> int:
        """Where a column begins, in the header."""
        return 0 if column == 0 and self.pinned_width() else self.sectionViewportPosition(column)

    def column_at(self, place: QPoint) -> int:
        """The column whose head can be seen at a place; -1 for none."""
        return 0 if 0 <= place.x() < self.pinned_width() else self.logicalIndexAt(place)

    def sign_rect(self, column: int) -> QRect:
        """Where the filter's sign of a column is, in the header."""
        sizes = self._theme.sizes
        right = self.left_of(column) + self.sectionSize(column)
        side = sizes.icon + 2
        return QRect(right - side - sizes.gap, (self._names_height() - side) // 2, side, side)

    def fit_foot(self, shown: bool) -> None:
        """As high as it has to be now; hidden, its room is left to the rows."""
        height = self._foot.sizeHint().height() if self._foot is not None and shown else 0
        if self._foot is None or height == self._foot_height:
            return
        self._foot_height = height
        self._foot.setVisible(height > 0)
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
        return QSize(super().sizeHint().width(), self._names_height() + self._foot_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        width = self.pinned_width()
        if not width:
            return
        painter = QPainter(self.viewport())
        self.paintSection(painter, QRect(0, 0, width, self.viewport().height()), 0)
        line = self._theme.sizes.hairline
        painter.fillRect(width - line, 0, line, self.viewport().height(), self._theme.colour("line"))

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
            sign = self.sign_rect(logicalIndex).translated(rect.left() - self.left_of(logicalIndex), 0)
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
        place, is_left = event.position().toPoint(), event.button() == Qt.MouseButton.LeftButton
        self._is_resizing_pinned = is_left and self._is_at_pinned_edge(place)
        if is_left and not self._is_at_edge():
            self._pressed = self.column_at(place)
        if not self._is_pinned(place):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._is_resizing_pinned = False
        place = event.position().toPoint()
        pressed, self._pressed = self._pressed, -1
        if pressed < 0 or self.column_at(place) != pressed:
            return
        if self.sign_rect(pressed).contains(place):
            self.filter_wanted.emit(pressed)
        else:
            self.sort_wanted.emit(self._items.columns[pressed].key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._is_at_pinned_edge(place):
            self.sectionHandleDoubleClicked.emit(0)
        elif not self._is_pinned(place):
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._is_resizing_pinned:
            self.resizeSection(0, max(self.minimumSectionSize(), place.x()))
            return
        if self._is_pinned(place) and not event.buttons():
            at_edge = self._is_at_pinned_edge(place)
            self.setCursor(Qt.CursorShape.SplitHCursor if at_edge else Qt.CursorShape.ArrowCursor)
        else:
            super().mouseMoveEvent(event)
        self._hover(self.column_at(place))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.column_at(event.pos())
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

    def _is_at_edge(self) -> bool:
        """Whether a press resizes a column."""
        return self.cursor().shape() == Qt.CursorShape.SplitHCursor

    def _is_pinned(self, place: QPoint) -> bool:
        """Whether what Qt knows to be here is covered by the pinned column, or by its edge."""
        return bool(self.pinned_width()) and place.x() <= self.pinned_width() + self._grip()

    def _is_at_pinned_edge(self, place: QPoint) -> bool:
        return self._is_pinned(place) and place.x() >= self.pinned_width() - self._grip()

    def _grip(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderGripMargin, None, self)

    def _names_height(self) -> int:
        return self._theme.sizes.control_height

    def _place_foot(self) -> None:
        if self._foot is None:
            return
        line = self._theme.sizes.hairline
        self._foot.setGeometry(0, self._names_height(), self.viewport().width(), self._foot_height - line)
