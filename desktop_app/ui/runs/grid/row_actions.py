"""What a person can have done with the rows of the grid, through its menus and shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.domain.runs.rows import GridColumn
from desktop_app.domain.runs.run import ItemState
from desktop_app.ui.runs.grid.editing.changing import CellChanges
from desktop_app.ui.runs.grid.menu import GridMenu, MenuActions, MenuFacts
from desktop_app.ui.runs.grid.table.answer_table import AnswerTable
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.words import GridWords

_ASKED = frozenset((ItemState.ASKING, ItemState.ANSWERED, ItemState.FAILED))


class RowActions(QObject):
    """Lives as long as the grid, whose child it is.

    Signals:
        item_opened, details_requested: id of the row with the keyboard.
        reask_requested, skip_requested: a tuple of ids.
        filter_wanted: number of the column.
        sort_wanted(key, descending; None for the order of the run).
        told: a sentence about what is going on.
    """

    item_opened = Signal(object)
    details_requested = Signal(object)
    reask_requested = Signal(tuple)
    skip_requested = Signal(tuple)
    filter_wanted = Signal(int)
    sort_wanted = Signal(str, object)
    told = Signal(str)

    def __init__(
        self,
        grid: QWidget,
        table: AnswerTable,
        model: GridItemModel,
        words: GridWords,
        changes: CellChanges,
    ) -> None:
        super().__init__(grid)
        self._grid = grid
        self._table = table
        self._model = model
        self._words = words
        self._changes = changes
        self._menu = GridMenu(self)
        table.menu_wanted.connect(self._open_menu)
        table.header.menu_wanted.connect(self._open_head_menu)
        for keys, do in (
            ("Ctrl+I", self._want_details),
            ("Ctrl+R", self._reask),
        ):
            shortcut = QShortcut(QKeySequence(keys), grid)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _open_menu(self, place: QPoint) -> None:
        column = self._model.columns[self._table.currentIndex().column()]
        self._menu.open_at(self._grid, self._facts(column), self._actions(column), place)

    def _open_head_menu(self, number: int, place: QPoint) -> None:
        column = self._model.columns[number]
        facts = MenuFacts(0, self._words.heading(column))
        self._menu.open_at(self._grid, facts, self._actions(column), place)

    def _facts(self, column: GridColumn) -> MenuFacts:
        """About the selected rows; in few steps, as there may be 100,000."""
        rows, ids = self._model.rows, self._table.selected_ids()
        places = set(map(rows.places.__getitem__, ids))
        has_boxes = self._changes.has_boxes
        return MenuFacts(
            max(1, len(ids)),
            self._words.heading(column),
            self._model.is_editable(self._table.currentIndex()),
            any(rows.is_edited(place, column.key) for place in rows.edited.keys() & places),
            has_boxes,
            0 if has_boxes else len(self._changes.ids()),
            _ASKED.issuperset(map(rows.states.__getitem__, places)),
        )

    def _actions(self, column: GridColumn) -> MenuActions:
        table, changes, number = self._table, self._changes, self._model.columns.index(column)
        return MenuActions(
            open=lambda: self.item_opened.emit(table.current_id()),
            edit=changes.edit,
            edit_here=changes.edit_here,
            edit_together=changes.edit_together,
            fill_down=changes.fill_down,
            paste=changes.paste,
            revert=changes.revert,
            details=self._want_details,
            reask=self._reask,
            skip=lambda: self.skip_requested.emit(table.selected_ids()),
            copy_cell=changes.copy,
            copy_rows=table.copy_rows,
            filter=lambda: self.filter_wanted.emit(number),
            sort=lambda descending: self.sort_wanted.emit(column.key, descending),
        )

    def _reask(self) -> None:
        ids, rows = self._table.selected_ids(), self._model.rows
        if not ids:
            return
        kept = len(rows.edited.keys() & set(map(rows.places.__getitem__, ids)))
        if kept:
            words = self.tr("Values set by hand stay: {count} of the pictures asked again have some.")
            self.told.emit(words.format(count=f"{kept:,}"))
        self.reask_requested.emit(ids)

    def _want_details(self) -> None:
        current = self._table.current_id()
        if current is not None:
            self.details_requested.emit(current)
