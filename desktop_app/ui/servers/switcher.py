"""The window's quick choice of who answers: one of the servers or the built-in reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop_app.domain.servers import ServerProfile
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.literal import literal

_MOST_LETTERS = 28
"""Of a name on the button; the menu tells all of it."""


class ServerSwitcher(QToolButton):
    """A button named after who answers now, with a menu of the others."""

    chosen = Signal(str)
    """Name of a server, "" for the built-in reader; only when it differs from the one in use."""

    manage_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._profiles: tuple[ServerProfile, ...] = ()
        self._current = ""
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)
        theme.changed.connect(self._rebuild)
        self._rebuild()

    def show_servers(self, profiles: Sequence[ServerProfile], current: str) -> None:
        """List the servers; `current` is the name of the one in use, "" for the built-in reader."""
        self._profiles = tuple(profiles)
        self._current = current
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def _rebuild(self) -> None:
        reader = self.tr("Built-in reader")
        self._menu.clear()
        group = QActionGroup(self._menu)
        self._add(group, "", reader, self.tr("Reads text in pictures on this computer"))
        for profile in self._profiles:
            self._add(group, profile.name, profile.name, profile.address)
        self._menu.addSeparator()
        manage = self._menu.addAction(self._theme.icon("settings"), self.tr("Manage servers…"))
        manage.triggered.connect(self._manage)
        self._theme.put_beside(self, "server" if self._current else "text-select")
        self.setText(_fitting(self._current or reader))
        self.setToolTip(
            self.tr("Who answers: {name}. Press to choose another.").format(name=self._current or reader)
        )
        self.setAccessibleName(self.tr("Who answers: {name}").format(name=self._current or reader))

    def _add(self, group: QActionGroup, name: str, text: str, tip: str) -> None:
        action = self._menu.addAction(literal(text))
        action.setCheckable(True)
        action.setChecked(name == self._current)
        action.setToolTip(tip)
        group.addAction(action)
        action.triggered.connect(lambda: self._choose(name))

    def _manage(self) -> None:
        self.manage_requested.emit()

    def _choose(self, name: str) -> None:
        if name != self._current:
            self.chosen.emit(name)


def _fitting(name: str) -> str:
    shown = name if len(name) <= _MOST_LETTERS else name[: _MOST_LETTERS - 1] + "…"
    return literal(shown)
