"""People before runs."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.runs.right_of_way import RightOfWay


def is_free(way: RightOfWay) -> bool:
    """Whether a run may begin a request without waiting."""
    giving = way.give_way()
    try:
        giving.send(None)
    except StopIteration:
        return True
    giving.close()
    return False


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=40))
def test_the_way_is_free_when_nobody_waits(steps: list[tuple[int, bool]]) -> None:
    async def run() -> None:
        way = RightOfWay()
        people, waiting = [way.person() for _ in range(4)], set()
        for number, takes in steps:
            if takes:
                people[number].take()
                waiting.add(number)
            else:
                people[number].leave()
                waiting.discard(number)
            assert is_free(way) == (not waiting)

    asyncio.run(run())


async def test_runs_go_on_when_the_last_one_has_left() -> None:
    way = RightOfWay()
    first, second = way.person(), way.person()
    first.take()
    second.take()
    giving = asyncio.ensure_future(way.give_way())
    first.leave()
    await asyncio.sleep(0.01)
    assert not giving.done()
    second.leave()
    second.leave()
    await giving
