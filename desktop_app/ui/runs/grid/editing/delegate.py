"""Editors in the cells of the answer grid, and what comes out of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from desktop_app.domain.forms.values import ProblemKind, problem_with, read_value
from desktop_app.domain.runs.rows import GridColumn
from desktop_app.ui.runs.grid.editing.cell_editor import (
    CellEditor,
    ChoicesEditor,
    LineEditor,
    editor_for,
    is_large,
)
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme

_TEXT_EDITOR = (320, 96)
"""Width and height of the editor for text, in device-independent pixels."""

_PRESSED = QEvent.Type.KeyPress
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDING = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class GridDelegate(QStyledItemDelegate):
    """The table draws its rows itself; see `row_painter`.

    Signals:
        value_set(item id, key, value): a person gave a valid value.
        note_written(item id, text).
        refused(sentence): what was typed is no value of the field.

    Attributes:
        index_of: the cell of an editor.
    """

    value_set = Signal(object, str, object)
    note_written = Signal(object, str)
    refused = Signal(str)

    def __init__(self, theme: Theme, words: GridWords, model: GridItemModel) -> None:
        super().__init__()
        self._words = words
        self._theme = theme
        self._model = model
        self.index_of: Callable[[QWidget], QModelIndex] = lambda editor: QModelIndex()

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
