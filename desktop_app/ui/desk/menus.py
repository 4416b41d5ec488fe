"""The menu bar: every action of the desk can be found and reached from here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop_app.ui.desk.actions import DeskActions
from desktop_app.ui.widgets.literal import literal


class DeskMenus(QObject):
    """Keeps the menus that change while the program runs."""

    recent_chosen = Signal(str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._view: QMenu
        self.recent = QMenu(self.tr("Recent folders"), window)
        self.recent.setEnabled(False)

    def show_recent(self, folders: Sequence[str]) -> None:
        """Fill the list of recent folders, newest first."""
        self.recent.clear()
        self.recent.setEnabled(bool(folders))
        for folder in folders:
            # An ampersand in a menu would underline the next letter.
            entry = self.recent.addAction(literal(Path(folder).name or folder))
            entry.setToolTip(folder)
            entry.triggered.connect(lambda _checked=False, chosen=folder: self.recent_chosen.emit(chosen))
        self.recent.setToolTipsVisible(True)

    def show_picture_actions(self, actions: Sequence[QAction]) -> None:
        """End the view menu with what the picture area offers."""
        if actions:
            self._view.addSeparator()
            self._view.addActions(actions)

    def fill(self, actions: DeskActions) -> None:
        bar = self._window.menuBar()
        bar.setNativeMenuBar(True)
        self._add(
            self.tr("&File"),
            (
                actions.open_folder,
                self.recent,
                actions.open_samples,
                None,
                actions.open_address,
                actions.paste,
                None,
            ),
            (actions.settings, None, actions.quit),
        )
        self._view = self._add(
            self.tr("&View"),
            (actions.show_gallery, actions.show_conversation, actions.show_runs, None, actions.filter, None),
            (actions.previous_picture, actions.next_picture, actions.full_screen),
        )
        self._add(
            self.tr("&Ask"),
            (actions.write_question, actions.stop, None, actions.new_run, actions.forms, None),
            (actions.servers,),
        )
        self._add(self.tr("&Help"), (actions.shortcuts, None), (actions.about,))

    def _add(self, title: str, *groups: Sequence[QAction | QMenu | None]) -> QMenu:
        menu = self._window.menuBar().addMenu(title)
        for entry in (entry for group in groups for entry in group):
            match entry:
                case None:
                    menu.addSeparator()
                case QMenu():
                    menu.addMenu(entry)
                case _:
                    menu.addAction(entry)
        return menu


def build_menus(window: QMainWindow, actions: DeskActions) -> DeskMenus:
    """Give the window its menu bar."""
    menus = DeskMenus(window)
    menus.fill(actions)
    return menus
