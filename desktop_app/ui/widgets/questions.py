"""Questions that wait for a person's answer without stopping the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QInputDialog, QLabel, QLineEdit, QMessageBox, QWidget


async def confirm(parent: QWidget, question: str, explanation: str, yes: str, no: str) -> bool:
    """Ask; True when the person chose `yes`. Escape and closing count as `no`.

    Args:
        question: one sentence.
        explanation: what follows from it, or the address in question.
        yes, no: verbs for the buttons; `no` is the one Enter chooses.
    """
    box = QMessageBox(parent)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setIcon(QMessageBox.Icon.Question)
    _write(box, question, explanation)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
    await answered(box)
    chosen = box.clickedButton() is agreed
    box.deleteLater()
    return chosen


async def choose(parent: QWidget, question: str, explanation: str, choices: Sequence[str]) -> int:
    """Ask; the place of what was chosen. The last choice is that of Enter, Escape and closing.

    Args:
        question: one sentence.
        explanation: what follows from the choices.
        choices: verbs for the buttons, two or more.
    """
    box = QMessageBox(parent)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setIcon(QMessageBox.Icon.Question)
    _write(box, question, explanation)
    buttons = [box.addButton(choice, QMessageBox.ButtonRole.AcceptRole) for choice in choices]
    box.setDefaultButton(buttons[-1])
    box.setEscapeButton(buttons[-1])
    await answered(box)
    clicked = box.clickedButton()
    box.deleteLater()
    return next((place for place, button in enumerate(buttons) if button is clicked), len(choices) - 1)


async def ask_for_text(parent: QWidget, title: str, label: str) -> str:
    """What the person typed, without blanks around it; "" when they cancelled."""
    dialog = QInputDialog(parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
    dialog.resize(dialog.fontMetrics().averageCharWidth() * 80, dialog.sizeHint().height())
    accepted = await answered(dialog)
    typed = dialog.textValue().strip() if accepted else ""
    dialog.deleteLater()
    return typed


async def answered(dialog: QDialog) -> bool:
    """Open a dialog and wait; whether it was accepted. A cancelled wait closes it."""
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def settle(result: int) -> None:
        if not done.done():
            done.set_result(result)

    dialog.finished.connect(settle)
    dialog.open()
    try:
        return await done != 0
    except asyncio.CancelledError:
        dialog.close()
        dialog.deleteLater()
        raise


def _write(box: QMessageBox, question: str, explanation: str) -> None:
    """Word for word: labels guess whether a text is HTML, and a name or an address from elsewhere must never
    be taken for it. Not every version of Qt passes the box's format on to its explanation.
    """
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(explanation)
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
