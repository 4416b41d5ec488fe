"""The whole desk with its runs fits a small screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from tests.assembly.desk_play import run, until, use
from tests.assembly.run_play import COUNT, begin, marks
from tests.fakes.fake_server import FakeServer, whole


def test_the_desk_with_a_run_and_its_answer_fits_900_by_600(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with FakeServer() as server:
        server.default = whole("Rust.\n\n" * 20)
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: marks(shell) == COUNT)
            await until(lambda: shell.conversation.run_card.isVisible())
            shell.window.resize(900, 600)
            await until(lambda: shell.window.height() == 600)
            assert shell.window.width() == 900

        run(qapp, folder, play)
