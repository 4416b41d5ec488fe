"""Holds a server's answers back until a test has seen what there is to be seen meanwhile."""

from __future__ import annotations

import asyncio

from tests.fakes.fake_server import Behaviour, Exchange


class Gate:
    """A behaviour that waits until it is opened; a state that lasts so long cannot pass unseen."""

    def __init__(self, behind: Behaviour) -> None:
        self._behind = behind
        self._is_open = False

    def open(self) -> None:
        """What waits is answered, and all that comes later at once."""
        self._is_open = True

    async def __call__(self, exchange: Exchange) -> None:
        while not self._is_open:
            await asyncio.sleep(0.01)
        await self._behind(exchange)
