"""The fields of a form in their order, which is that of the table's columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.forms.checks import Problem
from desktop_app.ui.forms.delegate import EntryDelegate, set_entry
from desktop_app.ui.forms.draft import FieldDraft, Kind
from desktop_app.ui.forms.words import FormWords
from desktop_app.ui.theme.theme import Theme

_ID = Qt.ItemDataRole.UserRole

KIND_SIGNS = {
    Kind.YES_NO: "circle-check",
    Kind.NUMBER: "hash",
    Kind.TEXT: "text-select",
    Kind.CHOICE: "circle-dot",
    Kind.CHOICES: "list-checks",
    Kind.DATE: "calendar",
    Kind.LIST: "list",
    Kind.BOXES: "scan",
}


class FieldList(QWidget):
    """Rows can be dragged; everything can be done with the keyboard as well.

    Signals:
        selected: the id of a field.
        add_requested: the kind of a new field.
        moved: the id of a field, and its new place from 0.
        step_requested: move the selected field by so many places.
    """

    selected = Signal(int)
    add_requested = Signal(Kind)
    moved = Signal(int, int)
    step_requested = Signal(int)
    duplicate_requested = Signal()
    remove_requested = Signal()

    def __init__(self, theme: Theme, words: FormWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.list = self._make_list()
        self.add = self._make_add()
        self.up = self._button(self.tr("Move up"), "Alt+Up")
        self.up.clicked.connect(lambda: self.step_requested.emit(-1))
        self.down = self._button(self.tr("Move down"), "Alt+Down")
        self.down.clicked.connect(lambda: self.step_requested.emit(1))
        self.duplicate = self._button(self.tr("Duplicate field"), "Ctrl+D")
        self.duplicate.clicked.connect(self.duplicate_requested)
        self.remove = self._button(self.tr("Remove field"), "Del")
        self.remove.clicked.connect(self.remove_requested)
        self._make_shortcuts()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.sizes.unit)
        for button in (self.up, self.down, self.duplicate, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.sizes.gap)
        column.addWidget(self.list, 1)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(buttons)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def labels(self) -> list[str]:
        """What is shown, from the top."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def show_fields(
        self, fields: Sequence[FieldDraft], selected: int | None, problems: Sequence[Problem]
    ) -> None:
        """Follow the form; rows that stay are not made again, so that a drag can end in peace."""
        wrong = {problem.field_id for problem in problems}
        with QSignalBlocker(self.list):
            if self._ids() != [one.id for one in fields]:
                self.list.clear()
                for one in fields:
                    item = QListWidgetItem()
                    # Rows are dropped between others, never onto one.
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
                    item.setData(_ID, one.id)
                    self.list.addItem(item)
            for row, one in enumerate(fields):
                item = self.list.item(row)
                sign = ("circle-alert", "bad") if one.id in wrong else (KIND_SIGNS[one.kind], "text_soft")
                set_entry(item, one.label.strip() or self.tr("No label yet"), self._words.field(one), sign)
                item.setToolTip(self._words.field(one))
                if one.id == selected and self.list.currentRow() != row:
                    self.list.setCurrentRow(row)
        row, last = self.list.currentRow(), self.list.count() - 1
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < last)
        for button in (self.duplicate, self.remove):
            button.setEnabled(row >= 0)
        self.list.viewport().update()

    def _ids(self) -> list[int]:
        return [self.list.item(row).data(_ID) for row in range(self.list.count())]

    def _make_list(self) -> QListWidget:
        fields = QListWidget()
        fields.setProperty("look", "side")
        fields.setAccessibleName(self.tr("Fields"))
        fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fields.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        fields.setItemDelegate(EntryDelegate(self._theme, fields))
        fields.currentItemChanged.connect(self._chosen)
        fields.model().rowsMoved.connect(self._dragged)
        return fields

    def _make_shortcuts(self) -> None:
        for keys, button in (
            ("Alt+Up", self.up),
            ("Alt+Down", self.down),
            ("Ctrl+D", self.duplicate),
            ("Del", self.remove),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)

    def _make_add(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Add field"))
        button.setAccessibleName(self.tr("Add field"))
        button.setToolTip(self.tr("Add a field behind the selected one; choose its kind"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        self.kinds = {}
        for kind in Kind:
            action = menu.addAction(self._words.kind(kind), partial(self.add_requested.emit, kind))
            action.setToolTip(self._words.kind_told(kind))
            self.kinds[kind] = action
        button.setMenu(menu)
        return button

    def _button(self, text: str, keys: str) -> QToolButton:
        button = QToolButton()
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(self.tr("{what} ({keys})").format(what=text, keys=native))
        button.setAccessibleName(text)
        return button

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.selected.emit(item.data(_ID))

    def _dragged(self, _from: QModelIndex, start: int, _end: int, _to: QModelIndex, row: int) -> None:
        place = row - 1 if row > start else row
        self.moved.emit(self.list.item(place).data(_ID), place)

    def _tint(self) -> None:
        for button, icon in (
            (self.up, "chevron-up"),
            (self.down, "chevron-down"),
            (self.duplicate, "copy"),
            (self.remove, "trash-2"),
        ):
            button.setIcon(self._theme.icon(icon))
        self._theme.put_beside(self.add, "plus")
        for kind, action in self.kinds.items():
            action.setIcon(self._theme.icon(KIND_SIGNS[kind]))
        self.list.viewport().update()
