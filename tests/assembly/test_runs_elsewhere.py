"""The window beside the command line, on one library: what the one does, the other one shows."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QTableView

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import OnDesk, opened
from tests.assembly.run_play import COUNT, all_answered, begin, button_texts, marks, press
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.gate import Gate
from tests.fakes.waiting import until
from tests.ui.finding import part

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="qasync starts no processes on Windows' own loop"
)


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
    """The runs area, shown by the person."""
    shell.window.actions_of_desk.show_runs.setChecked(True)
    return await opened(shell.window, RunsView)


def texts(view: RunsView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def test_a_run_of_the_command_line_is_seen_while_it_goes_on(
    on_desk: OnDesk, server: FakeServer, folder: Path
) -> None:
    server.answer_with(whole("Rust."), whole("Rust."))
    gate = server.default = Gate(whole("Rust."))

    async def play(desk: Desk, shell: Shell) -> None:
        view = await runs_shown(shell)
        other = await begun(folder)
        await until(lambda: view.list.model().rowCount() == 1)
        assert view.list.model().index(0, 0).data() == "theirs"
        table = part(view, QTableView)
        await until(lambda: table.model().rowCount() == COUNT)
        await until(lambda: marks(shell) == 2)
        assert button_texts(view.header) == ["Pause", "Export…"]
        assert desk.runs.working == 0

        gate.open()
        _, said = await other.communicate()
        assert other.returncode == 0, said.decode()
        await until(lambda: marks(shell) == COUNT)
        await until(lambda: "done" in str(view.list.model().index(0, 0).data(3)))

        deleting = await command_line("runs", "delete", "theirs", "--yes")
        await deleting.communicate()
        await until(lambda: view.list.model().rowCount() == 0)
        await until(lambda: marks(shell) == 0)

    on_desk(play)


def test_a_run_of_the_command_line_is_paused_in_the_window_and_goes_on_there(
    on_desk: OnDesk, server: FakeServer, folder: Path
) -> None:
    server.answer_with(whole("Rust."), whole("Rust."))
    gate = server.default = Gate(whole("Rust."))

    async def play(desk: Desk, shell: Shell) -> None:
        view = await runs_shown(shell)
        other = await begun(folder)
        await until(lambda: "Pause" in button_texts(view) and marks(shell) == 2)
        press(view, "Pause")
        await until(lambda: "finishing, 1 answer still to come" in texts(view))
        assert "Pause" not in button_texts(view)
        gate.open()
        _, said = await other.communicate()
        assert other.returncode == 130
        assert "Paused from another window or command." in said.decode()
        await until(lambda: f"Ask the other {COUNT - 3}" in button_texts(view))
        await until(lambda: marks(shell) == 3)
        assert len(server.chats) == 3

        press(view, f"Ask the other {COUNT - 3}")
        await all_answered(desk, shell)
        assert len(server.chats) == COUNT

    on_desk(play)


def test_a_run_of_the_window_is_paused_by_the_command_line(on_desk: OnDesk, server: FakeServer) -> None:
    gate = server.default = Gate(whole("Rust."))

    async def play(desk: Desk, shell: Shell) -> None:
        view = await begin(desk, shell)
        await until(lambda: len(server.chats) > 0 and "Pause" in button_texts(view))
        name = str(view.list.model().index(0, 0).data())
        pausing = await command_line("runs", "pause", name)
        await until(lambda: "finishing" in texts(view))
        gate.open()
        _, told = await pausing.communicate()
        assert (pausing.returncode, "Paused: " in told.decode()) == (0, True)
        await until(lambda: "It was paused from another window or command." in texts(view))
        assert desk.runs.working == 0
        assert f"Ask the other {COUNT - len(server.chats)}" in button_texts(view)

    on_desk(play)
