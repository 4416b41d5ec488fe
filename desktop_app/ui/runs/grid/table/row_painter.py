"""Draws the rows of the answer grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from desktop_app.domain.runs.rows import GridColumn, RowFact
from desktop_app.domain.runs.run import ItemState
from desktop_app.ui.runs.grid.table.item_model import Cell, GridItemModel, is_number
from desktop_app.ui.runs.grid.table.short_names import short_name
from desktop_app.ui.runs.grid.table.thumbnails import GridThumbnails
from desktop_app.ui.theme.theme import Theme

STATE_MARKS: dict[ItemState, tuple[str, str]] = {
    ItemState.QUEUED: ("clock", "text_faint"),
    ItemState.ASKING: ("loader-circle", "accent"),
    ItemState.ANSWERED: ("circle-check", "good"),
    ItemState.FAILED: ("circle-x", "bad"),
    ItemState.SKIPPED: ("circle-pause", "warn"),
}
"""Icon and colour role of each state: never the colour alone."""

_SINGLE_LINE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_LEFT = _SINGLE_LINE | int(Qt.AlignmentFlag.AlignLeft)
_RIGHT = _SINGLE_LINE | int(Qt.AlignmentFlag.AlignRight)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is drawn.

    Attributes:
        number: from the top of the table.
        top, height: where it is in the viewport.
        is_selected: all of its cells are.
        current: the column whose cell the keyboard is on, -1 for none.
    """

    number: int
    top: int
    height: int
    is_selected: bool
    current: int


