"""The window beside the command line, on one library: what the one does, the other one shows."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import run, until, use
from tests.assembly.run_play import COUNT, marks
from tests.fakes.fake_server import FakeServer, whole


async def command_line(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "desktop_app", *arguments, stderr=asyncio.subprocess.PIPE, env=os.environ
    )


def button_texts(view: RunsView) -> list[str]:
    return [one.text() for one in view.header.findChildren(QPushButton) if one.isVisible()]


@pytest.mark.skipif(sys.platform == "win32", reason="qasync starts no processes on Windows' own loop")
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
            view = shell.window.findChild(RunsView)
            assert view is not None
            begun = ["run", str(folder), "-p", "Is there rust?", "--name", "theirs", "--concurrency", "1"]
            other = await command_line(*begun)
            await until(lambda: view.list.model().rowCount() == 1)
            assert view.list.model().index(0, 0).data() == "theirs"
            table = view.findChild(QTableView)
            assert table is not None
            await until(lambda: table.model().rowCount() == COUNT)
            await until(lambda: 0 < marks(shell) < COUNT)
            assert button_texts(view) == ["Export…"]
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
