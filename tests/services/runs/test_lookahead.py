"""Pictures made ready ahead of their questions."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture, PreparedPicture
from desktop_app.domain.runs.item import QueuedItem
from desktop_app.services.runs.lookahead import Lookahead

PICTURE = PreparedPicture(EncodedPicture(b"", "image/png", Size(28, 28), ""), Size(28, 28), None, 1, "")


class Desk:
    """Makes pictures ready and counts how many lie about."""

    def __init__(self, count: int, pauses: random.Random | None = None) -> None:
        self.count = count
        self.pauses = pauses
        self.open = 0
        self.at_once = 0
        self.most_open = 0
        self.most_at_once = 0
        self.read = 0
        self.problems: dict[int, Exception] = {}

    async def items(self) -> AsyncGenerator[QueuedItem, None]:
        for number in range(self.count):
            self.read += 1
            yield QueuedItem(number, number, "")

    async def prepare(self, item: QueuedItem) -> PreparedPicture:
        self.open += 1
        self.at_once += 1
        self.most_open = max(self.most_open, self.open)
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            for _ in range(self.pauses.randrange(5) if self.pauses else 1):
                await asyncio.sleep(0)
            if item.id in self.problems:
                raise self.problems[item.id]
            return PICTURE
        finally:
            self.at_once -= 1


async def positions(desk: Desk, lookahead: Lookahead) -> list[int]:
    found = []
    while (ready := await lookahead.next()) is not None:
        desk.open -= 1
        found.append(ready.item.position)
    return found


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(1, 6), st.integers(1, 12), st.integers())
def test_pictures_come_in_order_and_never_too_many_lie_about(
    count: int, at_once: int, most: int, seed: int
) -> None:
    async def run() -> None:
        desk = Desk(count, random.Random(seed))
        lookahead = Lookahead(desk.items(), desk.prepare, lambda: most, at_once)
        assert await positions(desk, lookahead) == list(range(count))
        assert desk.most_open <= most
        assert desk.most_at_once <= min(most, at_once)
        assert await lookahead.next() is None
        await lookahead.close()

    asyncio.run(run())


async def test_the_bound_may_change_on_the_way() -> None:
    desk, most = Desk(60), 10
    lookahead = Lookahead(desk.items(), desk.prepare, lambda: most, 20)
    await lookahead.next()
    assert desk.read == 10
    most = 3
    for _ in range(8):
        await lookahead.next()
    assert desk.read <= 12
    await lookahead.close()


async def test_no_more_is_read_than_is_made_ready() -> None:
    desk = Desk(1000)
    lookahead = Lookahead(desk.items(), desk.prepare, lambda: 4, 2)
    await lookahead.next()
    for _ in range(20):
        await asyncio.sleep(0)
    assert desk.read == 4
    await lookahead.close()


@pytest.mark.parametrize("problem", [AppError(ErrorCode.PICTURE_BROKEN, name="a"), ZeroDivisionError("oh")])
async def test_one_that_cannot_be_opened_takes_its_place_in_the_row(problem: Exception) -> None:
    desk = Desk(3)
    desk.problems[1] = problem
    lookahead = Lookahead(desk.items(), desk.prepare, lambda: 4, 2)
    found = [ready.picture for ready in [await lookahead.next() for _ in range(3)] if ready is not None]
    assert (found[0], found[2]) == (PICTURE, PICTURE)
    told = found[1]
    assert isinstance(told, AppError)
    assert told is problem or (told.code is ErrorCode.UNEXPECTED and "ZeroDivisionError: oh" in told.detail)


async def test_who_is_cancelled_while_waiting_loses_no_picture() -> None:
    gate = asyncio.Event()

    async def prepare(item: QueuedItem) -> PreparedPicture:
        await gate.wait()
        return PICTURE

    lookahead = Lookahead(Desk(3).items(), prepare, lambda: 2, 2)
    waiting = asyncio.ensure_future(lookahead.next())
    for _ in range(5):
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.set()
    first = await lookahead.next()
    assert first is not None
    assert first.item.position == 0
    await lookahead.close()


async def test_closing_gives_up_what_is_being_made_ready() -> None:
    before = asyncio.all_tasks()
    given_up = 0

    async def prepare(item: QueuedItem) -> PreparedPicture:
        nonlocal given_up
        try:
            await asyncio.Event().wait()
        finally:
            given_up += 1
        return PICTURE

    lookahead = Lookahead(Desk(9).items(), prepare, lambda: 6, at_once=2)
    waiting = asyncio.ensure_future(lookahead.next())
    for _ in range(5):
        await asyncio.sleep(0)
    waiting.cancel()
    await lookahead.close()
    assert given_up == 2
    await asyncio.gather(waiting, return_exceptions=True)
    assert asyncio.all_tasks() <= before
