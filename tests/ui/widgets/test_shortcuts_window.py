"""The overview of shortcuts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.shortcuts_window import ShortcutsWindow


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> ShortcutsWindow:
    window = ShortcutsWindow(
        Theme(qapp, ThemeChoice.LIGHT),
        [
            ("Pictures", ""),
            ("Next picture", QKeySequence("Right")),
            ("Ask", ""),
            ("Ask the question", "Ctrl+Return"),
            ("Stop", "Esc"),
        ],
    )
    qtbot.addWidget(window)
    window.show()
    return window


def test_all_are_listed(window: ShortcutsWindow) -> None:
    assert window.visible_texts() == ["Next picture", "Ask the question", "Stop"]


@pytest.mark.parametrize(("typed", "left"), [("quest", "Ask the question"), ("ctrl", "Ask the question")])
def test_typing_narrows_by_words_and_keys(window: ShortcutsWindow, typed: str, left: str) -> None:
    QTest.keyClicks(window.search, typed)
    assert window.visible_texts() == [left]
    assert not window.nothing.isVisible()


def test_nothing_found_is_said(window: ShortcutsWindow) -> None:
    QTest.keyClicks(window.search, "zzz")
    assert window.visible_texts() == []
    assert window.nothing.isVisible()


def test_escape_closes(window: ShortcutsWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.left):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
