"""Ends asynchronous streams in time."""

from __future__ import annotations

from collections.abc import AsyncIterator


async def close_stream(stream: AsyncIterator[object]) -> None:
    """Close an async generator now instead of when it is collected; plain iterators have nothing to close."""
    close = getattr(stream, "aclose", None)
    if close is not None:
        await close()
