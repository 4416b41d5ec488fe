"""The window beside the command line, on one library: what the one does, the other one shows."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import run, until, use
from tests.assembly.run_play import COUNT, begin, marks, press
from tests.fakes.fake_server import Exchange, FakeServer, whole
from tests.ui.finding import part

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="qasync starts no processes on Windows' own loop"
)


class Gate:
    """A server that holds its answers back until it is opened."""

    def __init__(self) -> None:
        self.is_open = False

    async def __call__(self, exchange: Exchange) -> None:
        while not self.is_open:
            await asyncio.sleep(0.02)
        await whole("Rust.")(exchange)


async def command_line(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "desktop_app", *arguments, stderr=asyncio.subprocess.PIPE, env=os.environ
    )


async def begun(folder: Path) -> asyncio.subprocess.Process:
    """A run of the command line."""
    return await command_line(
        "run", str(folder), "-p", "Is there rust?", "--name", "theirs", "--concurrency", "1"
    )


async def runs_shown(shell: Shell) -> RunsView:
    """The runs area."""
    shell.window.actions_of_desk.show_runs.setChecked(True)
    await until(lambda: (found := shell.window.findChild(RunsView)) is not None and found.isVisible())
    return part(shell.window, RunsView)


def texts(view: RunsView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def button_texts(view: RunsView) -> list[str]:
    return [one.text() for one in view.header.findChildren(QPushButton) if one.isVisible()]


def test_a_run_of_the_command_line_is_seen_while_it_goes_on(
    qapp: QApplication,
    folder: Path,
    tmp_path: Path,
) -> None:
    with FakeServer() as server:
        server.default = whole("Rust.", after_s=0.5)
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            shell.window.actions_of_desk.show_runs.setChecked(True)
            await until(lambda: (found := shell.window.findChild(RunsView)) is not None and found.isVisible())
            view = part(shell.window, RunsView)
            other = await begun(folder)
            await until(lambda: view.list.model().rowCount() == 1)
            assert view.list.model().index(0, 0).data() == "theirs"
            table = part(view, QTableView)
            await until(lambda: table.model().rowCount() == COUNT)
            await until(lambda: 0 < marks(shell) < COUNT)
            assert button_texts(view) == ["Pause", "Export…"]
            assert desk.runs.working == 0

            _, said = await other.communicate()
            assert other.returncode == 0, said.decode()
            await until(lambda: marks(shell) == COUNT)
            await until(lambda: "done" in str(view.list.model().index(0, 0).data(3)))

            deleting = await command_line("runs", "delete", "theirs", "--yes")
            await deleting.communicate()
            await until(lambda: view.list.model().rowCount() == 0)
            await until(lambda: marks(shell) == 0)

        run(qapp, folder, play, limit_s=60)


def test_a_run_of_the_command_line_is_paused_in_the_window_and_goes_on_there(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with FakeServer() as server:
        gate = Gate()
        server.answer_with(whole("Rust."), whole("Rust."))
        server.default = gate
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            view = await runs_shown(shell)
            other = await begun(folder)
            await until(lambda: "Pause" in button_texts(view) and marks(shell) == 2)
            press(view, "Pause")
            await until(lambda: "finishing, 1 answer still to come" in texts(view))
            assert not next(
                one for one in view.findChildren(QPushButton) if one.text() == "Pause"
            ).isEnabled()
            gate.is_open = True
            _, said = await other.communicate()
            assert other.returncode == 130
            assert "Paused from another window or command." in said.decode()
            await until(lambda: f"Ask the other {COUNT - 3}" in button_texts(view))
            assert marks(shell) == len(server.chats) == 3

            press(view, f"Ask the other {COUNT - 3}")
            await until(lambda: marks(shell) == COUNT and desk.runs.working == 0)
            assert len(server.chats) == COUNT

        run(qapp, folder, play, limit_s=60)


def test_a_run_of_the_window_is_paused_by_the_command_line(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with FakeServer() as server:
        gate = server.default = Gate()
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            view = await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: len(server.chats) > 0 and "Pause" in button_texts(view))
            name = str(view.list.model().index(0, 0).data())
            pausing = await command_line("runs", "pause", name)
            await until(lambda: "finishing" in texts(view))
            gate.is_open = True
            _, told = await pausing.communicate()
            assert (pausing.returncode, "Paused: " in told.decode()) == (0, True)
            await until(lambda: "It was paused from another window or command." in texts(view))
            assert desk.runs.working == 0
            assert f"Ask the other {COUNT - len(server.chats)}" in button_texts(view)

        run(qapp, folder, play, limit_s=60)
