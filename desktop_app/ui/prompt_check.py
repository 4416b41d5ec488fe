"""Looks whether what a prompt names of earlier runs is there, while the prompt is written. Knows no Qt."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.variables import variables_in
from desktop_app.ui.latest_work import LatestWork, StartCancellable

PAUSE_S = 0.4
"""Nobody wants to be corrected in the middle of a word."""

_OF_PROMPT = (ErrorCode.PROMPT_VARIABLE, ErrorCode.RUN_UNKNOWN, ErrorCode.RUN_FIELD_UNKNOWN)
"""Other trouble is told when the prompt is asked."""


class PromptCheck:
    """For one prompt at a time."""

    def __init__(
        self,
        check: Callable[[str], Awaitable[None]],
        show: Callable[[AppError | None], None],
        start: StartCancellable,
        pause_s: float = PAUSE_S,
    ) -> None:
        """
        Args:
            check: raises what is wrong with a prompt.
            show: told what is wrong, None for nothing, when the person has paused.
        """
        self._check = check
        self._show = show
        self._pause_s = pause_s
        self._work = LatestWork(start)

    def look(self, prompt: str) -> None:
        """This is written now; what was written before counts no more."""
        if variables_in(prompt):
            self._work.begin("look", self._look(prompt))
            return
        self._work.cancel("look")
        self._show(None)

    async def _look(self, prompt: str) -> None:
        await asyncio.sleep(self._pause_s)
        problem = None
        try:
            await self._check(prompt)
        except AppError as error:
            problem = error if error.code in _OF_PROMPT else None
        self._show(problem)
