"""Waiting for one of several things."""

from __future__ import annotations

import asyncio

import pytest

from desktop_app.services.first_of import first_of


class Works:
    def __init__(self) -> None:
        self.given_up = 0

    async def never(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.given_up += 1

    async def soon(self) -> None:
        await asyncio.sleep(0)

    async def fails(self) -> None:
        raise LookupError


async def test_the_first_one_ends_the_others() -> None:
    works = Works()
    await first_of(works.never(), works.soon(), works.never())
    assert works.given_up == 2


async def test_the_error_of_the_first_one_counts() -> None:
    works = Works()
    with pytest.raises(LookupError):
        await first_of(works.fails(), works.never())
    assert works.given_up == 1


async def test_cancelling_gives_up_all_of_them() -> None:
    works = Works()
    waiting = asyncio.ensure_future(first_of(works.never(), works.never()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert works.given_up == 2
