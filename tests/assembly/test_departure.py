"""Closing the window over a run that works: every road, in the real window."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox

from desktop_app.adapters.sqlite_store.run_queue import SqliteRunQueue
from desktop_app.assembly.background import background_folder, bring_back
from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import OnDesk, opened, shown
from tests.assembly.run_play import COUNT, SAFE, begin, finished, press
from tests.fakes.fake_server import FakeServer, status, whole
from tests.fakes.gate import Gate
from tests.fakes.lightdesk_command import lightdesk
from tests.fakes.waiting import until
from tests.ui.finding import part


@dataclass
class Closing:
    """A window that is being closed over a run.

    Attributes:
        leaving: whether it may close, when that is known.
    """

    desk: Desk
    shell: Shell
    leaving: asyncio.Task[bool]


Scene = Callable[[Closing], Awaitable[None]]
Close = Callable[[str, Scene], None]


@pytest.fixture
def gate(server: FakeServer) -> Gate:
    """Before the run's answers."""
    server.default = gate = Gate(whole("Rust."))
    return gate


@pytest.fixture
def close(on_desk: OnDesk, server: FakeServer) -> Close:
    """Begins a run, closes the window while the server is asked, presses a button; then plays the scene."""

    def play(button: str, scene: Scene) -> None:
        async def begin_and_close(desk: Desk, shell: Shell) -> None:
            await begin(desk, shell)
            await until(lambda: desk.runs.working and server.chats)
            leaving = asyncio.ensure_future(desk.may_close())
            press(await opened(shell.window, QMessageBox), button)
            await scene(Closing(desk, shell, leaving))

        on_desk(begin_and_close)

    return play


def test_another_start_brings_the_window_back_while_the_run_goes_on(
    close: Close, gate: Gate, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (40, 30)).save(other / "elsewhere.png")

    async def scene(window: Closing) -> None:
        await until(lambda: not window.shell.window.isVisible())
        place = background_folder(window.shell.places.library)
        assert await asyncio.to_thread(bring_back, place, other)
        assert not await window.leaving
        assert window.shell.window.isVisible()
        assert window.desk.runs.working == 1
        await shown(window.desk, "elsewhere.png")
        assert not await asyncio.to_thread(bring_back, place, None)

    close("Go on in the background", scene)


def test_a_program_without_a_window_can_be_told_to_end(close: Close, gate: Gate, server: FakeServer) -> None:
    async def scene(window: Closing) -> None:
        await until(lambda: not window.shell.window.isVisible())
        window.shell.window.close_requested.emit()  # as Ctrl+C in its terminal does
        assert await window.leaving
        assert len(server.chats) < COUNT

    close("Go on in the background", scene)


def test_a_run_that_waits_for_its_server_already_keeps_its_window(close: Close, server: FakeServer) -> None:
    server.default = status(503, {"error": {"message": "loading"}})

    async def scene(window: Closing) -> None:
        assert not await window.leaving
        view = part(window.shell.window, RunsView)
        assert view.isVisible()
        await until(view.notice.isVisible)

    close("Go on in the background", scene)


@contextlib.contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No answer fits into the library any more."""

    async def refuse(*about: object) -> None:
        raise AppError(ErrorCode.DISK_FULL)

    with monkeypatch.context() as changed:
        changed.setattr(SqliteRunQueue, "answer_item", refuse)
        yield


@pytest.mark.parametrize("is_lost", [False, True])
def test_answers_that_cannot_be_kept_hold_the_window_until_they_can_or_may_be_lost(
    on_desk: OnDesk,
    server: FakeServer,
    gate: Gate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_lost: bool,
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.ledger.SAVE_AGAIN_S", 0.05)

    async def play(desk: Desk, shell: Shell) -> None:
        view = await begin(desk, shell)
        await until(lambda: len(server.chats) == 8)
        with contextlib.ExitStack() as stack:
            stack.enter_context(full_disk(monkeypatch))
            gate.open()
            await until(lambda: view.notice.report.sentence == "The disk is full.")
            leaving = asyncio.ensure_future(desk.may_close())
            box = await opened(shell.window, QMessageBox)
            assert "cannot be kept" in box.text()
            assert "span " in box.informativeText()
            press(box, "Close and lose it" if is_lost else "Keep waiting")
            assert await leaving is is_lost
            if is_lost:
                closed.push(stack.pop_all())  # it stays full until the program has ended
                return
        await until(lambda: desk.runs.working == 0)
        assert await desk.may_close()

    with contextlib.ExitStack() as closed:
        on_desk(play)
    listed = lightdesk("runs", "list").stdout.split("\t")
    assert listed[1] == "paused"
    assert (int(listed[2]) > 0) is not is_lost
    log = tmp_path / "lightdesk-home" / "log" / "lightdesk.log"
    assert (log.exists() and "answers could not be kept" in log.read_text("utf-8")) is is_lost


def test_a_full_disk_brings_the_window_back(
    close: Close, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(window: Closing) -> None:
        await until(lambda: not window.shell.window.isVisible())
        with full_disk(monkeypatch):
            gate.open()
            assert not await window.leaving
            assert window.shell.window.isVisible()

    close("Go on in the background", scene)


def test_pausing_keeps_what_is_there(close: Close, gate: Gate) -> None:
    async def scene(window: Closing) -> None:
        gate.open()
        assert await window.leaving
        assert window.shell.window.isVisible()  # until the program ends, which pauses

    close("Pause and close", scene)


def test_what_is_changed_in_many_rows_is_written_down_before_the_window_closes(
    on_desk: OnDesk, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.ui.runs.grid.editing.grid_editing.AT_ONCE", 1)
    server.default = whole(json.dumps(SAFE))

    async def play(desk: Desk, shell: Shell) -> None:
        await finished(desk, shell)
        run = (await desk._core.runs.all())[0]
        ids = [item.id for item in await desk._core.answers.items(run.id)]
        grid = desk.runs._grid
        assert grid is not None
        changing = asyncio.ensure_future(grid[1].editing.set_values(ids, "people", 5))
        await asyncio.sleep(0)  # it has begun, as it has when a person closes the window
        assert await desk.may_close()
        assert changing.done()
        items = await desk._core.answers.items(run.id)
        assert [item.edited for item in items] == [{"people": 5}] * COUNT

    on_desk(play)


def test_what_is_being_typed_in_a_cell_is_kept_when_the_window_closes(
    on_desk: OnDesk, server: FakeServer
) -> None:
    server.default = whole(json.dumps(SAFE))

    async def play(desk: Desk, shell: Shell) -> None:
        table, _ = await finished(desk, shell)
        shell.window.activateWindow()  # the dialog was; without a screen nothing follows it
        await until(shell.window.isActiveWindow)
        table.setFocus()
        table.setCurrentIndex(table.model().index(0, 2))
        QTest.keyClick(table, Qt.Key.Key_F2)
        editor = part(table.viewport(), QLineEdit)
        editor.selectAll()
        QTest.keyClicks(editor, "5")
        assert await desk.may_close()
        run = (await desk._core.runs.all())[0]
        items = await desk._core.answers.items(run.id)
        assert [item.edited for item in items[:2]] == [{"people": 5}, {}]

    on_desk(play)
