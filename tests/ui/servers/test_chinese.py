"""The dialogs in Chinese: every button and label has room for its words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

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
from tests.ui.room import cut_off


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    with speaking(qapp, "zh_CN"):
        yield Theme(qapp, ThemeChoice.LIGHT)


async def test_the_servers_dialog_has_room(theme: Theme, qtbot: QtBot) -> None:
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


def test_the_settings_dialog_has_room(theme: Theme, qtbot: QtBot) -> None:
    dialog = SettingsDialog(theme)
    qtbot.addWidget(dialog)
    dialog.show_settings(Settings())
    dialog.show_restart_needed(True)
    dialog.show()
    QApplication.processEvents()
    assert dialog.windowTitle() == "设置"
    assert cut_off(dialog) == []
