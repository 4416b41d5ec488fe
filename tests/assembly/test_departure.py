"""Closing the window over a run that works: every road, in the real window."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.assembly.background import background_folder, bring_back
from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.ui.runs.view import RunsView
from tests.assembly.test_desk import run, shown, until, use
from tests.assembly.test_runs_on_desk import COUNT, begin, press
from tests.fakes.fake_server import Behaviour, FakeServer, status, whole

Scene = Callable[[Desk, Shell, FakeServer, "asyncio.Task[bool]"], Awaitable[None]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "bridge"
    place.mkdir()
    for number in range(1, COUNT + 1):
        Image.new("RGB", (120, 80), (20 * number, 90, 60)).save(place / f"span {number}.png")
    return place


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
        view = shell.window.findChild(RunsView)
        assert view is not None
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


def test_pausing_keeps_what_is_there(qapp: QApplication, folder: Path, tmp_path: Path) -> None:
    async def scene(desk: Desk, shell: Shell, server: FakeServer, leaving: asyncio.Task[bool]) -> None:
        assert await leaving
        assert shell.window.isVisible()  # until the program ends, which pauses

    closing(qapp, folder, tmp_path, "Pause and close", scene)
