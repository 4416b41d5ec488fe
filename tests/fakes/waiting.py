"""Waits for what comes and stays; what may be over again between two looks must not be waited for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

LONG_S = 30.0
"""Much longer than anything takes, also on a machine that others use too."""


async def until(holds: Callable[[], object]) -> None:
    """Wait for what happens on the test's own loop, or in its threads."""
    async with asyncio.timeout(LONG_S):
        while not holds():
            await asyncio.sleep(0.005)


def happens(holds: Callable[[], object]) -> None:
    """Wait for what another process does."""
    deadline = time.monotonic() + LONG_S
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
