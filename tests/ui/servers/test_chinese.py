"""The dialogs in Chinese: every button and label has room for its words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop_app.domain.servers import ServerProfile
from desktop_app.domain.settings import Settings
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.servers.presenter import ServersPresenter
from desktop_app.ui.servers.view import ServersDialog
from desktop_app.ui.servers.wiring import join_servers
from desktop_app.ui.settings.view import SettingsDialog
from desktop_app.ui.theme.theme import Theme
from tests.fakes.languages import speaking
from tests.fakes.memory_servers import MemoryServers, NameScopes
from tests.ui.event_loop import settled


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    with speaking(qapp, "zh_CN"):
        yield Theme(qapp, ThemeChoice.LIGHT)


ROUNDING_PX = 2
"""Glyphs of the font that steps in for Chinese come late and may be a pixel taller."""


def cut_off(window: QWidget) -> list[str]:
    """Texts of visible buttons and labels that are narrower or lower than their words need."""
    found = []
    for part in (*window.findChildren(QPushButton), *window.findChildren(QLabel)):
        if not part.isVisible() or not part.text():
            continue
        wraps = isinstance(part, QLabel) and part.wordWrap()
        height = part.heightForWidth(part.width()) if wraps else part.sizeHint().height()
        if (not wraps and part.width() < part.sizeHint().width()) or part.height() < height - ROUNDING_PX:
            found.append(part.text())
    return found


async def test_the_servers_dialog_has_room(theme: Theme, qtbot) -> None:
    dialog = ServersDialog(theme)
    qtbot.addWidget(dialog)
    servers = MemoryServers(
        ServerProfile("云", "https://api.example.com/v1", allow_outside=True), current="云", protected=False
    )
    presenter = ServersPresenter(dialog, servers, NameScopes(), asyncio.ensure_future)
    join_servers(dialog, presenter, asyncio.ensure_future)
    presenter.open()
    dialog.show()
    await settled()
    assert dialog.form.consent.isVisible()
    assert cut_off(dialog) == []
    presenter.test()
    await settled()
    assert dialog.report.isVisible()
    assert cut_off(dialog) == []
    presenter.select(None)
    QApplication.processEvents()
    assert cut_off(dialog) == []
    presenter.close()


def test_the_settings_dialog_has_room(theme: Theme, qtbot) -> None:
    dialog = SettingsDialog(theme)
    qtbot.addWidget(dialog)
    dialog.show_settings(Settings())
    dialog.show_restart_needed(True)
    dialog.show()
    QApplication.processEvents()
    assert dialog.windowTitle() == "设置"
    assert cut_off(dialog) == []
