"""The status bar's badge: where pictures go, in words, with a shape and a colour of its own for each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.domain.servers import NetworkScope
from desktop_app.ui.theme.theme import Theme

SCOPE_MARKS: dict[NetworkScope, tuple[str, str]] = {
    NetworkScope.THIS_COMPUTER: ("monitor", "good"),
    NetworkScope.LAN: ("network", "accent"),
    NetworkScope.OUTSIDE: ("globe", "warn"),
}
"""Icon and colour role of each scope; a laptop, a local tree and a globe differ without colour too."""


class ScopeBadge(QToolButton):
    """Says where pictures go; pressing it leads to the servers."""

    activated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scope = NetworkScope.THIS_COMPUTER
        self._address = ""
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("look", "quiet")
        self.clicked.connect(self.activated)
        theme.changed.connect(self._refresh)
        self._refresh()

    def show_scope(self, scope: NetworkScope, address: str = "") -> None:
        """Show a scope with the server's host and port; "" stands for the built-in reader."""
        self._scope = scope
        self._address = address
        self._refresh()

    def show_reader(self) -> None:
        """Show that pictures stay on this computer with the built-in reader."""
        self.show_scope(NetworkScope.THIS_COMPUTER)

    def scope_name(self, scope: NetworkScope) -> str:
        """The scope in the user's language."""
        match scope:
            case NetworkScope.THIS_COMPUTER:
                return self.tr("This computer")
            case NetworkScope.LAN:
                return self.tr("LAN")
            case _:
                return self.tr("Outside")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
        super().changeEvent(event)

    def _explanation(self) -> str:
        if not self._address:
            return self.tr("Built-in reader: pictures stay on this computer.")
        match self._scope:
            case NetworkScope.THIS_COMPUTER:
                text = self.tr("Pictures go to {address}, a program on this computer. They do not leave it.")
            case NetworkScope.LAN:
                text = self.tr("Pictures go to {address} on your local network, and no further.")
            case _:
                text = self.tr("Pictures leave your local network: they go to {address}.")
        return text.format(address=self._address)

    def _refresh(self) -> None:
        icon, role = SCOPE_MARKS[self._scope]
        name = self.scope_name(self._scope)
        where = self._address or self.tr("built-in reader")
        self._theme.put_beside(self, icon, role)
        self.setText(f"{name} · {where}")
        self.setToolTip(self._explanation())
        self.setAccessibleName(self.tr("Where pictures go: {scope}").format(scope=name))
        self.setAccessibleDescription(self._explanation())
