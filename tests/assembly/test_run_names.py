"""A run is called what its lists show it as, so that its name can be typed as it is read."""

from __future__ import annotations

import asyncio

from PySide6.QtTest import QTest

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.ui.runs.new_run.view import NewRunDialog
from tests.assembly.desk_play import OnDesk, shown
from tests.fakes.fake_server import FakeServer


def test_blanks_in_a_name_are_single_ones(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        await desk.runs.new_run()
        dialog = shell.window.findChild(NewRunDialog)
        assert dialog is not None
        QTest.keyClicks(dialog.question.prompt, "Is  there  rust?")
        dialog.all.click()
        while not (made := await desk._core.runs.all()):
            await asyncio.sleep(0.02)
        assert [one.plan.name for one in made] == ["bridge: Is there rust?"]

    on_desk(play)
