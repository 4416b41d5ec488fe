"""The badge that says where pictures go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.servers import NetworkScope
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.scope_badge import SCOPE_MARKS, ScopeBadge


@pytest.fixture
def badge(qapp: QApplication, qtbot: QtBot) -> ScopeBadge:
    badge = ScopeBadge(Theme(qapp, ThemeChoice.LIGHT))
    qtbot.addWidget(badge)
    return badge


@pytest.mark.parametrize(
    ("scope", "word", "explained"),
    [
        (NetworkScope.THIS_COMPUTER, "This computer", "do not leave it"),
        (NetworkScope.LAN, "LAN", "no further"),
        (NetworkScope.OUTSIDE, "Outside", "leave your local network"),
    ],
)
def test_each_scope_is_told_in_words_with_the_address(
    badge: ScopeBadge, scope: NetworkScope, word: str, explained: str
) -> None:
    badge.show_scope(scope, "gpu-box:8000")
    assert badge.text().split() == [*word.split(), "·", "gpu-box:8000"]
    assert explained in badge.toolTip()
    assert word in badge.accessibleName()


def test_scopes_differ_in_shape_and_in_colour() -> None:
    icons, roles = zip(*SCOPE_MARKS.values(), strict=True)
    assert len(set(icons)) == len(set(roles)) == len(NetworkScope)


def test_the_reader_stays_on_this_computer(badge: ScopeBadge) -> None:
    badge.show_scope(NetworkScope.OUTSIDE, "api.example.com")
    badge.show_reader()
    assert "This computer · built-in reader" in badge.text()
    assert "stay on this computer" in badge.toolTip()


def test_it_can_be_pressed_with_the_keyboard(badge: ScopeBadge, qtbot: QtBot) -> None:
    badge.show()
    with qtbot.waitSignal(badge.activated):
        QTest.keyClick(badge, Qt.Key.Key_Space)
