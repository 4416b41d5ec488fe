"""Asks before a link from an answer is opened, and shows where it leads."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})


class LinkQuestion(QObject):
    """One question at a time.

    Signals:
        agreed: the person wants this address opened.
        copy_requested: the person wants the address on the clipboard.
    """

    agreed = Signal(str)
    copy_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self._box: QMessageBox | None = None

    def ask(self, address: str) -> None:
        """Open the question; the answer comes as a signal."""
        if self._box is not None:
            return
        url = QUrl(address)
        allowed = url.isValid() and url.scheme().lower() in ALLOWED_SCHEMES
        box = QMessageBox(self._owner)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Link in the answer"))
        if allowed:
            box.setText(self.tr("Open this address outside Lightdesk?"))
        else:
            box.setText(self.tr("This kind of link is not opened."))
        # The address as it will be opened: no look-alike letters, nothing hidden.
        shown = url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if url.isValid() else address
        box.setInformativeText(shown)
        copy = box.addButton(self.tr("Copy address"), QMessageBox.ButtonRole.ActionRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        open_button = box.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole) if allowed else None
        box.setDefaultButton(cancel)
        self._box = box

        def ended(_result: int) -> None:
            self._box = None
            pressed = box.clickedButton()
            if open_button is not None and pressed is open_button:
                self.agreed.emit(shown)
            elif pressed is copy:
                self.copy_requested.emit(shown)

        box.finished.connect(ended)
        box.open()
