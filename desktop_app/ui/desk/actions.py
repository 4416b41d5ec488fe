"""Everything that can be done from the menus, with its words, icon and default shortcut in one place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from desktop_app.ui.theme.theme import Theme


class DeskActions(QObject):
    """The desk's actions as attributes; menus, toolbars and the shortcut overview are made from them."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: dict[QAction, str] = {}
        make = self._make
        self.open_folder = make(self.tr("Open folder…"), "Ctrl+O", "folder-open")
        self.open_samples = make(self.tr("Open the sample pictures"), "", "images")
        self.open_address = make(self.tr("Open picture from address…"), "Ctrl+L", "link")
        self.paste = make(self.tr("Paste pictures"), "Ctrl+Shift+V", "clipboard-paste")
        self.settings = make(self.tr("Settings…"), "Ctrl+,", "settings")
        self.quit = make(self.tr("Quit"), "Ctrl+Q", "")
        self.filter = make(self.tr("Filter pictures"), "/", "search")
        self.show_gallery = make(self.tr("Show the gallery"), "Ctrl+Shift+G", "panel-left", checkable=True)
        self.show_conversation = make(
            self.tr("Show the conversation"), "Ctrl+Shift+C", "panel-right", checkable=True
        )
        self.show_runs = make(self.tr("Show the runs"), "Ctrl+Shift+R", "panel-bottom", checkable=True)
        self.new_run = make(self.tr("Ask about many pictures…"), "G", "list-checks")
        self.next_picture = make(self.tr("Next picture"), "Ctrl+PgDown", "chevron-right")
        self.previous_picture = make(self.tr("Previous picture"), "Ctrl+PgUp", "chevron-left")
        self.full_screen = make(self.tr("Full screen"), "F11", "maximize", also="F")
        self.write_question = make(self.tr("Write a question"), "Ctrl+K", "message-square")
        self.stop = make(self.tr("Stop the answer"), "Esc", "square")
        self.forms = make(self.tr("Forms…"), "Ctrl+Shift+F", "clipboard-list")
        self.servers = make(self.tr("Servers…"), "Ctrl+Shift+S", "server")
        self.shortcuts = make(self.tr("Keyboard shortcuts"), "?", "keyboard")
        self.about = make(self.tr("About Lightdesk"), "", "info")
        theme.changed.connect(self.tint)

    def all(self) -> Iterator[QAction]:
        """Every action, in the order of the menus."""
        yield from self._icons

    def _make(self, text: str, keys: str, icon: str, *, checkable: bool = False, also: str = "") -> QAction:
        action = QAction(text, self)
        action.setCheckable(checkable)
        if keys:
            # Not `setShortcut(QKeySequence(keys))`: choosing among their overloads makes PySide build all of
            # Qt's enumerations, 40 ms before the first paint.
            action.setShortcuts([QKeySequence.fromString(each) for each in (keys, also) if each])
            native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{text.rstrip('…')} ({native})")
        self._icons[action] = icon
        return action

    def tint(self) -> None:
        """Give every action its icon in the theme's colour; drawing them all takes some 20 ms."""
        for action in self._icons:
            self.tint_one(action)

    def tint_one(self, action: QAction) -> None:
        """Give one action its icon."""
        if self._icons[action]:
            action.setIcon(self._theme.icon(self._icons[action]))
