"""A run is paused or stopped from another process: the one that works on it hears it and does so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.run_changes import SqliteRunChanges
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import RestCause, Run, RunState, RunWish
from desktop_app.services.runs import wishes
from desktop_app.services.runs.following import RunFollower, RunNews
from desktop_app.services.runs.wishes import REACTS_WITHIN_S, Reactions
from tests.fakes.clock import Clock
from tests.fakes.fake_server import FakeServer, hang, whole
from tests.fakes.gate import Gate
from tests.fakes.waiting import LONG_S
from tests.services.runs.run_lab import ANSWER, RunLab, nobody, states


@pytest.fixture(autouse=True)
def listens_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "LISTEN_S", 0.01)


@pytest.fixture
async def window(lab: RunLab, tmp_path: Path) -> AsyncIterator[RunLab]:
    """Another process."""
    other = RunLab(lab.folder, tmp_path / "library.sqlite")
    yield other
    await other.close()


async def working(
    lab: RunLab, server: FakeServer, asked: int, count: int = 6
) -> tuple[Run, asyncio.Task[Run]]:
    """A run of which so many pictures are being asked about."""
    run = await lab.make(lab.paint(count), server, concurrency=asked)
    task = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) == asked)
    return run, task


async def until_wish(lab: RunLab, run: Run, wish: RunWish | None) -> None:
    async with asyncio.timeout(LONG_S):
        while (await lab.runs.load(run.id)).wish is not wish:
            await asyncio.sleep(0.01)


async def looked(follower: RunFollower) -> RunNews:
    news = await follower.look()
    assert news is not None
    return news


async def test_what_is_being_asked_is_finished_and_nothing_more_begun(
    lab: RunLab, window: RunLab, server: FakeServer
) -> None:
    gate = server.default = Gate(whole(ANSWER))
    run, task = await working(lab, server, asked=2)
    assert await window.runs.pause(run.id)
    await until_wish(window, run, RunWish.HEARD)
    gate.open()
    ended = await task
    assert (ended.state, ended.failure) == (RunState.PAUSED, None)
    assert states(await lab.items(run)) == {"answered": 2, "queued": 4}
    assert lab.told[-1].cause is RestCause.PAUSED_ELSEWHERE
    seen = await window.runs.load(run.id)
    assert (seen.state, seen.is_elsewhere, seen.wish) == (RunState.PAUSED, False, None)


async def test_it_is_heard_while_servers_say_nothing(lab: RunLab, window: RunLab, server: FakeServer) -> None:
    """No answer is written that could bring the news."""
    server.default = hang
    run, task = await working(lab, server, asked=3)
    await window.runs.pause(run.id)
    await until_wish(window, run, RunWish.HEARD)
    assert lab.told[-1].cause is RestCause.PAUSED_ELSEWHERE
    assert lab.told[-1].in_flight == 3
    lab.at_work.pause(run.id, at_once=True)
    assert (await task).state is RunState.PAUSED


@pytest.mark.usefixtures("quick")
async def test_a_run_that_waits_for_its_server_is_paused(lab: RunLab, window: RunLab) -> None:
    run = await lab.make(lab.paint(2), nobody())
    task = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.state is RunState.WAITING)
    await window.runs.pause(run.id)
    assert (await task).state is RunState.PAUSED


async def test_a_run_is_stopped_from_elsewhere_and_can_be_resumed_there(
    lab: RunLab, window: RunLab, server: FakeServer
) -> None:
    gate = server.default = Gate(whole(ANSWER))
    run, task = await working(lab, server, asked=2)
    await window.runs.stop(run.id)
    await until_wish(window, run, RunWish.HEARD)
    gate.open()
    assert (await task).state is RunState.STOPPED
    assert lab.told[-1].cause is RestCause.STOPPED_ELSEWHERE
    ended = await window.at_work.work(run.id)
    assert (ended.state, window.told[-1].cause) == (RunState.DONE, None)
    assert max(server.asked.values()) == 1


async def test_stopping_after_pausing_stops(lab: RunLab, window: RunLab, server: FakeServer) -> None:
    gate = server.default = Gate(whole(ANSWER))
    run, task = await working(lab, server, asked=2)
    await window.runs.pause(run.id)
    await until_wish(window, run, RunWish.HEARD)
    await window.runs.stop(run.id)
    await lab.until(lambda: lab.told[-1].cause is RestCause.STOPPED_ELSEWHERE)
    gate.open()
    assert (await task).state is RunState.STOPPED


async def test_a_run_that_was_paused_from_elsewhere_goes_on_here(
    lab: RunLab, window: RunLab, server: FakeServer
) -> None:
    gate = server.default = Gate(whole(ANSWER))
    run, task = await working(lab, server, asked=2)
    await window.runs.pause(run.id)
    await until_wish(window, run, RunWish.HEARD)
    gate.open()
    assert (await task).state is RunState.PAUSED
    assert (await lab.at_work.work(run.id)).state is RunState.DONE
    assert lab.told[-1].cause is None


async def test_where_nobody_works_on_a_run_nothing_is_paused(
    lab: RunLab, window: RunLab, server: FakeServer
) -> None:
    run = await lab.make(lab.paint(2), server)
    assert not await window.runs.pause(run.id)
    assert (await lab.at_work.work(run.id)).state is RunState.DONE


async def test_a_library_that_cannot_be_read_or_written_is_asked_again(
    lab: RunLab, window: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = {"wished": 2, "hear": 2}

    def refusing(name: str) -> None:
        real = getattr(lab.repository, name)

        async def refuse(*values: object) -> object:
            if refusals[name]:
                refusals[name] -= 1
                raise AppError(ErrorCode.STORE_UNAVAILABLE)
            return await real(*values)

        monkeypatch.setattr(lab.repository, name, refuse)

    refusing("wished")
    refusing("hear")
    server.default = hang
    run, task = await working(lab, server, asked=2)
    await window.runs.pause(run.id)
    await until_wish(window, run, RunWish.HEARD)
    assert refusals == {"wished": 0, "hear": 0}
    lab.at_work.pause(run.id, at_once=True)
    await task


async def test_nothing_listens_any_more_when_a_run_rests(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(2), server)
    before = asyncio.all_tasks()
    await lab.at_work.work(run.id)
    assert asyncio.all_tasks() <= before


async def test_a_process_that_does_not_react_is_told_of_once_until_it_does(
    lab: RunLab, window: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wishes, "LISTEN_S", 1000.0)  # it hangs
    server.default = hang
    run, task = await working(lab, server, asked=2)
    clock = Clock(0.0)
    follower = RunFollower(window.runs, window.at_work, SqliteRunChanges(window.library), clock)
    await follower.look()
    await window.runs.pause(run.id)
    (moved,) = (await looked(follower)).moved
    assert (moved.run.wish, moved.does_not_react) == (RunWish.PAUSE, False)
    clock.now = REACTS_WITHIN_S
    (moved,) = (await looked(follower)).moved
    assert moved.does_not_react
    assert (await looked(follower)).moved == ()
    await lab.repository.hear(run.id, RunWish.PAUSE)
    (moved,) = (await looked(follower)).moved
    assert (moved.run.wish, moved.does_not_react) == (RunWish.HEARD, False)
    lab.at_work.pause(run.id, at_once=True)
    await task


def test_a_wish_waits_from_when_it_was_seen_first_and_a_new_one_anew() -> None:
    clock = Clock(5.0)
    reactions = Reactions(clock)
    run = Run(1, None, RunState.RUNNING, None, is_elsewhere=True)  # type: ignore[arg-type]
    paused, stopped, heard = (
        replace(run, wish=wish) for wish in (RunWish.PAUSE, RunWish.STOP, RunWish.HEARD)
    )
    assert not reactions.is_missing(paused)
    clock.now += REACTS_WITHIN_S - 1
    assert not reactions.is_missing(stopped)  # the process has heard neither
    clock.now += 1
    assert reactions.is_missing(stopped)
    assert not reactions.is_missing(heard)
    assert not reactions.is_missing(paused)
    clock.now += REACTS_WITHIN_S
    assert reactions.is_missing(paused)
    assert not reactions.is_missing(run)
