"""How a run is told to end."""

from __future__ import annotations

import asyncio

import pytest

from desktop_app.services.runs.stopping import GivenUpError, Stopping


async def test_asking_cancels_the_task_that_begins_things() -> None:
    stopping = Stopping()
    task = asyncio.ensure_future(asyncio.Event().wait())
    with stopping.cancels(task):
        stopping.ask()
        await asyncio.wait({task})
    assert task.cancelled()
    assert stopping.is_asked
    assert not stopping.is_at_once


async def test_a_task_that_comes_too_late_is_cancelled_before_it_begins() -> None:
    stopping = Stopping()
    stopping.ask()
    began = False

    async def begin() -> None:
        nonlocal began
        began = True

    task = asyncio.ensure_future(begin())
    with stopping.cancels(task):
        await asyncio.wait({task})
    assert task.cancelled()
    assert not began


async def test_a_task_is_left_alone_afterwards() -> None:
    stopping = Stopping()
    task = asyncio.ensure_future(asyncio.sleep(0.01))
    with stopping.cancels(task):
        pass
    stopping.ask()
    await task


async def test_what_is_going_on_is_given_up_at_once_only() -> None:
    stopping, given_up = Stopping(), []

    async def work(name: str) -> None:
        try:
            async with stopping.unless_at_once():
                await asyncio.Event().wait()
        except GivenUpError:
            given_up.append(name)

    tasks = [asyncio.ensure_future(work(name)) for name in "ab"]
    await asyncio.sleep(0)
    stopping.ask()
    await asyncio.sleep(0.01)
    assert given_up == []
    stopping.ask(at_once=True)
    await asyncio.sleep(0)
    stopping.ask(at_once=True)  # by somebody else, while they are ending
    await asyncio.gather(*tasks)
    assert sorted(given_up) == ["a", "b"]


async def test_nothing_begins_any_more_once_everything_is_given_up() -> None:
    stopping = Stopping()
    stopping.ask(at_once=True)
    with pytest.raises(GivenUpError):
        async with stopping.unless_at_once():
            raise AssertionError


async def test_what_follows_is_not_interrupted() -> None:
    stopping, kept = Stopping(), []

    async def work() -> None:
        async with stopping.unless_at_once():
            kept.append("answer")
        await asyncio.sleep(0.01)
        kept.append("written")

    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    stopping.ask(at_once=True)
    await task
    assert kept == ["answer", "written"]


async def test_somebody_elses_timeout_stays_theirs() -> None:
    with pytest.raises(TimeoutError):
        async with Stopping().unless_at_once():
            raise TimeoutError
    with pytest.raises(ZeroDivisionError):
        async with Stopping().unless_at_once():
            raise ZeroDivisionError


async def test_a_cancelled_task_stays_cancelled() -> None:
    async def work() -> None:
        async with Stopping().unless_at_once():
            await asyncio.Event().wait()

    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_waits_end_when_they_have_to() -> None:
    stopping = Stopping()
    assert not await stopping.asked_within(0.001)
    asked = asyncio.ensure_future(stopping.asked_within(60))
    at_once = asyncio.ensure_future(stopping.at_once_within(60))
    await asyncio.sleep(0)
    stopping.ask()
    assert await asked
    assert not at_once.done()
    stopping.ask(at_once=True)
    assert await at_once


async def test_answers_are_given_up_last() -> None:
    stopping = Stopping()
    stopping.ask(at_once=True)
    given_up_before = stopping.gives_up_answers
    stopping.give_up_answers()
    assert (given_up_before, stopping.gives_up_answers) == (False, True)
    straight = Stopping()
    straight.give_up_answers()
    assert (straight.is_asked, straight.is_at_once) == (True, True)


async def test_a_wait_ends_when_it_is_to_be_sooner_than_before() -> None:
    stopping = Stopping()
    waiting = asyncio.ensure_future(stopping.hastened_within(600))
    await asyncio.sleep(0)
    stopping.ask()
    await asyncio.sleep(0.01)
    assert not waiting.done()
    stopping.ask(at_once=True)
    await waiting
    waiting = asyncio.ensure_future(stopping.hastened_within(600))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    stopping.give_up_answers()
    await waiting
    await stopping.hastened_within(600)


async def test_what_must_be_done_is_done_however_often_it_is_cancelled() -> None:
    stopping, written = Stopping(), []

    async def write() -> None:
        await stopping.at_once_within(60)
        await asyncio.sleep(0.01)
        written.append("end")

    task = asyncio.ensure_future(stopping.shielded(write()))
    for _ in range(3):
        await asyncio.sleep(0)
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert written == ["end"]


async def test_what_goes_wrong_in_the_end_is_told() -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Stopping().shielded(fail())
