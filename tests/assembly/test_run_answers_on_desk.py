"""What a run answered is read beside the picture, goes along with it and is asked on about, in the window."""

from __future__ import annotations

import asyncio
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.adapters.sqlite_store.run_answers import SqliteRunAnswers
from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.runs.item import RunItem
from desktop_app.ui.conversation.question_box import QuestionBox
from desktop_app.ui.conversation.run_card import RunCard
from desktop_app.ui.runs.grid.editing.cell_editor import LineEditor
from tests.assembly.desk_play import OnDesk
from tests.assembly.run_play import SAFE, finished
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.waiting import until
from tests.ui.finding import part


@pytest.fixture
def server(server: FakeServer) -> FakeServer:
    server.default = whole(json.dumps(SAFE))
    return server


def named(card: RunCard) -> str:
    return "" if card.told is None else card.told.item.name


def test_the_answer_goes_along_in_the_table_and_in_the_gallery(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        table, card = await finished(desk, shell)
        # It was asked about while the picture was looked at.
        await until(lambda: named(card) == "span 1.png" and bool(card.fields.marks))
        table.setCurrentIndex(table.model().index(2, 0))
        await until(lambda: named(card) == "span 3.png")
        QTest.keyClick(table, Qt.Key.Key_Down)
        await until(lambda: named(card) == "span 4.png")
        desk.presenter.step(1)
        await until(lambda: named(card) == "span 5.png")
        shell.window.actions_of_desk.show_runs.setChecked(False)
        await until(lambda: card.isHidden())
        shell.window.actions_of_desk.show_runs.setChecked(True)
        await until(lambda: named(card) == "span 5.png" and card.isVisible())

    on_desk(play)


def test_a_value_changed_in_the_table_is_changed_beside_the_picture(
    on_desk: OnDesk, server: FakeServer
) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        table, card = await finished(desk, shell)
        table.setCurrentIndex(table.model().index(2, 2))
        await until(lambda: named(card) == "span 3.png")
        QTest.keyClick(table, Qt.Key.Key_F2)
        editor = part(table, LineEditor)
        QTest.keyClicks(editor, "4")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        await until(lambda: card.fields.rows[1][1] == "4")
        assert card.fields.rows[1][2] == "Set by hand. The vision model answered: 3"

    on_desk(play)


def test_a_value_changed_while_the_picture_is_still_coming_is_changed_beside_it(
    on_desk: OnDesk, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        table, card = await finished(desk, shell)
        item_about, read, go_on = SqliteRunAnswers.item_about, asyncio.Event(), asyncio.Event()

        async def late(answers: SqliteRunAnswers, run_id: int, path: str) -> RunItem | None:
            found = await item_about(answers, run_id, path)
            read.set()
            await go_on.wait()
            return found

        with monkeypatch.context() as slow:
            slow.setattr(SqliteRunAnswers, "item_about", late)
            table.setCurrentIndex(table.model().index(2, 2))
            await read.wait()
        QTest.keyClick(table, Qt.Key.Key_F2)
        editor = part(table, LineEditor)
        QTest.keyClicks(editor, "4")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        await until(lambda: table.model().index(2, 2).data() == "4")
        go_on.set()
        await until(lambda: named(card) == "span 3.png" and card.fields.rows[1][1] == "4")

    on_desk(play)


def test_the_person_asks_why(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        table, card = await finished(desk, shell)
        table.setCurrentIndex(table.model().index(2, 0))
        await until(lambda: named(card) == "span 3.png")
        before = len(server.chats)
        QTest.mouseClick(card.ask, Qt.MouseButton.LeftButton)
        box = part(shell.conversation, QuestionBox)
        QTest.keyClicks(box, "Why?")
        QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: len(server.chats) > before)
        said = server.chats[-1].json["messages"][-1]["content"][-1]["text"]
        assert said.endswith("Why?")
        assert "- People: 3" in said

    on_desk(play)


def test_copying_rows_does_not_hide_the_conversation(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        table, _ = await finished(desk, shell)
        shell.window.activateWindow()
        table.setFocus()
        table.setCurrentIndex(table.model().index(2, 2))
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(table, Qt.Key.Key_C, held)
        await until(lambda: "span 3.png" in QApplication.clipboard().text())
        assert shell.conversation.isVisible()

    on_desk(play)


def test_enter_goes_to_the_picture_and_escape_back_to_the_row(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        table, card = await finished(desk, shell)
        table.setCurrentIndex(table.model().index(2, 2))
        shell.window.actions_of_desk.show_conversation.setChecked(False)
        QTest.keyClick(table, Qt.Key.Key_Return)
        await until(lambda: shell.conversation.isVisible())
        await until(lambda: shell.window.focusWidget() is shell.picture.canvas)
        await until(lambda: named(card) == "span 3.png")
        QTest.keyClick(shell.picture.canvas, Qt.Key.Key_Escape)
        assert shell.window.focusWidget() is table
        assert table.currentIndex() == table.model().index(2, 2)
        shell.picture.canvas.setFocus()
        QTest.keyClick(shell.picture.canvas, Qt.Key.Key_Escape)
        assert shell.window.focusWidget() is shell.picture.canvas, "it was not opened from the table"

    on_desk(play)
