"""The list of who can answer, at the left of the servers dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.servers import ServerProfile
from desktop_app.ui.theme.theme import Theme

_NAME = Qt.ItemDataRole.UserRole
_TEXT = Qt.ItemDataRole.UserRole + 1


class ServerList(QWidget):
    """The built-in reader first, then the servers. Names are None for the reader, "" for a new server."""

    selected = Signal(object)
    remove_confirmed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._in_use: str | None = None
        self._unsaved: tuple[str, ...] = ()
        self.setProperty("area", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.sizes.margin * 19)
        self.list = self._make_list()
        self.add = QPushButton(self.tr("Add &server"))
        self.add.setAccessibleName(self.tr("Add server"))
        self.add.setToolTip(self.tr("Set up another server ({keys})").format(keys="Ctrl+N"))
        # A shortcut of the button's own would take the place of its underlined letter.
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.add.click)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda: self.selected.emit(""))
        self.remove = QPushButton()
        self.remove.setAccessibleName(self.tr("Remove server"))
        self.remove.setToolTip(self.tr("Remove the selected server ({keys})").format(keys=self.tr("Delete")))
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self.confirm_removal)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.sizes.unit)
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.sizes.margin] * 4)
        column.setSpacing(theme.sizes.gap)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def current(self) -> str | None:
        item = self.list.currentItem()
        name = item.data(_NAME) if item else None
        return name if isinstance(name, str) else None

    def show_servers(
        self,
        profiles: Sequence[ServerProfile],
        in_use: str | None,
        selected: str | None,
        unsaved: Sequence[str],
    ) -> None:
        """Fill the list anew; `unsaved` are the names with changes that are not saved."""
        self._in_use, self._unsaved = in_use, tuple(unsaved)
        self.list.blockSignals(True)
        self.list.clear()
        self._add(None, self.tr("Built-in reader"), "")
        for profile in profiles:
            self._add(profile.name, profile.name, profile.address)
        if selected == "" or "" in unsaved:
            self._add("", self.tr("New server"), "")
        for row in range(self.list.count()):
            if self.list.item(row).data(_NAME) == selected:
                self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.remove.setEnabled(selected is not None)
        self._tint()

    def show_unsaved(self, unsaved: bool) -> None:
        """Mark the selected server as changed or not."""
        name = self.current
        if name is not None:
            others = tuple(other for other in self._unsaved if other != name)
            self._unsaved = (*others, name) if unsaved else others
            self._tint()

    def confirm_removal(self) -> None:
        """Ask before the server and its key are gone for good; a new server just goes."""
        name = self.current
        if name is None:
            return
        if not name:
            self.remove_confirmed.emit()
            return
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Remove server"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove the server {name}?").format(name=name))
        box.setInformativeText(
            self.tr("Its settings and its key are deleted. Conversations held with it are kept.")
        )
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(keep)
        box.setDefaultButton(keep)
        remove.clicked.connect(self.remove_confirmed)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _make_list(self) -> QListWidget:
        names = QListWidget()
        names.setProperty("look", "side")
        names.setAccessibleName(self.tr("Who can answer"))
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names.setIconSize(QSize(self._theme.sizes.icon, self._theme.sizes.icon))
        names.currentItemChanged.connect(self._chosen)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), names)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.confirm_removal)
        return names

    def _add(self, name: str | None, text: str, tip: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_NAME, name)
        item.setData(_TEXT, text)
        item.setToolTip(tip)
        item.setSizeHint(QSize(0, self._theme.sizes.control_height + self._theme.sizes.unit))
        self.list.addItem(item)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.selected.emit(item.data(_NAME))

    def _tint(self) -> None:
        self.remove.setIcon(self._theme.icon("trash-2"))
        self._theme.put_beside(self.add, "plus")
        for row in range(self.list.count()):
            item = self.list.item(row)
            name, text = item.data(_NAME), item.data(_TEXT)
            words = [text]
            if name == self._in_use:
                words.append(self.tr("in use"))
            if name in self._unsaved:
                words.append(self.tr("not saved"))
            item.setText(" · ".join(words))
            item.setIcon(self._icon(name))

    def _icon(self, name: str | None) -> QIcon:
        if name == self._in_use:
            return self._theme.icon("circle-check", "good")
        if name is None:
            return self._theme.icon("text-select")
        return self._theme.icon("server")
