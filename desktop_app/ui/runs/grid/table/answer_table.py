"""The table of the answer grid under a person's hands: keys, selection, copying, and its menu."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeAlias

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from desktop_app.domain.forms.form import Places
from desktop_app.ui.runs.grid.editing.delegate import GridDelegate
from desktop_app.ui.runs.grid.table.header import GridHeader
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.table.pinned_table import PinnedTable
from desktop_app.ui.runs.grid.table.row_copying import RowCopying
from desktop_app.ui.runs.grid.table.row_holding import RowHolding
from desktop_app.ui.runs.grid.table.row_painter import RowPainter
from desktop_app.ui.runs.grid.table.row_selection import selection_of, stretches_of
from desktop_app.ui.runs.grid.table.rows_on_screen import RowsOnScreen
from desktop_app.ui.runs.grid.table.table_keys import COPY_ROWS, TableKeys, is_claimed, is_for_view
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROWS_AT_LEAST = 2
_ROWS_WITH_SUMMARIES = 4
"""Rows there must be room for before summaries take theirs."""

_BY_HAND = (QAbstractItemView.EditTrigger.EditKeyPressed, QAbstractItemView.EditTrigger.DoubleClicked)


class AnswerTable(PinnedTable):
    """Rows are selected whole; the cell with the keyboard is the one that is edited or copied.

    Signals:
        moved: id of the item the keyboard went to.
        opened: id of an item that is to be seen in full.
        revert_requested: the answer's own value for the current column of the selected rows.
        undo_requested, redo_requested
        boxes_wanted: index of a cell whose boxes are to be changed.
        edit_refused: index of a cell that cannot be changed, though a key asked for it.
        copy_requested, paste_requested: the current cell; the selected rows of the current column.
        fill_requested: the first selected row's value in the others; edit_together_requested: all by hand.
        filter_wanted: of the current column.
        menu_wanted: place on the screen.
        edit_ended: an editor was closed.
        cut_short: only so many of the selected rows were copied.
    """

    moved = Signal(object)
    opened = Signal(object)
    revert_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    boxes_wanted = Signal(QModelIndex)
    edit_refused = Signal(QModelIndex)
    copy_requested = Signal()
    paste_requested = Signal()
    fill_requested = Signal()
    edit_together_requested = Signal()
    filter_wanted = Signal(int)
    menu_wanted = Signal(QPoint)
    edit_ended = Signal()
    cut_short = Signal(int)

    def __init__(
        self, theme: Theme, words: GridWords, model: GridItemModel, delegate: GridDelegate, rows: RowPainter
    ) -> None:
        super().__init__(theme, rows)
        self._list = model
        self.holding = RowHolding(self, model)
        self._copying = RowCopying(model, words)
        self._copying.cut_short.connect(self.cut_short)
        self._is_quiet = False
        self._keys = self._made_keys()
        self.setModel(model)
        self.setItemDelegate(delegate)
        rows.span = self._span
        delegate.index_of = lambda editor: self.indexAt(editor.geometry().topLeft())
        self.header = GridHeader(theme, words, model)
        self.header.pinned_width = lambda: self.pinned_width
        self.setHorizontalHeader(self.header)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(self.tr("Answers"))
        corner = QWidget()
        corner.setProperty("area", "pane")
        self.setCornerWidget(corner)
        self.doubleClicked.connect(self._double_clicked)
        self.on_screen = RowsOnScreen(self, model)
        self.horizontalScrollBar().valueChanged.connect(self.header.viewport().update)
        self.fit_rows()

    # What is selected

    def current_id(self) -> int | None:
        index = self.currentIndex()
        return self._list.item_id(index.row()) if index.isValid() else None

    def selected_ids(self) -> tuple[int, ...]:
        """In the order shown."""
        stretches = stretches_of(self.selectionModel().selection())
        return tuple(chain.from_iterable(map(self._list.ids_of, stretches)))

    def select_ids(self, ids: Iterable[int], current: int | None, column: int = 0) -> bool:
        """Select these as far as they are shown, without telling that the keyboard moved.

        False when they are scattered too widely: then nothing is selected.
        """
        selection, flag = selection_of(self._list, ids), QItemSelectionModel.SelectionFlag
        self._is_quiet = True
        row = self._list.row_of(current) if current is not None else None
        if row is not None:
            index = self._list.index(row, max(0, min(column, self._list.columnCount() - 1)))
            self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
        self.selectionModel().select(selection or QItemSelection(), flag.ClearAndSelect)
        self._is_quiet = False
        return selection is not None

    @property
    def is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    # Copying

    def copy_rows(self) -> None:
        """The selected rows with the names of the columns, as a spreadsheet takes them."""
        self._copying.begin(stretches_of(self.selectionModel().selection()))

    # Hands

    def event(self, event: QEvent) -> bool:
        if is_claimed(event):
            event.accept()
            return True
        return super().event(event)

    def edit(  # type: ignore[override]  # Qt has two methods of this name
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        """A key or a double click on boxes wants them on the picture; else an editor opens in the cell."""
        if trigger == QAbstractItemView.EditTrigger.EditKeyPressed and not self._list.is_editable(index):
            self.edit_refused.emit(index)
            return False
        if trigger in _BY_HAND and self._has_boxes(index):
            self.boxes_wanted.emit(index)
            return False
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._keys.meant(event)
        if act is not None:
            act()
        elif is_for_view(event):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _made_keys(self) -> TableKeys:
        key, held, standard = Qt.Key, Qt.KeyboardModifier, QKeySequence.StandardKey
        return TableKeys(
            {
                standard.Copy: self._copy,
                standard.Paste: self.paste_requested.emit,
                standard.Undo: self.undo_requested.emit,
                standard.Redo: self.redo_requested.emit,
            },
            {
                (key.Key_Return, held.NoModifier): self._open_current,
                (key.Key_Enter, held.NoModifier): self._open_current,
                (key.Key_Delete, held.NoModifier): self.revert_requested.emit,
                (key.Key_Y, held.ControlModifier): self.redo_requested.emit,
                (key.Key_D, held.ControlModifier): self.fill_requested.emit,
                COPY_ROWS: self.copy_rows,
                (key.Key_F2, held.ControlModifier): self.edit_together_requested.emit,
                (key.Key_Down, held.AltModifier): self._filter_current,
            },
        )

    def _copy(self) -> None:
        if len(self.selected_ids()) < 2:
            self.copy_requested.emit()
        else:
            self.copy_rows()

    def _filter_current(self) -> None:
        if self.currentIndex().isValid():
            self.filter_wanted.emit(self.currentIndex().column())

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Letters are shortcuts here, not names to jump to."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.currentIndex().isValid():
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            self.menu_wanted.emit(self.viewport().mapToGlobal(rect.bottomLeft()))
        else:
            self.menu_wanted.emit(event.globalPos())

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row() and not self._is_quiet:
            self.moved.emit(self._list.item_id(current.row()))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        super().closeEditor(editor, hint)
        self.edit_ended.emit()

    def minimumSizeHint(self) -> QSize:
        """Low, but never without a row to look at."""
        rows = _ROWS_AT_LEAST * self.verticalHeader().defaultSectionSize()
        return QSize(super().minimumSizeHint().width(), self.header.lowest + rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_summaries()
        self.on_screen.look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.on_screen.look()

    def fit_rows(self) -> None:
        """Make the rows as high as they are drawn; those on screen stay there if they can."""
        held = self.holding.held()
        self.verticalHeader().setMinimumSectionSize(self._rows.height)
        self.verticalHeader().setDefaultSectionSize(self._rows.height)
        self.holding.hold(held)
        self.on_screen.look()

    def fit_summaries(self) -> None:
        """Give them the height they need now, where that leaves enough to the rows."""
        rows = _ROWS_WITH_SUMMARIES * self.verticalHeader().defaultSectionSize()
        self.header.fit_foot(self.height() >= self.header.highest + rows)

    def show_column(self, column: int) -> None:
        """Scroll sideways until it can be seen."""
        bar = self.verticalScrollBar()
        before = bar.value()
        self.scrollTo(self._list.index(self.visible_rows().start, column))
        bar.setValue(before)

    def head_rect(self, column: int) -> QRect:
        """A column's head on the screen."""
        left, width = self.header.left_of(column), self.header.sectionSize(column)
        place = self.header.viewport().mapToGlobal(QPoint(left, 0))
        return QRect(place.x(), place.y(), width, self.header.height())

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self._list.is_editable(index):
            self.opened.emit(self._list.item_id(index.row()))

    def _has_boxes(self, index: Index) -> bool:
        field = self._list.columns[index.column()].field if index.isValid() else None
        return field is not None and isinstance(field.kind, Places)

    def _open_current(self) -> None:
        current = self.current_id()
        if current is not None:
            self.opened.emit(current)

    def _span(self) -> tuple[int, int]:
        """Left and right edge of the form's fields."""
        fields = [n for n, column in enumerate(self._list.columns) if column.field is not None]
        if not fields:
            return 0, 0
        left = self.columnViewportPosition(fields[0])
        right = self.columnViewportPosition(fields[-1]) + self.columnWidth(fields[-1])
        # The sentence begins where it can be seen.
        return max(self.pinned_width, left), min(self.viewport().width(), right)
