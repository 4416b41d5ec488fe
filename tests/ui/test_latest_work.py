from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from desktop_app.ui.latest_work import LatestWork


class Typing:
    """Looks things up on the running loop, and remembers what was found."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.tasks: list[asyncio.Task[Any]] = []
        self.work = LatestWork(self._start)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.get_running_loop().create_task(work))
        return self.tasks[-1]

    async def look_up(self, word: str) -> None:
        await asyncio.sleep(0)
        self.found.append(word)

    async def ended(self) -> None:
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def test_only_the_latest_work_of_a_name_ends() -> None:
    typing = Typing()
    typing.work.begin("scope", typing.look_up("a"))
    typing.work.begin("models", typing.look_up("other"))
    typing.work.begin("scope", typing.look_up("ab"))
    await typing.ended()
    assert typing.found == ["other", "ab"]


async def test_what_is_called_off_does_not_end_and_may_begin_again() -> None:
    typing = Typing()
    typing.work.begin("scope", typing.look_up("a"))
    typing.work.begin("models", typing.look_up("b"))
    typing.work.cancel_all()
    typing.work.cancel("scope", "never begun")
    await typing.ended()
    assert typing.found == []
    typing.work.begin("scope", typing.look_up("c"))
    await typing.ended()
    assert typing.found == ["c"]


async def test_work_that_was_not_started_because_the_program_ends_can_be_called_off() -> None:
    def refuse(work: Coroutine[Any, Any, None]) -> None:
        work.close()

    async def nothing() -> None:
        """Never begins."""

    work = LatestWork(refuse)
    work.begin("scope", nothing())
    work.cancel("scope")
    work.cancel_all()
