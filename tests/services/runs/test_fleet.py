"""Several servers: who is asked, who rests, and for how long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import RunServer
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL
from desktop_app.services.runs.fleet import LONGEST_REST_S, REST_S, Fleet, Member
from tests.fakes.clock import Clock
from tests.fakes.waiting import LONG_S

GONE = AppError(ErrorCode.SERVER_REFUSED, server="a")
NO_KEY = AppError(ErrorCode.SERVER_KEY, server="a")


class Net:
    """Servers that can be reached, except those in `away`."""

    def __init__(self) -> None:
        self.away: dict[str, AppError | Exception] = {}
        self.reached: list[str] = []

    async def reach(self, server: RunServer) -> ServerTarget:
        self.reached.append(server.name)
        await asyncio.sleep(0)
        if server.name in self.away:
            raise self.away[server.name]
        return ServerTarget(ServerProfile(server.name, server.base_url), "", server.model, QWEN2_VL)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def net() -> Net:
    return Net()


@pytest.fixture
async def fleet(clock: Clock, net: Net) -> AsyncIterator[Fleet]:
    made = fleet_of("ab", clock, net)
    yield made
    await made.close()


def fleet_of(names: str, clock: Clock, net: Net, most: int = 64) -> Fleet:
    servers = [RunServer(name, f"http://{name}/v1", "vl") for name in names]
    return Fleet(servers, net.reach, most, clock)


async def reached(fleet: Fleet) -> Member | None:
    """A free member after everything that can be reached has been."""
    for _ in range(10):
        fleet.free_member()
        await asyncio.sleep(0)
    return fleet.free_member()


async def test_nobody_is_asked_before_it_was_reached(fleet: Fleet, net: Net) -> None:
    assert fleet.free_member() is None
    assert fleet.trouble is None
    await fleet.wait()
    assert fleet.free_member() is not None
    await reached(fleet)
    assert sorted(net.reached) == ["a", "b"]


async def test_the_least_busy_one_is_asked(fleet: Fleet) -> None:
    await reached(fleet)
    names = []
    for _ in range(6):
        member = fleet.free_member()
        assert member is not None
        fleet.begin(member)
        names.append(member.server.name)
    assert names == ["a", "b"] * 3
    assert fleet.in_flight == 6


async def test_a_quicker_one_gets_more(fleet: Fleet) -> None:
    first = await reached(fleet)
    assert first is not None
    for _ in range(8):
        fleet.begin(first)
    for _ in range(100):  # its limit grows
        fleet.answered(first, 0.1)
    second = fleet.free_member()
    assert second is not None
    assert second is not first
    for _ in range(7):
        fleet.begin(second)
    assert fleet.free_member() is first


async def test_nobody_gets_more_than_allowed(clock: Clock, net: Net) -> None:
    fleet = fleet_of("ab", clock, net, most=2)
    await reached(fleet)
    for _ in range(4):
        member = fleet.free_member()
        assert member is not None
        fleet.begin(member)
    assert fleet.free_member() is None
    assert fleet.trouble is None


async def test_the_servers_done_without_are_told_while_others_can_be_asked(
    fleet: Fleet, net: Net, clock: Clock
) -> None:
    net.away["a"] = NO_KEY
    await reached(fleet)
    (resting,) = fleet.resting
    assert (resting.name, resting.failure.code) == ("a", ErrorCode.SERVER_KEY)
    net.away.clear()
    clock.now += REST_S
    await reached(fleet)
    assert fleet.resting == ()


async def test_where_no_server_can_be_asked_none_is_done_without(fleet: Fleet, net: Net) -> None:
    net.away = {"a": NO_KEY, "b": GONE}
    await reached(fleet)
    assert fleet.resting == ()
    assert fleet.trouble is GONE


async def test_a_change_between_looking_and_waiting_is_not_missed(clock: Clock, net: Net) -> None:
    fleet = fleet_of("a", clock, net, most=1)
    member = await reached(fleet)
    assert member is not None
    fleet.begin(member)
    assert fleet.free_member() is None
    fleet.end(member)  # before anybody waits
    async with asyncio.timeout(LONG_S):
        await fleet.wait()
    assert fleet.free_member() is member


async def test_one_that_fails_rests_and_the_other_is_asked(fleet: Fleet, clock: Clock, net: Net) -> None:
    first = await reached(fleet)
    assert first is not None
    fleet.rest(first, GONE)
    second = await reached(fleet)
    assert second is not None
    assert second is not first
    assert fleet.trouble is None
    net.reached.clear()
    clock.now += REST_S - 0.1
    await reached(fleet)
    assert net.reached == []
    clock.now += 0.2
    assert await reached(fleet) is first
    assert net.reached == ["a"]


async def test_rests_double_up_to_a_minute(clock: Clock, net: Net) -> None:
    fleet = fleet_of("a", clock, net)
    net.away["a"] = GONE
    rests = []
    for _ in range(6):
        assert await reached(fleet) is None
        assert fleet.trouble is GONE
        begun, tries = clock.now, len(net.reached)
        while len(net.reached) == tries:
            clock.now += 0.25
            fleet.free_member()
            await asyncio.sleep(0)
        rests.append(round(clock.now - begun))
    assert rests == [5, 10, 20, 40, 60, 60]
    assert LONGEST_REST_S == 60
    await fleet.close()


async def test_an_answer_makes_the_next_rest_short_again(clock: Clock, net: Net) -> None:
    fleet = fleet_of("a", clock, net)
    member = await reached(fleet)
    assert member is not None
    for _ in range(4):
        fleet.rest(member, GONE)
        clock.now += 100
        assert await reached(fleet) is member
    fleet.answered(member, 1.0)
    fleet.rest(member, GONE)
    assert member.rests_until == clock.now + REST_S


async def test_requests_lost_together_count_as_one_trouble(clock: Clock, net: Net) -> None:
    fleet = fleet_of("a", clock, net)
    member = await reached(fleet)
    assert member is not None
    for _ in range(8):
        fleet.rest(member, GONE)
    assert (member.rests, member.rests_until) == (1, clock.now + REST_S)


async def test_one_that_answers_after_all_need_not_rest(clock: Clock, net: Net) -> None:
    fleet = fleet_of("a", clock, net)
    member = await reached(fleet)
    assert member is not None
    fleet.rest(member, GONE)
    fleet.answered(member, 1.0)
    assert await reached(fleet) is member


async def test_all_resting_tell_the_trouble_that_may_pass(fleet: Fleet, net: Net) -> None:
    net.away = {"a": NO_KEY, "b": GONE}
    assert await reached(fleet) is None
    assert fleet.trouble is GONE
    net.away = {"a": NO_KEY, "b": NO_KEY}


async def test_waiting_ends_with_the_first_rest(clock: Clock, net: Net) -> None:
    fleet = fleet_of("a", clock, net)
    member = await reached(fleet)
    assert member is not None
    fleet.rest(member, GONE)
    fleet.free_member()
    clock.now += REST_S + 1  # the rest is over before anybody waits for it
    async with asyncio.timeout(LONG_S):
        await fleet.wait()
    assert await reached(fleet) is member


async def test_a_mistake_while_reaching_is_a_trouble_as_well(clock: Clock, net: Net) -> None:
    fleet = fleet_of("a", clock, net)
    net.away["a"] = ZeroDivisionError()
    assert await reached(fleet) is None
    trouble = fleet.trouble
    assert trouble is not None
    assert trouble.code is ErrorCode.UNEXPECTED


async def test_closing_ends_what_is_reaching(clock: Clock) -> None:
    async def never(server: RunServer) -> ServerTarget:
        await asyncio.Event().wait()
        raise AssertionError

    before = asyncio.all_tasks()
    fleet = Fleet([RunServer("a", "http://a/v1", "vl")], never, 8, clock)
    assert fleet.free_member() is None
    await asyncio.sleep(0)
    await fleet.close()
    assert asyncio.all_tasks() <= before


async def test_the_limit_is_that_of_all_that_can_be_asked(fleet: Fleet) -> None:
    assert fleet.limit == 1
    member = await reached(fleet)
    assert member is not None
    assert fleet.limit == 16
    fleet.rest(member, GONE)
    assert fleet.limit == 8
