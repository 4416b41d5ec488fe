"""A dialog that holds work: closing it in any way asks first what becomes of unsaved changes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMessageBox


class KeepingDialog(QDialog):
    """Esc, the title bar and a close button all emit `leave_requested`; a presenter answers.

    Signals:
        leave_requested: the user wants to close; answered with `leave` or `ask_about_unsaved`.
        save_all_requested: the user wants the changes saved, and then to leave.
        left: the dialog has closed.
    """

    leave_requested = Signal()
    save_all_requested = Signal()
    left = Signal()

    def leave(self) -> None:
        """Close without asking."""
        self.done(QDialog.DialogCode.Accepted)
        self.left.emit()

    def ask_about_unsaved(self) -> None:
        """Ask what to do with unsaved changes; the answer comes as a signal."""
        box = QMessageBox(self)
        box.setWindowTitle(self.windowTitle())
        box.setText(self.question_about_unsaved())
        save = box.addButton(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(self.tr("Discard changes"), QMessageBox.ButtonRole.DestructiveRole)
        box.setEscapeButton(box.addButton(self.tr("Keep editing"), QMessageBox.ButtonRole.RejectRole))
        box.setDefaultButton(save)
        save.clicked.connect(self.save_all_requested)
        discard.clicked.connect(self.leave)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def question_about_unsaved(self) -> str:
        """The question, for example "Save the changes to your servers?"."""
        raise NotImplementedError

    def reject(self) -> None:
        self.leave_requested.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.isVisible():
            event.ignore()
            self.leave_requested.emit()
        else:
            super().closeEvent(event)


class Keeper(Protocol):
    """The presenter of such a dialog."""

    @property
    def has_unsaved(self) -> bool: ...

    async def save_all(self) -> bool:
        """False when something could not be saved; the dialog tells what."""
        ...

    def close(self) -> None:
        """The dialog has gone; whatever is not saved is forgotten."""
        ...


def join_leaving(
    dialog: KeepingDialog, keeper: Keeper, start: Callable[[Coroutine[Any, Any, Any]], object]
) -> None:
    """Let the dialog close once nothing in it is unsaved; `start` runs a coroutine on the loop."""

    async def save_and_leave() -> None:
        if await keeper.save_all():
            dialog.leave()

    def leave() -> None:
        if keeper.has_unsaved:
            dialog.ask_about_unsaved()
        else:
            dialog.leave()

    dialog.save_all_requested.connect(lambda: start(save_and_leave()))
    dialog.leave_requested.connect(leave)
    dialog.left.connect(keeper.close)
