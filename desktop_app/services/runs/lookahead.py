"""Pictures of a run made ready ahead of the network, in order and never too many at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from desktop_app.domain.errors import AppError, as_app_error
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import QueuedItem


@dataclass(frozen=True, slots=True)
class Ready:
    """A picture that can be asked about, or the error that keeps it from being opened."""

    item: QueuedItem
    picture: PreparedPicture | AppError


class Lookahead:
    """Lives on one event loop. An encoded picture takes some 100 kB to 1 MB, so their number is bounded."""

    def __init__(
        self,
        items: AsyncIterator[QueuedItem],
        prepare: Callable[[QueuedItem], Awaitable[PreparedPicture]],
        most: Callable[[], int],
        at_once: int,
    ) -> None:
        """
        Args:
            items: what is to be asked about, in order.
            prepare: opens and encodes one picture.
            most: most pictures ready or being made ready, as of now.
            at_once: pictures worked on at the same time.
        """
        self._items = items
        self._prepare = prepare
        self._most = most
        self._slots = asyncio.Semaphore(at_once)  # first come, first served
        self._coming: deque[asyncio.Task[Ready]] = deque()
        self._is_through = False

    async def next(self) -> Ready | None:
        """The next picture in order; None when there is none left. To be called by one task at a time."""
        await self._fill()
        if not self._coming:
            return None
        if not self._coming[0].done():
            await asyncio.wait((self._coming[0],))
        return self._coming.popleft().result()

    async def close(self) -> None:
        """Stop making pictures ready."""
        coming, self._coming = list(self._coming), deque()
        for task in coming:
            task.cancel()
        await asyncio.gather(*coming, return_exceptions=True)

    async def _fill(self) -> None:
        while not self._is_through and len(self._coming) < max(1, self._most()):
            try:
                item = await anext(self._items)
            except StopAsyncIteration:
                self._is_through = True
                return
            self._coming.append(asyncio.ensure_future(self._make_ready(item)))

    async def _make_ready(self, item: QueuedItem) -> Ready:
        async with self._slots:
            try:
                return Ready(item, await self._prepare(item))
            except Exception as problem:  # one bad picture stops nothing else
                return Ready(item, as_app_error(problem))
