"""Forms on the running desk: opened from the menu, tried on the selected picture, kept in the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.dialogs import Dialogs
from desktop_app.assembly.shell import Shell
from desktop_app.ui.forms.draft import Kind
from desktop_app.ui.forms.view import FormsDialog
from tests.assembly.desk_play import OnDesk, shown
from tests.fakes.fake_server import FakeServer, hang, whole
from tests.fakes.waiting import until
from tests.ui.finding import part


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "bridge"
    place.mkdir()
    for number in (1, 2):
        Image.new("RGB", (320, 200), "firebrick").save(place / f"span {number}.png")
    return place


async def opened(desk: Desk, shell: Shell) -> FormsDialog:
    await shown(desk, "span 1.png")
    shell.window.actions_of_desk.forms.trigger()
    dialog = part(shell.window, FormsDialog)
    await until(lambda: dialog.forms.names)
    return dialog


def press(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_new_form_is_tried_on_the_selected_picture_saved_and_found_again(
    on_desk: OnDesk, server: FakeServer
) -> None:
    server.default = whole('{"rust": true}', usage=(45, 7))

    async def make(desk: Desk, shell: Shell) -> None:
        dialog = await opened(desk, shell)
        told: list[bool] = []
        dialogs = part(shell.window, Dialogs)
        dialogs.forms_changed.connect(lambda: told.append(True))
        press(dialog.forms.new)
        QTest.keyClicks(dialog.head.name, "Bridge")
        QTest.keyClicks(dialog.head.instructions, "Look at {{file}}.")
        dialog.fields.kinds[Kind.YES_NO].trigger()
        QTest.keyClicks(dialog.editor.label, "Rust")
        press(dialog.trial.ask)
        await until(lambda: dialog.trial.answer_part.isVisible())
        assert dialog.trial.table.rows == [("Rust", "yes", "")]
        assert "45 in, 7 out" in dialog.trial.figures.text()
        asked = str(server.chats[-1].json)
        assert "Look at span 1.png." in asked
        assert "'rust': {'type': 'boolean'}" in asked
        assert not told, "trying keeps nothing"
        press(dialog.trial.next)
        await until(lambda: dialog.trial.picture.text() == "span 2.png")
        assert not dialog.trial.answer_part.isVisible()
        press(dialog.save)
        await until(lambda: told)
        dialog.close()
        await until(lambda: not dialog.isVisible())

    on_desk(make)

    async def find_again(desk: Desk, shell: Shell) -> None:
        dialog = await opened(desk, shell)
        assert dialog.forms.names[0] == "Bridge"
        assert dialog.fields.labels == ["Rust"]
        assert dialog.head.instructions.toPlainText() == "Look at {{file}}."
        dialog.close()

    on_desk(find_again)


def test_a_trial_that_is_stopped_leaves_the_server_in_peace(on_desk: OnDesk, server: FakeServer) -> None:
    server.default = hang

    async def stop(desk: Desk, shell: Shell) -> None:
        dialog = await opened(desk, shell)
        press(dialog.trial.ask)
        await until(lambda: server.chats)
        press(dialog.trial.ask)
        await until(lambda: server.left == 1)
        assert not dialog.trial.busy.isVisible()
        assert not dialog.trial.notice.isVisible()
        dialog.close()

    on_desk(stop)
