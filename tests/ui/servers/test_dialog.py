"""The servers dialog as a person uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ServerProfile
from desktop_app.ui.servers.presenter import ServersPresenter
from desktop_app.ui.servers.switcher import ServerSwitcher
from desktop_app.ui.servers.view import ServersDialog
from desktop_app.ui.servers.wiring import join_servers
from desktop_app.ui.theme.theme import Theme
from tests.fakes.memory_servers import MemoryServers, NameScopes
from tests.ui.event_loop import press, settled, until

BOX = ServerProfile("box & co", "http://gpu-box:8000/v1")


@pytest.fixture
def servers() -> MemoryServers:
    return MemoryServers(BOX, current=BOX.name)


@pytest.fixture
def dialog(theme: Theme, qtbot: QtBot) -> Iterator[ServersDialog]:
    dialog = ServersDialog(theme)
    qtbot.addWidget(dialog)
    yield dialog
    dialog.hide()


async def shown(dialog: ServersDialog, servers: MemoryServers) -> ServersPresenter:
    presenter = ServersPresenter(dialog, servers, NameScopes(), asyncio.ensure_future)
    join_servers(dialog, presenter, asyncio.ensure_future)
    presenter.open()
    dialog.show()
    await settled()
    return presenter


def answer(dialog: QWidget, text: str) -> None:
    """Press a button of the question that is open."""
    box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    press(next(button for button in box.buttons() if button.text() == text))


async def test_a_server_is_added_tested_saved_and_used(dialog: ServersDialog, servers: MemoryServers) -> None:
    presenter = await shown(dialog, servers)
    press(dialog.servers.add)
    QTest.keyClicks(dialog.form.address, "lab:9000/v1/chat/completions")
    assert "http://lab:9000/v1" in dialog.form.meaning.text()
    QTest.keyClicks(dialog.form.key, "sk-5")
    assert dialog.form.key.echoMode() == QLineEdit.EchoMode.Password
    press(dialog.test)
    await settled()
    texts = [line.text for line in dialog.report.lines]
    assert "The key is accepted." in texts
    assert "Pictures in one question: up to 4" in texts
    assert dialog.report.isVisible()
    press(dialog.save)
    await settled()
    press(dialog.use)
    await settled()
    assert servers.used == "lab:9000"
    assert servers.keys["lab:9000"] == "sk-5"
    assert dialog.in_use.isVisible()
    presenter.close()


async def test_the_first_model_stands_for_no_choice(dialog: ServersDialog, servers: MemoryServers) -> None:
    presenter = await shown(dialog, servers)
    assert dialog.form.draft().model == ""
    press(dialog.form.refresh)
    await settled()
    assert dialog.form.model.itemText(0) == "First model of the server: Qwen2-VL-7B"
    assert dialog.form.draft().model == ""
    dialog.form.model.setCurrentIndex(2)
    assert dialog.form.draft().model == "other"
    dialog.form.model.setEditText("typed/by-hand")
    assert dialog.form.draft().model == "typed/by-hand"
    press(dialog.save)
    await settled()
    assert servers.profiles[0].model == "typed/by-hand"
    presenter.close()


async def test_consent_is_asked_for_outside_servers_alone(
    dialog: ServersDialog, servers: MemoryServers
) -> None:
    presenter = await shown(dialog, servers)
    assert not dialog.form.consent.isVisible()
    dialog.form.address.setText("https://api.example.com")
    assert dialog.form.consent.isVisible()
    press(dialog.test)
    await settled()
    assert "api.example.com" in dialog.notice.report.sentence
    assert dialog.notice.isVisible()
    dialog.form.consent.setChecked(True)
    press(dialog.test)
    await settled()
    assert dialog.report.isVisible()
    assert not dialog.notice.isVisible()
    press(dialog.save)
    await settled()
    assert servers.profiles[0].allow_outside
    presenter.close()


async def test_a_failed_test_shows_the_sentence_and_a_stopped_one_nothing(
    dialog: ServersDialog, servers: MemoryServers
) -> None:
    servers.problem = AppError(ErrorCode.SERVER_REFUSED, server="gpu-box:8000")
    presenter = await shown(dialog, servers)
    press(dialog.test)
    await settled()
    assert dialog.notice.report.sentence == "The server at gpu-box:8000 does not answer."
    servers.hang.clear()
    press(dialog.test)
    await settled()
    assert dialog.busy.isVisible()
    assert dialog.test.accessibleName() == "Stop the test"
    press(dialog.test)
    await settled()
    assert servers.was_cancelled
    assert not dialog.busy.isVisible()
    assert not dialog.notice.isVisible()
    presenter.close()


async def test_closing_with_unsaved_changes_asks(dialog: ServersDialog, servers: MemoryServers) -> None:
    await shown(dialog, servers)
    dialog.form.name.setText("new name")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    answer(dialog, "Keep editing")
    await settled()
    assert dialog.isVisible()
    dialog.close()
    answer(dialog, "Save")
    await settled()
    assert not dialog.isVisible()
    assert servers.profiles[0].name == "new name"


async def test_closing_cancels_a_running_test(dialog: ServersDialog, servers: MemoryServers) -> None:
    servers.hang.clear()
    await shown(dialog, servers)
    press(dialog.test)
    await settled()
    press(dialog.close_button)
    await settled()
    assert not dialog.isVisible()
    assert servers.was_cancelled


async def test_removing_asks_first_and_works_by_keyboard(
    dialog: ServersDialog, servers: MemoryServers
) -> None:
    presenter = await shown(dialog, servers)
    dialog.servers.list.setFocus()
    QTest.keyClick(dialog.servers.list, Qt.Key.Key_Delete)
    answer(dialog, "Keep")
    await settled()
    kept = servers.profiles
    press(dialog.servers.remove)
    answer(dialog, "Remove")
    await settled()
    assert (kept, servers.profiles) == ((BOX,), ())
    assert dialog.servers.current is None
    presenter.close()


async def test_everything_has_a_name_for_screen_readers(
    dialog: ServersDialog, servers: MemoryServers
) -> None:
    presenter = await shown(dialog, servers)
    dialog.form.address.setText("https://api.example.com")
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit)
        for widget in dialog.findChildren(kind)
        if widget.isVisible() and widget.parent() is not dialog.form.model
        if not widget.accessibleName() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert [(type(widget).__name__, widget.objectName()) for widget in nameless] == []
    presenter.close()


def test_the_switcher_lists_everyone_and_tells_the_choice(theme: Theme, qtbot: QtBot) -> None:
    switcher = ServerSwitcher(theme)
    qtbot.addWidget(switcher)
    switcher.show_servers([BOX, ServerProfile("lab", "http://lab/v1")], BOX.name)
    chosen: list[str] = []
    switcher.chosen.connect(chosen.append)
    actions = switcher.menu().actions()
    assert [action.text() for action in actions if action.isCheckable()] == [
        "Built-in reader",
        "box && co",
        "lab",
    ]
    assert [action.text() for action in actions if action.isChecked()] == ["box && co"]
    for action in (actions[1], actions[2], actions[0]):
        action.trigger()
    assert chosen == ["lab", ""]
    with qtbot.waitSignal(switcher.manage_requested):
        actions[-1].trigger()


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)],
)
async def test_a_server_is_added_by_the_underlined_letter_and_by_the_shortcut(
    dialog: ServersDialog, servers: MemoryServers, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    await shown(dialog, servers)
    dialog.activateWindow()
    QTest.keyClick(dialog.servers.list, key, held)
    await until(lambda: dialog.heading.text() == "New server")


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)],
)
async def test_a_server_is_saved_by_the_underlined_letter_and_by_the_shortcut(
    dialog: ServersDialog, servers: MemoryServers, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    await shown(dialog, servers)
    dialog.activateWindow()
    press(dialog.servers.add)
    QTest.keyClicks(dialog.form.address, "lab:9000")
    QTest.keyClick(dialog.form.address, key, held)
    await until(lambda: [one.address for one in servers.profiles][1:] == ["lab:9000"])
