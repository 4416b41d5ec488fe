"""The table of the answer grid under a person's hands: keys, selection, copying, and its menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
    QTimer,
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
from desktop_app.ui.runs.grid.table.row_painter import RowPainter
from desktop_app.ui.runs.grid.table.row_selection import selection_of, stretches_of
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROWS_AT_LEAST = 2
_ROWS_WITH_SUMMARIES = 4
"""Rows there must be room for before summaries take theirs."""

_KEYS_OF_THE_VIEW = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
        *(Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
    }
)

_CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_BY_HAND = (QAbstractItemView.EditTrigger.EditKeyPressed, QAbstractItemView.EditTrigger.DoubleClicked)


class AnswerTable(PinnedTable):
    """Rows are selected whole; the cell with the keyboard is the one that is edited or copied.

    Signals:
        moved: id of the item the keyboard went to.
        opened: id of an item that is to be seen in full.
        visible_changed: ids on screen, and those around them that come next.
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
    visible_changed = Signal(object, object)
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
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(60)
        self._looking.timeout.connect(self._tell_visible)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.horizontalScrollBar().valueChanged.connect(self.header.viewport().update)
        model.modelReset.connect(self._look)
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

    def held(self) -> list[tuple[int, int]]:
        """Items on screen and how far down each is, for `hold`: first the one with the keyboard.

        Without it there is nothing to hold at the very top: what comes in there is to be seen.
        """
        seen = {self._list.item_id(row): self.rowViewportPosition(row) for row in self.visible_rows()}
        current = self.current_id()
        if current in seen:
            return [(current, seen.pop(current)), *seen.items()]
        return list(seen.items()) if self.verticalScrollBar().value() else []

    def hold(self, held: Sequence[tuple[int, int]]) -> None:
        """Scroll so that the first of these that is still there is as far down as it was."""
        self.updateGeometries()  # else the scroll bar ends where it ended before
        for item_id, down in held:
            row = self._list.row_of(item_id)
            if row is not None:
                self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(row) - down)
                return

    # Copying

    def copy_rows(self) -> None:
        """The selected rows with the names of the columns, as a spreadsheet takes them."""
        self._copying.begin(stretches_of(self.selectionModel().selection()))

    # Hands

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()  # in the window it shows or hides the conversation
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
        do = self._meant(event)
        is_all = event.matches(QKeySequence.StandardKey.SelectAll)
        if do is not None:
            do()
        elif event.key() in _KEYS_OF_THE_VIEW or is_all:
            super().keyPressEvent(event)
        else:
            event.ignore()  # letters and digits are shortcuts of the window

    def _meant(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key of the table's own does."""
        standard = QKeySequence.StandardKey
        for sequence, do in (
            (standard.Copy, self._copy),
            (standard.Paste, self.paste_requested.emit),
            (standard.Undo, self.undo_requested.emit),
            (standard.Redo, self.redo_requested.emit),
        ):
            if event.matches(sequence):
                return do
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._keys.get((event.key(), held))

    def _made_keys(self) -> dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]]:
        key, held = Qt.Key, Qt.KeyboardModifier
        return {
            (key.Key_Return, held.NoModifier): self._open_current,
            (key.Key_Enter, held.NoModifier): self._open_current,
            (key.Key_Delete, held.NoModifier): self.revert_requested.emit,
            (key.Key_Y, held.ControlModifier): self.redo_requested.emit,
            (key.Key_D, held.ControlModifier): self.fill_requested.emit,
            (key.Key_C, _CONTROL_SHIFT): self.copy_rows,
            (key.Key_F2, held.ControlModifier): self.edit_together_requested.emit,
            (key.Key_Down, held.AltModifier): self._filter_current,
        }

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
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._look()

    def fit_rows(self) -> None:
        """Make the rows as high as they are drawn; those on screen stay there if they can."""
        held = self.held()
        self.verticalHeader().setMinimumSectionSize(self._rows.height)
        self.verticalHeader().setDefaultSectionSize(self._rows.height)
        self.hold(held)
        self._look()

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

    def _look(self) -> None:
        self._looking.start()

    def _tell_visible(self) -> None:
        rows = self.visible_rows()
        count, total = len(rows), self._list.rowCount()
        below = range(rows.stop, min(total, rows.stop + count))
        above = range(max(0, rows.start - count), rows.start)
        nearby = [self._list.item_id(row) for row in (*below, *reversed(above))]
        self.visible_changed.emit([self._list.item_id(row) for row in rows], nearby)


def _is_own(event: QKeyEvent) -> bool:
    """Keys of the table that mean something else in the window."""
    return event.key() == Qt.Key.Key_C and event.modifiers() == _CONTROL_SHIFT
