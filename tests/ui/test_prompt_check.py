from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.ui.prompt_check import PromptCheck


class Writing:
    """A person who writes a prompt, and what they are told."""

    def __init__(self, *known: str, pause_s: float = 0.0, trouble: AppError | None = None) -> None:
        self.known = known
        self.trouble = trouble
        self.asked: list[str] = []
        self.told: list[ErrorCode | None] = []
        self.tasks: list[asyncio.Task[Any]] = []
        self.check = PromptCheck(self._check, self._show, self._start, pause_s)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.get_running_loop().create_task(work))
        return self.tasks[-1]

    def _show(self, problem: AppError | None) -> None:
        self.told.append(None if problem is None else problem.code)

    async def _check(self, prompt: str) -> None:
        self.asked.append(prompt)
        if self.trouble is not None:
            raise self.trouble
        if prompt not in self.known:
            raise AppError(ErrorCode.RUN_UNKNOWN, name="last year")

    async def write(self, *steps: str) -> None:
        """One after the other without a pause, then waiting."""
        for prompt in steps:
            self.check.look(prompt)
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def test_only_what_stands_there_after_a_pause_is_looked_at() -> None:
    writing = Writing("{{last year.rust}}")
    await writing.write("{{l.r}}", "{{last.r}}", "{{last year.rust}}")
    assert (writing.asked, writing.told) == (["{{last year.rust}}"], [None])
    await writing.write("{{last year.rusty}}")
    assert writing.told == [None, ErrorCode.RUN_UNKNOWN]


async def test_nothing_is_told_before_the_pause() -> None:
    writing = Writing(pause_s=3600)
    writing.check.look("{{last year.rust}}")
    for _ in range(20):
        await asyncio.sleep(0)
    assert (writing.asked, writing.told) == ([], [])
    writing.tasks[0].cancel()
    await asyncio.wait(writing.tasks)


async def test_a_prompt_without_variables_is_told_right_at_once_and_nothing_is_looked_up() -> None:
    writing = Writing(pause_s=3600)
    writing.check.look("{{last year.rust}}")
    await writing.write("{{last year.rust", "Is there rust?")
    assert (writing.asked, writing.told) == ([], [None, None])


@pytest.mark.parametrize("code", [ErrorCode.DISK_FULL, ErrorCode.UNEXPECTED])
async def test_other_trouble_is_left_to_whoever_asks(code: ErrorCode) -> None:
    writing = Writing(trouble=AppError(code))
    await writing.write("{{last year.rust}}")
    assert writing.told == [None]
