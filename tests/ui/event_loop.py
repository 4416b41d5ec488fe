"""Waiting for widgets and for tasks on the test's own loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes.waiting import LONG_S


class LoopTasks:
    """Starts tasks on the test's loop also while pytest-qt lets Qt work between two steps of it.

    Attributes:
        problems: what went wrong in them.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.problems: list[BaseException] = []
        self._closed = False

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        if self._closed:
            work.close()
            return
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            self.problems.append(problem)


async def until(condition: Callable[[], object]) -> None:
    """Let the window and the loop work until something is so.

    A button pressed by its letter, for example, is seen to go down and up before it acts.
    """
    async with asyncio.timeout(LONG_S):
        while not condition():
            QApplication.processEvents()
            await asyncio.sleep(0.005)


async def settled(rounds: int = 10) -> None:
    """Let the window and the loop work a while, where nothing says when it is done."""
    for _ in range(rounds):
        QApplication.processEvents()
        await asyncio.sleep(0.003)


def press(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
