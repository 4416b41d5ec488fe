"""Keeps answers on disk while they stream, and goes on trying when the disk does not take them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from desktop_app.domain.errors import AppError
from desktop_app.services.live_answers import LiveAnswer
from desktop_app.services.ports import ConversationRepository


class AnswerKeeper:
    """Saves live answers; a problem with the disk is reported once per answer and never ends the answer."""

    def __init__(
        self,
        repository: ConversationRepository,
        report: Callable[[AppError], None],
        save_every_s: float,
        retry_every_s: float,
    ) -> None:
        self._repository = repository
        self._report = report
        self._save_every_s = save_every_s
        self._retry_every_s = retry_every_s
        self._reported: set[LiveAnswer] = set()

    async def keep_saving(self, live: LiveAnswer) -> None:
        """Save what arrives until cancelled."""
        while True:
            await asyncio.sleep(self._save_every_s)
            try:
                await live.save(self._repository)
            except AppError as problem:
                self._report_once(live, problem)

    async def save_end(self, live: LiveAnswer) -> bool:
        """Save a concluded answer; False when that failed."""
        try:
            await live.save_end(self._repository)
        except AppError as problem:
            self._report_once(live, problem)
            return False
        self._reported.discard(live)
        return True

    async def save_end_at_last(self, live: LiveAnswer, closing: asyncio.Event) -> bool:
        """Try again and again until the answer is saved; after `closing` once more and no longer."""
        while True:
            last = await _is_set_within(closing, self._retry_every_s)
            if await self.save_end(live):
                return True
            if last:
                return False

    def _report_once(self, live: LiveAnswer, problem: AppError) -> None:
        if live not in self._reported:
            self._reported.add(live)
            self._report(problem)


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
