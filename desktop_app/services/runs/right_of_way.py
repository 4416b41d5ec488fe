"""A person who waits for an answer goes before everything that runs by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class RightOfWay:
    """Lives on one event loop."""

    def __init__(self) -> None:
        self._waiting = 0
        self._free = asyncio.Event()
        self._free.set()

    @contextmanager
    def person(self) -> Iterator[None]:
        """Held by an interactive question from its sending until its first word."""
        self._waiting += 1
        self._free.clear()
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._free.set()

    async def give_way(self) -> None:
        """Return when nobody waits for a first word."""
        await self._free.wait()
