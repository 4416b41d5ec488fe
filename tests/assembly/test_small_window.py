"""The whole desk with its runs fits a small screen."""

from __future__ import annotations

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from tests.assembly.desk_play import OnDesk, until
from tests.assembly.run_play import all_answered, begin
from tests.fakes.fake_server import FakeServer, whole


def test_the_desk_with_a_run_and_its_answer_fits_900_by_600(on_desk: OnDesk, server: FakeServer) -> None:
    server.default = whole("Rust.\n\n" * 20)

    async def play(desk: Desk, shell: Shell) -> None:
        await begin(desk, shell)
        await all_answered(desk, shell)
        await until(lambda: shell.conversation.run_card.isVisible())
        shell.window.resize(900, 600)
        await until(lambda: shell.window.height() == 600)
        assert shell.window.width() == 900

    on_desk(play)
