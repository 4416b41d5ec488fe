"""What is asked when the window closes while runs work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.desk.leaving import Leaving, LeavingQuestions
from tests.fakes.waiting import LONG_S

_Answer = TypeVar("_Answer")

Ask = Callable[[LeavingQuestions], Awaitable[_Answer]]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def asked(qapp: QApplication, window: QWidget, ask: Ask[_Answer], pressed: str) -> tuple[str, str, _Answer]:
    """Question, explanation and what comes of the button, or of Escape where none is pressed."""

    async def scene() -> tuple[str, str, _Answer]:
        asking = asyncio.ensure_future(ask(LeavingQuestions(window)))
        async with asyncio.timeout(LONG_S):
            while (box := window.findChild(QMessageBox)) is None or not box.isVisible():
                await asyncio.sleep(0.01)
        told = box.text(), box.informativeText()
        if pressed:
            button = next(one for one in box.findChildren(QPushButton) if one.text() == pressed)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(box, Qt.Key.Key_Escape)
        return *told, await asking

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
        return runner.run(scene())


@pytest.mark.parametrize(
    ("pressed", "meant"),
    [
        ("Pause and close", Leaving.PAUSE),
        ("Go on in the background", Leaving.GO_ON),
        ("Keep the window open", Leaving.STAY),
        ("", Leaving.STAY),
    ],
)
def test_closing_over_a_run_asks_what_is_to_become_of_it(
    qapp: QApplication, window: QWidget, pressed: str, meant: Leaving
) -> None:
    question, _, answer = asked(qapp, window, lambda questions: questions.about_working(1), pressed)
    assert question == "A run is still working."
    assert answer is meant


@pytest.mark.parametrize(
    ("pressed", "may_close"), [("Close and lose it", True), ("Keep waiting", False), ("", False)]
)
def test_answers_that_would_be_lost_are_named_and_kept_unless_a_person_gives_them_up(
    qapp: QApplication, window: QWidget, pressed: str, may_close: bool
) -> None:
    pictures = [f"{number:02}.jpg" for number in range(10, 0, -1)]
    question, explanation, answer = asked(
        qapp, window, lambda questions: questions.may_lose_answers(pictures), pressed
    )
    assert question.startswith("10 answers cannot be kept")
    assert explanation.endswith("01.jpg, 02.jpg, 03.jpg, 04.jpg, 05.jpg, 06.jpg, 07.jpg, 08.jpg and 2 more")
    assert answer is may_close
