"""Ends asynchronous generators that are dropped half read, on the loop they belong to.

asyncio's own loops do this; qasync 0.28 does not, and Python then says of each one that it was ignored.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def ended_on(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """As long as this is open, generators begun on this thread are ended by `loop` when they are dropped."""

    def end(generator: AsyncGenerator[Any, Any]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(lambda: loop.create_task(_end(generator)))

    before = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(finalizer=end)
    try:
        yield
    finally:
        sys.set_asyncgen_hooks(*before)


async def _end(generator: AsyncGenerator[Any, Any]) -> None:
    await generator.aclose()
