"""The list of forms, at the left of the dialog: the user's own, then those that come with Lightdesk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.forms.delegate import EntryDelegate, set_entry
from desktop_app.ui.forms.protocols import FormLine
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.spoken import spoken

_ID = Qt.ItemDataRole.UserRole


class FormList(QWidget):
    """Signals:
    selected: the id of a form.
    """

    selected = Signal(int)
    new_requested = Signal()
    duplicate_requested = Signal()
    remove_requested = Signal()
    restore_requested = Signal()
    import_requested = Signal()
    save_file_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._may_remove = False
        self.setProperty("area", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.sizes.margin * 19)  # the whole builder fits 900 pixels
        self.list = self._make_list()
        self._make_buttons()
        self._make_shortcuts()
        self._make_undo()
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def names(self) -> list[str]:
        """What is shown, from the top."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def show_forms(self, forms: Sequence[FormLine], selected: int) -> None:
        with QSignalBlocker(self.list):
            shown = [self.list.item(row).data(_ID) for row in range(self.list.count())]
            if shown != [one.id for one in forms]:
                self.list.clear()
                for one in forms:
                    item = QListWidgetItem()
                    item.setData(_ID, one.id)
                    self.list.addItem(item)
            for row, one in enumerate(forms):
                item = self.list.item(row)
                sign = ("package" if one.is_shipped else "clipboard-list", "text_soft")
                set_entry(item, one.name or self.tr("New form"), self._detail(one), sign)
                item.setToolTip(item.text())
                if one.id == selected:
                    if self.list.currentRow() != row:
                        self.list.setCurrentRow(row)
                    self._may_remove = not one.is_shipped
        self.remove.setEnabled(self._may_remove)
        self.remove.setToolTip(
            self.tr("Delete the selected form ({keys})").format(keys=self.tr("Delete"))
            if self._may_remove
            else self.tr("Forms that come with Lightdesk cannot be deleted")
        )
        self.list.viewport().update()

    def show_removed(self, name: str) -> None:
        """Offer to bring a form back; "" takes the offer away."""
        self.removed.setText(self.tr("“{name}” was deleted.").format(name=name))
        self.undo_part.setVisible(bool(name))

    def _detail(self, one: FormLine) -> str:
        if one.is_shipped and not one.is_unsaved:
            return self.tr("comes with Lightdesk")
        count = self.tr("1 field") if one.fields == 1 else self.tr("{count} fields")
        parts = [count.format(count=one.fields)]
        if one.is_unsaved:
            parts.append(self.tr("not saved"))
        return " · ".join(parts)

    def _make_list(self) -> QListWidget:
        forms = QListWidget()
        forms.setProperty("look", "side")
        forms.setAccessibleName(self.tr("Forms"))
        forms.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        forms.setItemDelegate(EntryDelegate(self._theme, forms))
        forms.currentItemChanged.connect(self._chosen)
        return forms

    def _make_shortcuts(self) -> None:
        for keys, button in (("Del", self.remove), ("Ctrl+D", self.duplicate)):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)

    def _make_buttons(self) -> None:
        self.new = self._button(self.tr("&New form"), self.tr("Begin a form of your own (Ctrl+N)"))
        # A shortcut of the button's own would take the place of its underlined letter.
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.new.click)
        self.new.clicked.connect(self.new_requested)
        self.duplicate = self._button("", self.tr("Begin a form like the selected one (Ctrl+D)"))
        self.duplicate.setAccessibleName(self.tr("Duplicate form"))
        self.duplicate.clicked.connect(self.duplicate_requested)
        self.remove = self._button("", "")
        self.remove.setAccessibleName(self.tr("Delete form"))
        self.remove.clicked.connect(self.remove_requested)
        self.import_file = self._button(
            self.tr("Impo&rt…"), self.tr("Take a form from a file that a colleague sent")
        )
        self.import_file.clicked.connect(self.import_requested)
        self.save_file = self._button(
            self.tr("Sav&e as file…"),
            self.tr("Write the form to a file, for a colleague or the command line"),
        )
        self.save_file.clicked.connect(self.save_file_requested)

    def _make_undo(self) -> None:
        self.removed = plain_label("secondary")
        self.undo = self._button(self.tr("&Bring it back"), self.tr("Undo the deletion"))
        self.undo.clicked.connect(self.restore_requested)
        self.undo_part = QWidget()
        column = QVBoxLayout(self.undo_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.sizes.unit)
        column.addWidget(self.removed)
        column.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        self.undo_part.hide()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(spoken(text).rstrip("…"))
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        first = QHBoxLayout()
        second = QHBoxLayout()
        for line in (first, second):
            line.setSpacing(sizes.unit)
        first.addWidget(self.new, 1)
        first.addWidget(self.duplicate)
        first.addWidget(self.remove)
        second.addWidget(self.import_file, 1)
        second.addWidget(self.save_file, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[sizes.margin] * 4)
        column.setSpacing(sizes.gap)
        column.addWidget(self.list, 1)
        column.addWidget(self.undo_part)
        column.addLayout(first)
        column.addLayout(second)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.selected.emit(item.data(_ID))

    def _tint(self) -> None:
        for button, icon in (
            (self.duplicate, "copy"),
            (self.remove, "trash-2"),
        ):
            button.setIcon(self._theme.icon(icon))
        self._theme.put_beside(self.new, "plus")
        self._theme.put_beside(self.undo, "undo-2")
        self.list.viewport().update()
