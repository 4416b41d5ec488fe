"""What questions show and what their buttons answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from desktop_app.ui.widgets.questions import choose, confirm

EXPLANATION = "The 3 answers of <b>R&D</b> are deleted."


async def asked(parent: QWidget) -> QMessageBox:
    while not (boxes := [box for box in parent.findChildren(QMessageBox) if box.isVisible()]):
        await asyncio.sleep(0.01)
    return boxes[0]


@pytest.mark.parametrize(
    "ask",
    [
        lambda parent: confirm(parent, "Delete <i>it</i>?", EXPLANATION, "Delete", "Keep"),
        lambda parent: choose(parent, "Delete <i>it</i>?", EXPLANATION, ("Delete", "Keep")),
    ],
)
async def test_questions_are_shown_word_for_word(
    qapp: QApplication, ask: Callable[[QWidget], asyncio.Future[object]]
) -> None:
    parent = QWidget()
    parent.show()
    waiting = asyncio.ensure_future(ask(parent))
    box = await asked(parent)
    shown = {label.text(): label.textFormat() for label in box.findChildren(QLabel) if label.text()}
    assert shown == {"Delete <i>it</i>?": Qt.TextFormat.PlainText, EXPLANATION: Qt.TextFormat.PlainText}
    box.reject()
    assert await waiting in (False, 1)
    parent.deleteLater()