class RowPainter:
    """Colours, sizes and fonts come from the theme.

    Attributes:
        span: the left and right edge of the form's columns in the view, for sentences across all of them.
    """

    def __init__(self, theme: Theme, model: GridItemModel, thumbnails: GridThumbnails) -> None:
        self._theme = theme
        self._model = model
        self._thumbnails = thumbnails
        self.span: Callable[[], tuple[int, int]] = lambda: (0, 0)
        self._font = theme.font(theme.sizes.secondary)
        self._figures = theme.font(theme.sizes.secondary, tabular=True)
        self._metrics = QFontMetrics(self._font)
        self._colours: dict[str, QColor] = {}
        theme.changed.connect(self._forget_colours)

    @property
    def height(self) -> int:
        """Of a row."""
        return self._thumbnails.side + self._theme.sizes.unit

    def draw(self, painter: QPainter, row: Row, columns: Sequence[tuple[int, int, int]]) -> None:
        """Some cells of a row: the number of each column, its left edge and its width."""
        model, failure = self._model, ""
        place = model.shown[row.number]
        self._draw_ground(painter, row, columns)
        for number, left, width in columns:
            cell, rect = model.cell(place, model.columns[number]), QRect(left, row.top, width, row.height)
            if cell.failure:
                failure = cell.failure
            else:
                self._draw_cell(painter, rect, cell, model.columns[number])
            if number == row.current:
                self._draw_focus(painter, rect)
        if failure:
            self._draw_failure(painter, row, failure)

    def width_of(self, row: int, column: int) -> int:
        """As wide as a cell's text, within reason."""
        sizes = self._theme.sizes
        text = self._model.cell(self._model.shown[row], self._model.columns[column]).text
        width = self._metrics.horizontalAdvance(text) + 2 * sizes.gap + 2 * sizes.icon
        return min(width, sizes.margin * 50)

    def _draw_ground(self, painter: QPainter, row: Row, columns: Sequence[tuple[int, int, int]]) -> None:
        left, (_, last, width) = columns[0][1], columns[-1]
        across = last + width - left
        if row.is_selected:
            painter.fillRect(left, row.top, across, row.height, self._colour("selection"))
        line = self._theme.sizes.hairline
        painter.fillRect(left, row.top + row.height - line, across, line, self._colour("line"))

    def _draw_cell(self, painter: QPainter, rect: QRect, cell: Cell, column: GridColumn) -> None:
        gap = self._theme.sizes.gap
        inner = rect.adjusted(gap, 0, -gap, 0)
        match column.fact:
            case RowFact.NAME:
                self._draw_picture(painter, inner, cell)
            case RowFact.STATE:
                self._draw_state(painter, inner, cell)
            case _:
                self._draw_value(painter, inner, cell, column)

    def _draw_picture(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        sizes, side = self._theme.sizes, self._thumbnails.side
        pixmap = self._thumbnails.get(self._model.rows.ids[cell.place])
        square = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
        if pixmap is not None:
            size = pixmap.deviceIndependentSize().toSize()
            x, y = square.left() + (side - size.width()) // 2, square.top() + (side - size.height()) // 2
            painter.drawPixmap(x, y, pixmap)
        else:
            self._draw_icon(painter, "image", "line", square.center().x() - sizes.icon // 2 + 1, square)
        self._draw_text(painter, rect.adjusted(side + sizes.gap, 0, 0, 0), cell.text, "text", is_name=True)

    def _draw_state(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        icon, role = STATE_MARKS[self._model.rows.states[cell.place]]
        self._draw_icon(painter, icon, role, rect.left(), rect)
        sizes = self._theme.sizes
        if cell.place in self._model.rows.shares:
            rect = rect.adjusted(0, 0, -sizes.icon - sizes.unit, 0)
            self._draw_icon(painter, "copy", "text_faint", rect.right() + sizes.unit, rect)
        words = rect.adjusted(sizes.icon + sizes.unit + 2, 0, 0, 0)
        self._draw_text(painter, words, cell.text, "text_soft")

    def _draw_value(self, painter: QPainter, rect: QRect, cell: Cell, column: GridColumn) -> None:
        sizes = self._theme.sizes
        mark, role = _mark(cell)
        if mark:
            # At the side where the words do not begin, so that they stay one under the other.
            at_left = is_number(column)
            self._draw_icon(painter, mark, role, rect.left() if at_left else rect.right() - sizes.icon, rect)
            room = sizes.icon + sizes.unit
            rect = rect.adjusted(room, 0, 0, 0) if at_left else rect.adjusted(0, 0, -room, 0)
        words = "bad" if cell.problem else "text_soft" if column.fact is RowFact.NOTE else "text"
        if not cell.text:
            self._draw_text(painter, rect, "–" if column.field is not None and cell.is_edited else "", words)
            return
        self._draw_text(painter, rect, cell.text, words, right=is_number(column))

    def _draw_failure(self, painter: QPainter, row: Row, failure: str) -> None:
        """One sentence across all columns of the form."""
        left, right = self.span()
        gap = self._theme.sizes.gap
        whole = QRect(left + gap, row.top, right - left - 2 * gap, row.height)
        self._draw_text(painter, whole, failure, "bad")

    def _draw_focus(self, painter: QPainter, rect: QRect) -> None:
        width = 2 * self._theme.sizes.hairline
        painter.setPen(QPen(self._colour("accent"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2))

    def _draw_icon(self, painter: QPainter, name: str, role: str, x: int, row: QRect) -> None:
        side = self._theme.sizes.icon
        y = row.top() + (row.height() - side) // 2
        self._theme.icon(name, role).paint(painter, x, y, side, side)

    def _draw_text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        role: str,
        *,
        right: bool = False,
        is_name: bool = False,
    ) -> None:
        if not text or rect.width() <= 0:
            return
        painter.setFont(self._figures if right else self._font)
        painter.setPen(self._colour(role))
        painter.drawText(rect, _RIGHT if right else _LEFT, self._elided(text, rect.width(), is_name))

    def _forget_colours(self) -> None:
        self._colours.clear()

    def _colour(self, role: str) -> QColor:
        """Kept, as a screen full of cells asks for hundreds."""
        if role not in self._colours:
            self._colours[role] = self._theme.colour(role)
        return self._colours[role]

    @lru_cache(maxsize=4096)  # noqa: B019 - one painter for each grid, which lives as long as the window
    def _elided(self, text: str, width: int, is_name: bool) -> str:
        if is_name:
            return short_name(self._metrics, text, width)
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def _mark(cell: Cell) -> tuple[str, str]:
    if cell.problem is not None:
        return "triangle-alert", "bad"
    if cell.is_edited:
        return "pencil", "accent"
    return ("circle-help", "warn") if cell.is_unsure else ("", "")
