"""The servers dialog with the program's real services, against a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.composition.core import Core
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.servers.presenter import ServersPresenter
from desktop_app.ui.servers.report_panel import Mark
from desktop_app.ui.servers.view import ServersDialog
from desktop_app.ui.servers.wiring import join_servers
from desktop_app.ui.theme.theme import Theme


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    given = request.config.getoption("--server-url")
    if not given:
        pytest.skip("needs a real model server: --server-url URL")
    return str(given)


async def until(done: Callable[[], bool]) -> None:
    """Let Qt and the loop run until `done`; a real server may be slow, the test's own time limit ends it."""
    while not done():
        QApplication.processEvents()
        await asyncio.sleep(0.02)


@pytest.fixture
async def dialog(qtbot: QtBot, qapp: QApplication, core: Core) -> AsyncIterator[ServersDialog]:
    made = ServersDialog(Theme(qapp, ThemeChoice.LIGHT))
    qtbot.addWidget(made)
    presenter = ServersPresenter(made, core.servers, core.scopes, asyncio.ensure_future)
    join_servers(made, presenter, asyncio.ensure_future)
    presenter.open()
    made.show()
    yield made
    presenter.close()


async def test_a_real_server_is_added_tested_and_used(
    dialog: ServersDialog, core: Core, address: str
) -> None:
    await until(lambda: "no keyring" in dialog.form.key_place.text())
    # As pasted from another program's settings.
    QTest.keyClicks(dialog.form.address, address.rstrip("/") + "/chat/completions")
    QTest.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    await until(lambda: dialog.report.isVisible() or dialog.notice.isVisible())
    texts = [line.text for line in dialog.report.lines]
    assert not dialog.notice.isVisible(), dialog.notice.report
    assert "The model sees pictures." in texts
    assert any(text.startswith("Program: ") for text in texts)
    assert Mark.BAD not in [line.mark for line in dialog.report.lines]
    assert dialog.form.model.count() >= 2
    QTest.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    await until(lambda: core.servers.current is not None)
    profile = core.servers.current
    assert profile is not None
    assert profile.base_url == address.rstrip("/")
    target = await core.servers.current_target()
    assert target is not None
    assert target.model == dialog.form.model.itemText(1)
    await until(lambda: dialog.in_use.isVisible())


async def test_a_port_where_nothing_listens_is_told_plainly(dialog: ServersDialog) -> None:
    QTest.keyClicks(dialog.form.address, "127.0.0.1:9")
    QTest.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    await until(lambda: dialog.notice.isVisible())
    assert dialog.notice.report.sentence == "The server at 127.0.0.1:9 does not answer."
    assert not dialog.busy.isVisible()
