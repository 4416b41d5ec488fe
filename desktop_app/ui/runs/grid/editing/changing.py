"""What a person does to the values of the table: edits one or several rows, pastes, fills down, goes back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from desktop_app.domain.forms.form import Choice, Date, FormField, Number, Places, YesNo
from desktop_app.domain.forms.values import problem_with, read_value
from desktop_app.domain.runs.rows import GridColumn, RowFact
from desktop_app.ui.runs.grid.editing.clipboard import copied, pasted
from desktop_app.ui.runs.grid.editing.delegate import GridDelegate
from desktop_app.ui.runs.grid.table.answer_table import AnswerTable
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.words import GridWords

_ONE_LINE = (YesNo, Number, Choice, Date)
"""Kinds of fields whose value never has several lines."""


class CellChanges(QObject):
    """Works on the column that the keyboard is in, and on the selected rows whose pictures were asked about.

    Signals:
        values_set(ids, key, value), notes_written(ids, text), revert_requested(ids, key).
        boxes_wanted(id, key): boxes are to be drawn on the picture.
        told: a sentence about what is going on, or why something was not taken.
    """

    values_set = Signal(object, str, object)
    notes_written = Signal(object, str)
    revert_requested = Signal(object, str)
    boxes_wanted = Signal(object, str)
    told = Signal(str)

    def __init__(
        self, table: AnswerTable, model: GridItemModel, delegate: GridDelegate, words: GridWords
    ) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._words = words
        self._together: tuple[int, ...] = ()
        """The rows that get what is typed in the editor; none for the one it stands in."""
        self._is_told = False
        """Something newer than what the editor is for has been told."""
        delegate.value_set.connect(self._typed)
        delegate.note_written.connect(self._noted)
        delegate.refused.connect(self._refused)
        table.edit_ended.connect(self._forget_together)
        table.boxes_wanted.connect(self._want_boxes)
        table.edit_refused.connect(lambda index: self._refuse(self._model.columns[index.column()]))
        table.copy_requested.connect(self.copy)
        table.paste_requested.connect(self.paste)
        table.fill_requested.connect(self.fill_down)
        table.edit_together_requested.connect(self.edit_together)
        table.revert_requested.connect(self.revert)

    @property
    def column(self) -> GridColumn | None:
        """The one the keyboard is in."""
        index = self._table.currentIndex()
        return self._model.columns[index.column()] if index.isValid() else None

    @property
    def has_boxes(self) -> bool:
        column = self.column
        return column is not None and column.field is not None and isinstance(column.field.kind, Places)

    def ids(self) -> tuple[int, ...]:
        """The selected rows whose value of this column can be changed."""
        return self._model.editable_ids(self._table.selected_ids(), self._table.currentIndex().column())

    # Editors

    def edit(self) -> None:
        """As F2 does: boxes on the picture, everything else in its cell."""
        if self.has_boxes:
            self._want_boxes(self._table.currentIndex())
        else:
            self.edit_here()

    def edit_here(self) -> None:
        """In the cell, boxes as numbers."""
        self._table.edit(self._table.currentIndex())

    def edit_together(self) -> None:
        """One editor for all selected rows."""
        ids, column = self.ids(), self.column
        if len(ids) < 2 or column is None:
            self._table.edit(self._table.currentIndex())
            return
        if self._is_refused_for(column.field, ids):
            return
        current = self._table.currentIndex()
        row = self._model.row_of(ids[0])
        index = current if self._model.is_editable(current) or row is None else self._at(row)
        self._table.edit(index)
        if self._table.is_editing:
            self._together, self._is_told = ids, False
            words = self.tr("What you set goes into {count} pictures. Esc leaves them as they are.")
            self.told.emit(words.format(count=f"{len(ids):,}"))

    # Values from elsewhere

    def copy(self) -> None:
        """The current cell, whole."""
        column, index = self.column, self._table.currentIndex()
        if column is not None:
            value = index.data(Qt.ItemDataRole.EditRole)
            QGuiApplication.clipboard().setMimeData(copied(self._words, column, value))

    def paste(self) -> None:
        """What is on the clipboard into the selected rows."""
        column, data = self.column, QGuiApplication.clipboard().mimeData()
        if column is None:
            return
        if not data.hasText() or not data.text().strip():
            self.told.emit(self.tr("There is no text on the clipboard."))
        elif column.field is not None:
            lines = len(data.text().strip().splitlines())
            if lines > 1 and isinstance(column.field.kind, _ONE_LINE):
                words = self.tr("There are {count} lines on the clipboard. Copy one value at a time.")
                self.told.emit(words.format(count=f"{lines:,}"))
            else:
                self._set(column, column.field, pasted(self._words, column.field, data))
        elif column.fact is RowFact.NOTE:
            self.notes_written.emit(self.ids(), data.text().strip())
        else:
            self._refuse(column)

    def fill_down(self) -> None:
        """The value of the first selected row into the others."""
        column, selected = self.column, self._table.selected_ids()
        row = self._model.row_of(selected[0]) if selected else None
        if column is None or row is None:
            return
        value = self._at(row).data(Qt.ItemDataRole.EditRole)
        if len(selected) < 2:
            self.told.emit(self.tr("Select several rows: the value of the first one goes into the others."))
        elif column.field is not None:
            self._set(column, column.field, value)
        elif column.fact is RowFact.NOTE:
            self.notes_written.emit(self.ids(), value or "")
        else:
            self._refuse(column)

    def revert(self) -> None:
        """The answers' own values of the column."""
        column, rows = self.column, self._model.rows
        if column is None or column.field is None:
            return
        selected = set(self._table.selected_ids())
        ids = tuple(
            rows.ids[place]
            for place, edited in rows.edited.items()
            if column.key in edited and rows.ids[place] in selected
        )
        if ids:
            self.revert_requested.emit(ids, column.key)
        else:
            words = self.tr("“{name}” was not changed by hand here.")
            self.told.emit(words.format(name=self._words.heading(column)))

    def _set(self, column: GridColumn, field: FormField, typed: Any) -> None:
        ids = self.ids()
        if not ids:
            self._refuse(column)
        elif not self._is_refused_for(field, ids):
            problem = problem_with(field, typed)
            if problem is not None:
                self.told.emit(self._words.refused(column, problem))
            else:
                self.values_set.emit(ids, column.key, read_value(field, typed))

    def _is_refused_for(self, field: FormField | None, ids: tuple[int, ...]) -> bool:
        """Whether one value cannot be right for several pictures."""
        if field is None or not isinstance(field.kind, Places) or len(ids) < 2:
            return False
        self.told.emit(self.tr("Boxes belong to one picture. Select a single row."))
        return True

    def _refuse(self, column: GridColumn) -> None:
        if column.field is not None:
            words = self.tr("Nothing was answered about this yet. Its values can be set after that.")
        else:
            words = self.tr("“{name}” cannot be changed.")
        self.told.emit(words.format(name=self._words.heading(column)))

    def _at(self, row: int) -> QModelIndex:
        return self._model.index(row, self._table.currentIndex().column())

    def _typed(self, item_id: int, key: str, value: Any) -> None:
        self.values_set.emit(self._together or (item_id,), key, value)

    def _noted(self, item_id: int, text: str) -> None:
        self.notes_written.emit(self._together or (item_id,), text)

    def _forget_together(self) -> None:
        if self._together and not self._is_told:
            self.told.emit("")  # what was done is told next
        self._together = ()

    def _refused(self, words: str) -> None:
        self._is_told = True
        self.told.emit(words)

    def _want_boxes(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if self._model.is_editable(index):
            key = self._model.columns[index.column()].key
            self.boxes_wanted.emit(self._model.item_id(index.row()), key)
