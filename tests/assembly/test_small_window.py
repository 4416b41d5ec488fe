"""The whole desk with its runs fits a small screen."""

from __future__ import annotations

import pytest

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.ui.runs.grid.table.answer_table import AnswerTable
from tests.assembly.desk_play import OnDesk
from tests.assembly.run_play import all_answered, begin
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.waiting import until
from tests.ui.finding import part


@pytest.mark.parametrize(
    ("width", "height", "rows"),
    [
        pytest.param(900, 600, 4, id="the smallest window"),
        pytest.param(960, 540, 2, id="1920 by 1080 pixels at 200 %"),
    ],
)
def test_the_desk_with_a_run_and_its_answer_fits(
    on_desk: OnDesk, server: FakeServer, width: int, height: int, rows: int
) -> None:
    server.default = whole("Rust.\n\n" * 20)

    async def play(desk: Desk, shell: Shell) -> None:
        runs = await begin(desk, shell)
        await all_answered(desk, shell)
        await until(lambda: shell.conversation.run_card.isVisible())
        await until(lambda: shell.window.minimumSizeHint().height() <= height)
        shell.window.resize(width, height)
        table = part(runs, AnswerTable)
        await until(lambda: table.viewport().height() >= rows * table.rowHeight(0))
        assert (shell.window.width(), shell.window.height()) == (width, height)

    on_desk(play)
