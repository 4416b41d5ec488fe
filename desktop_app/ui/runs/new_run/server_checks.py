"""Which servers serve a run: a line for one, boxes to check for several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop_app.ui.runs.new_run.offers import OfferedServer
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.literal import literal


class ServerChecks(QWidget):
    """Signals:
    changed: other servers are chosen now.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._servers: tuple[OfferedServer, ...] = ()
        self.boxes: list[QCheckBox] = []
        self.line = QLabel(self)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.sizes.unit)
        self._column.addWidget(self.line)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the chosen servers."""
        if len(self._servers) < 2:
            return tuple(server.name for server in self._servers)
        pairs = zip(self._servers, self.boxes, strict=True)
        return tuple(server.name for server, box in pairs if box.isChecked())

    def show_servers(self, servers: Sequence[OfferedServer]) -> None:
        """Offer these; what was checked stays checked, at first the one in use is."""
        before = self.chosen
        self._servers = tuple(servers)
        for box in self.boxes:
            self._column.removeWidget(box)
            box.deleteLater()
        several = len(servers) > 1
        self.boxes = [self._box(server, before) for server in servers] if several else []
        words = self.tr("No server is connected.") if not servers else _words(servers[0])
        self.line.setText(words)
        self.line.setHidden(several)
        self.changed.emit()

    def _box(self, server: OfferedServer, before: Sequence[str]) -> QCheckBox:
        box = QCheckBox(literal(_words(server)), self)
        box.setAccessibleName(_words(server))
        box.setToolTip(self.tr("Several servers share the work; one that fails is left alone for a while"))
        box.setChecked(server.name in before if before else server.is_in_use)
        box.toggled.connect(self.changed)
        self._column.addWidget(box)
        return box


def _words(server: OfferedServer) -> str:
    return f"{server.name} · {server.about}"
