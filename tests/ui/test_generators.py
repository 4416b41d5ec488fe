"""A generator that is dropped half read is ended, on its own loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import qasync
from PySide6.QtWidgets import QApplication

from desktop_app.ui.generators import ended_on
from tests.fakes.waiting import LONG_S


def test_a_dropped_generator_runs_to_its_finally(qapp: QApplication) -> None:
    ended: list[asyncio.AbstractEventLoop] = []

    async def numbers() -> AsyncGenerator[int, None]:
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            ended.append(asyncio.get_running_loop())

    async def scene() -> asyncio.AbstractEventLoop:
        loop = asyncio.get_running_loop()
        with ended_on(loop):
            generator = numbers()
            assert await anext(generator) == 1
            del generator
            async with asyncio.timeout(LONG_S):
                while not ended:
                    await asyncio.sleep(0.01)
        return loop

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
        loop = runner.run(scene())
    assert ended == [loop]
