"""Closing the window over a run that works: every road, in the real window."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.adapters.sqlite_store.run_queue import SqliteRunQueue
from desktop_app.assembly.background import background_folder, bring_back
from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import run, shown, until, use
from tests.assembly.run_play import COUNT, begin, press
from tests.fakes.fake_server import Behaviour, FakeServer, status, whole
from tests.fakes.lightdesk_command import lightdesk
from tests.ui.finding import part

Scene = Callable[[Desk, Shell, FakeServer, "asyncio.Task[bool]"], Awaitable[None]]


def closing(
    application: QApplication,
    folder: Path,
    home: Path,
    button: str,
    scene: Scene,
    reply: Behaviour | None = None,
) -> None:
    """Begin a run, close the window over it, press a button; then the scene, told whether it may close."""
    with FakeServer() as server:
        server.default = reply or whole("Rust.", after_s=0.2)
        use(server, home)

        async def play(desk: Desk, shell: Shell) -> None:
            await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: desk.runs.working and server.chats)
            leaving = asyncio.ensure_future(desk.may_close())
            await until(lambda: any(box.isVisible() for box in shell.window.findChildren(QMessageBox)))
            box = next(box for box in shell.window.findChildren(QMessageBox) if box.isVisible())
            press(box, button)
            await scene(desk, shell, server, leaving)

        run(application, folder, play)


def test_another_start_brings_the_window_back_while_the_run_goes_on(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (40, 30)).save(other / "elsewhere.png")

    async def scene(desk: Desk, shell: Shell, server: FakeServer, leaving: asyncio.Task[bool]) -> None:
        await until(lambda: not shell.window.isVisible())
        place = background_folder(shell.places.library)
        assert await asyncio.to_thread(bring_back, place, other)
        assert not await leaving
        assert shell.window.isVisible()
        assert desk.runs.working == 1
        await shown(desk, "elsewhere.png")
        assert not await asyncio.to_thread(bring_back, place, None)

    closing(qapp, folder, tmp_path, "Go on in the background", scene, whole("Rust.", after_s=2))


def test_a_program_without_a_window_can_be_told_to_end(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    async def scene(desk: Desk, shell: Shell, server: FakeServer, leaving: asyncio.Task[bool]) -> None:
        await until(lambda: not shell.window.isVisible())
        shell.window.close_requested.emit()  # as Ctrl+C in its terminal does
        assert await leaving
        assert len(server.chats) < COUNT

    closing(qapp, folder, tmp_path, "Go on in the background", scene, whole("Rust.", after_s=1))


def test_a_run_that_waits_for_its_server_already_keeps_its_window(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    async def scene(desk: Desk, shell: Shell, server: FakeServer, leaving: asyncio.Task[bool]) -> None:
        assert not await leaving
        view = part(shell.window, RunsView)
        assert view.isVisible()
        await until(lambda: view.notice.isVisible())

    closing(
        qapp,
        folder,
        tmp_path,
        "Go on in the background",
        scene,
        status(503, {"error": {"message": "loading"}}),
    )


def asked(shell: Shell) -> QMessageBox | None:
    return next((box for box in shell.window.findChildren(QMessageBox) if box.isVisible()), None)


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
    qapp: QApplication, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_lost: bool
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.ledger.SAVE_AGAIN_S", 0.05)
    with FakeServer() as server:
        server.default = whole("Rust.", after_s=0.5)
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            view = await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: len(server.chats) == 8)
            with contextlib.ExitStack() as stack:
                stack.enter_context(full_disk(monkeypatch))
                await until(lambda: view.notice.report.sentence == "The disk is full.")
                leaving = asyncio.ensure_future(desk.may_close())
                await until(lambda: asked(shell))
                box = asked(shell)
                assert box is not None
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
            run(qapp, folder, play, limit_s=60)
    listed = lightdesk("runs", "list").stdout.split("\t")
    assert listed[1] == "paused"
    assert (int(listed[2]) > 0) is not is_lost
    log = tmp_path / "lightdesk-home" / "log" / "lightdesk.log"
    assert (log.exists() and "answers could not be kept" in log.read_text("utf-8")) is is_lost


def test_a_full_disk_brings_the_window_back(
    qapp: QApplication, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(desk: Desk, shell: Shell, server: FakeServer, leaving: asyncio.Task[bool]) -> None:
        await until(lambda: not shell.window.isVisible())
        with full_disk(monkeypatch):
            assert not await leaving
            assert shell.window.isVisible()

    closing(qapp, folder, tmp_path, "Go on in the background", scene, whole("Rust.", after_s=0.5))


def test_pausing_keeps_what_is_there(qapp: QApplication, folder: Path, tmp_path: Path) -> None:
    async def scene(desk: Desk, shell: Shell, server: FakeServer, leaving: asyncio.Task[bool]) -> None:
        assert await leaving
        assert shell.window.isVisible()  # until the program ends, which pauses

    closing(qapp, folder, tmp_path, "Pause and close", scene)
