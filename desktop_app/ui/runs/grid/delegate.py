"""Draws the cells of the answer grid."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from desktop_app.domain.forms.values import ProblemKind, problem_with, read_value
from desktop_app.domain.runs.rows import GridColumn, RowFact
from desktop_app.domain.runs.run import ItemState
from desktop_app.ui.runs.grid.cell_editor import (
    CellEditor,
    ChoicesEditor,
    LineEditor,
    editor_for,
    is_large,
)
from desktop_app.ui.runs.grid.table.item_model import Cell, GridItemModel, is_number
from desktop_app.ui.runs.grid.table.short_names import short_name
from desktop_app.ui.runs.grid.table.thumbnails import GridThumbnails
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme

STATE_MARKS: dict[ItemState, tuple[str, str]] = {
    ItemState.QUEUED: ("clock", "text_faint"),
    ItemState.ASKING: ("loader-circle", "accent"),
    ItemState.ANSWERED: ("circle-check", "good"),
    ItemState.FAILED: ("circle-x", "bad"),
    ItemState.SKIPPED: ("circle-pause", "warn"),
}
"""Icon and colour role of each state: never the colour alone."""


_TEXT_EDITOR = (320, 96)
"""Width and height of the editor for text, in device-independent pixels."""

_SELECTED = QStyle.StateFlag.State_Selected.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
_SINGLE_LINE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_LEFT = _SINGLE_LINE | int(Qt.AlignmentFlag.AlignLeft)
_RIGHT = _SINGLE_LINE | int(Qt.AlignmentFlag.AlignRight)

_PRESSED = QEvent.Type.KeyPress
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDING = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class GridDelegate(QStyledItemDelegate):
    """Colours, sizes and fonts come from the theme.

    Signals:
        value_set(item id, key, value): a person gave a valid value.
        note_written(item id, text).
        refused(sentence): what was typed is no value of the field.

    Attributes:
        index_of: the cell of an editor.
        span: the left and right edge of the form's columns in the view, for sentences across all of them.
    """

    value_set = Signal(object, str, object)
    note_written = Signal(object, str)
    refused = Signal(str)

    def __init__(
        self, theme: Theme, words: GridWords, model: GridItemModel, thumbnails: GridThumbnails
    ) -> None:
        super().__init__()
        self._words = words
        self._theme = theme
        self._model = model
        self._thumbnails = thumbnails
        self.span: Callable[[], tuple[int, int]] = lambda: (0, 0)
        self.index_of: Callable[[QWidget], QModelIndex] = lambda editor: QModelIndex()
        self._font, self._figures = _fonts(theme)
        self._metrics = QFontMetrics(self._font)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = self._model
        rect: QRect = option.rect
        state: int = option.state.value  # a plain number: Python's flags take longer than the drawing
        place, column = model.shown[index.row()], model.columns[index.column()]
        self._draw_ground(painter, rect, state)
        cell = model.cell(place, column)
        inner = rect.adjusted(self._theme.sizes.gap, 0, -self._theme.sizes.gap, 0)
        if cell.failure:
            self._draw_failure(painter, rect, cell)
        elif column.fact is RowFact.NAME:
            self._draw_picture(painter, inner, cell)
        elif column.fact is RowFact.STATE:
            self._draw_state(painter, inner, cell)
        else:
            self._draw_value(painter, inner, cell, column)
        if state & _FOCUSED:
            self._draw_focus(painter, rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """For a double click on a column's edge: as wide as the text, within reason."""
        sizes = self._theme.sizes
        text = self._model.cell(self._model.shown[index.row()], self._model.columns[index.column()]).text
        width = self._metrics.horizontalAdvance(text) + 2 * sizes.gap + 2 * sizes.icon
        return QSize(min(width, sizes.margin * 50), self._thumbnails.side + sizes.unit)

    # Editing

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        column = self._model.columns[index.column()]
        value = index.data(Qt.ItemDataRole.EditRole)
        editor = editor_for(self._theme, self._words, column, value, parent)
        if not isinstance(editor, LineEditor):
            editor.done.connect(lambda: self._end(editor, column))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """It was made with its value; a row that changes meanwhile does not take away what is being typed."""

    def setModelData(  # noqa: N802 - Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        column, typed = self._model.columns[index.column()], cast("CellEditor", editor).typed()
        problem = self._problem(column, typed)
        if problem is not None:
            self.refused.emit(self._words.refused(column, problem))
            return
        item_id = self._model.item_id(index.row())
        if column.field is None:
            self.note_written.emit(item_id, typed)
        else:
            self.value_set.emit(item_id, column.key, read_value(column.field, typed))

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = QRect(option.rect)
        if is_large(editor):
            sizes, room = self._theme.sizes, cast("QWidget", editor.parentWidget()).rect()
            hint = editor.sizeHint() if isinstance(editor, ChoicesEditor) else QSize(*_TEXT_EDITOR)
            rect.setSize(rect.size().expandedTo(hint).boundedTo(room.size()))
            rect.moveRight(min(rect.right(), room.right()))
            rect.moveBottom(min(rect.bottom(), room.bottom() - sizes.hairline))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == _PRESSED and event.key() in _ENDING:
            if isinstance(editor, ChoicesEditor) and event.key() in _ENTER:
                return False  # it says itself that it is done; ending it here too would end it twice
            if isinstance(editor, LineEditor):
                index = self.index_of(editor)
                column = self._model.columns[index.column()] if index.isValid() else None
                if column is not None and self._is_refused(editor, column):
                    return True
        return super().eventFilter(editor, event)

    def _end(self, editor: CellEditor, column: GridColumn) -> None:
        if not self._is_refused(editor, column):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _is_refused(self, editor: CellEditor, column: GridColumn) -> bool:
        """Whether the editor stays open, with the reason below it."""
        problem = self._problem(column, editor.typed())
        words = "" if problem is None else self._words.refused(column, problem)
        editor.setProperty("invalid", problem is not None)
        editor.style().polish(editor)
        if problem is None:
            return False
        self.refused.emit(words)
        QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), words, editor)
        return True

    def _problem(self, column: GridColumn, typed: object) -> ProblemKind | None:
        return None if column.field is None else problem_with(column.field, typed)

    # Drawing

    def _draw_ground(self, painter: QPainter, rect: QRect, state: int) -> None:
        theme = self._theme
        if state & _SELECTED:
            painter.fillRect(rect, theme.colour("selection"))
        line = theme.sizes.hairline
        painter.fillRect(rect.left(), rect.bottom() + 1 - line, rect.width(), line, theme.colour("line"))

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

    def _draw_failure(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        """One sentence across all columns of the form, of which each cell draws its part."""
        left, right = self.span()
        gap = self._theme.sizes.gap
        painter.save()
        painter.setClipRect(rect)
        whole = QRect(left + gap, rect.top(), right - left - 2 * gap, rect.height())
        self._draw_text(painter, whole, cell.failure, "bad")
        painter.restore()

    def _draw_focus(self, painter: QPainter, rect: QRect) -> None:
        width = 2 * self._theme.sizes.hairline
        painter.save()
        painter.setPen(QPen(self._theme.colour("accent"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.restore()

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
        painter.setPen(self._theme.colour(role))
        painter.drawText(rect, _RIGHT if right else _LEFT, self._elided(text, rect.width(), is_name))

    @lru_cache(maxsize=4096)  # noqa: B019 - one delegate for each grid, which lives as long as the window
    def _elided(self, text: str, width: int, is_name: bool) -> str:
        if is_name:
            return short_name(self._metrics, text, width)
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def tabular(font: QFont) -> QFont:
    """The font with digits of equal width."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _mark(cell: Cell) -> tuple[str, str]:
    if cell.problem is not None:
        return "triangle-alert", "bad"
    if cell.is_edited:
        return "pencil", "accent"
    return ("circle-help", "warn") if cell.is_unsure else ("", "")


def _fonts(theme: Theme) -> tuple[QFont, QFont]:
    font = theme.font(theme.sizes.secondary)
    return font, tabular(QFont(font))
