"""What another program does to runs is told while it happens, its end included."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.run_changes import SqliteRunChanges
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import RestCause, Run, RunState
from desktop_app.services.runs.following import ObservedPace, RunFollower, RunNews
from tests.fakes.clock import Clock
from tests.fakes.fake_server import FakeServer
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures, plan
from tests.fakes.waiting import LONG_S
from tests.services.runs.run_lab import RunLab


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[LibraryRuns]:
    """Another program's runs, on the library of the lab."""
    library = Library(tmp_path / "library.sqlite")
    yield LibraryRuns(library)
    await library.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(0.0)


@pytest.fixture
def follower(lab: RunLab, clock: Clock) -> RunFollower:
    return RunFollower(lab.runs, lab.at_work, SqliteRunChanges(lab.library), clock)


async def begun(other: LibraryRuns, name: str = "Bridge", count: int = 4) -> Run:
    run = await other.create(plan(name), pictures(count))
    await other.take(run.id)
    await other.set_state(run.id, RunState.RUNNING)
    return run


async def answered(other: LibraryRuns, run: Run, *places: int) -> None:
    items = await other.items(run.id)
    for place in places:
        await other.begin_item(items[place].id)
        await other.answer_item(items[place].id, answer())


async def looked(follower: RunFollower, looked_at: int | None = None) -> RunNews:
    news = await follower.look(looked_at)
    assert news is not None
    return news


async def test_without_another_program_there_is_no_news(lab: RunLab, follower: RunFollower) -> None:
    await lab.make(lab.paint(2))
    assert (await looked(follower)).moved == ()
    await lab.make(lab.paint(2), name="another")
    assert await follower.look() is None


async def test_a_run_begun_elsewhere_is_told_with_its_pace(
    follower: RunFollower, other: LibraryRuns, clock: Clock
) -> None:
    await follower.look()
    run = await begun(other)
    (moved,) = (await looked(follower)).moved
    assert (moved.run.is_elsewhere, moved.run.state, moved.per_minute) == (True, RunState.RUNNING, None)
    assert moved.changed == ()

    clock.now = 30
    await answered(other, run, 0, 1)
    (moved,) = (await looked(follower)).moved
    items = await other.items(run.id)
    assert moved.changed == (items[0].id, items[1].id)
    assert (moved.run.counts.done, moved.per_minute, moved.seconds_left) == (2, 4.0, 30.0)

    await other.begin_item(items[2].id)
    (moved,) = (await looked(follower)).moved
    assert (moved.in_flight, moved.changed) == (1, (items[2].id,))


async def test_a_run_finished_elsewhere_has_no_pace_any_more(
    follower: RunFollower, other: LibraryRuns, clock: Clock
) -> None:
    run = await begun(other)
    await follower.look()
    clock.now = 5
    await answered(other, run, 0, 1, 2, 3)
    await other.set_state(run.id, RunState.DONE)
    await other.release(run.id)
    (moved,) = (await looked(follower)).moved
    assert (moved.run.state, moved.run.is_elsewhere, moved.run.counts.answered) == (RunState.DONE, False, 4)
    assert (moved.per_minute, moved.seconds_left, moved.in_flight) == (None, None, 0)
    assert await follower.look() is None


async def test_a_run_whose_program_was_killed_is_paused(
    lab: RunLab, follower: RunFollower, tmp_path: Path
) -> None:
    library = Library(tmp_path / "library.sqlite")
    run = await begun(LibraryRuns(library))
    items = await LibraryRuns(library).items(run.id)
    await LibraryRuns(library).begin_item(items[0].id)
    await follower.look()
    await library.close()  # the lock goes with the process; nothing is written
    (moved,) = (await looked(follower)).moved
    assert (moved.run.state, moved.run.is_elsewhere) == (RunState.PAUSED, False)
    assert (moved.run.counts.queued, moved.run.counts.asking) == (4, 0)
    assert moved.cause is RestCause.LEFT_ALONE
    assert await lab.runs.recover() == 0


async def test_a_deleted_run_is_missing(follower: RunFollower, other: LibraryRuns) -> None:
    gone, stays = await other.create(plan("a"), pictures(2)), await other.create(plan("b"), pictures(2))
    await follower.look()
    await other.delete(gone.id)
    news = await looked(follower)
    assert ([run.id for run in news.runs], news.moved) == ([stays.id], ())


async def test_a_new_run_with_the_number_of_a_deleted_one_is_all_new(
    follower: RunFollower, other: LibraryRuns
) -> None:
    gone = await begun(other, "gone")
    await follower.look()
    await answered(other, gone, 0)
    await follower.look()
    await other.delete(gone.id)
    new = await begun(other, "new")
    assert new.id == gone.id
    await answered(other, new, 0)
    (moved,) = (await looked(follower)).moved
    assert moved.changed == tuple(item.id for item in await other.items(new.id))[:1]


async def test_a_value_corrected_elsewhere_is_told_of_the_run_that_is_looked_at(
    follower: RunFollower, other: LibraryRuns
) -> None:
    run, unseen = await other.create(plan("a"), pictures(2)), await other.create(plan("b"), pictures(2))
    await answered(other, run, 0)
    await follower.look(run.id)
    for one in (run, unseen):
        items = await other.items(one.id)
        await other.edit({items[0].id: {"rust": False}})
        news = await looked(follower, run.id)
        assert [moved.run.id for moved in news.moved] == [run.id]


async def test_a_run_that_works_here_is_left_to_its_engine(
    lab: RunLab, follower: RunFollower, other: LibraryRuns, server: FakeServer
) -> None:
    run = await lab.make(lab.paint(3), server)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: lab.at_work.is_working(run.id))
    await follower.look()
    await other.create(plan("news"), pictures(1))
    news = await looked(follower)
    assert run.id not in [moved.run.id for moved in news.moved]
    await working


async def test_news_go_on_after_the_library_could_not_be_read(
    lab: RunLab, other: LibraryRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = SqliteRunChanges(lab.library)
    follower = RunFollower(lab.runs, lab.at_work, changes, poll_s=0.01)
    told = follower.news(lambda: None)
    await anext(told)
    troubles = iter([AppError(ErrorCode.STORE_UNAVAILABLE), AppError(ErrorCode.DISK_FULL)])
    readable = changes.is_changed

    async def is_changed() -> bool:
        if (trouble := next(troubles, None)) is not None:
            raise trouble
        return await readable()

    monkeypatch.setattr(changes, "is_changed", is_changed)
    run = await other.create(plan(), pictures(2))
    async with asyncio.timeout(LONG_S):
        news = await anext(told)
    assert [one.id for one in news.runs] == [run.id]
    await told.aclose()


@given(st.lists(st.tuples(st.floats(0.1, 100), st.integers(0, 50)), min_size=1, max_size=40))
def test_the_observed_pace_is_what_was_done_in_the_time_it_was_seen(steps: list[tuple[float, int]]) -> None:
    pace, seen = ObservedPace(), []
    at, done = 0.0, 0
    for seconds, more in steps:
        at, done = at + seconds, done + more
        pace.seen(at, done)
        seen.append((at, done))
    # From the last sight that is a minute old, or from the first one.
    old = [one for one in seen[:-1] if one[0] <= at - 60.0]
    first_at, first = old[-1] if old else seen[0]
    if done > first:
        assert pace.per_minute == pytest.approx(60 * (done - first) / (at - first_at))
        assert pace.seconds_for(7) == pytest.approx(7 * (at - first_at) / (done - first))
    else:
        assert pace.per_minute is None
        assert pace.seconds_for(7) is None


def test_a_count_that_falls_begins_anew() -> None:
    pace = ObservedPace()
    pace.seen(0, 10)
    pace.seen(10, 20)
    pace.seen(20, 5)
    assert pace.per_minute is None
    pace.seen(80, 65)
    assert pace.per_minute == 60


async def test_whoever_takes_long_over_news_gets_the_next_ones_no_later(
    lab: RunLab, other: LibraryRuns, clock: Clock
) -> None:
    follower = RunFollower(lab.runs, lab.at_work, SqliteRunChanges(lab.library), clock, poll_s=0.01)
    told = follower.news(lambda: None)
    await anext(told)
    clock.now += 3600  # only looking itself is to be rested from
    run = await other.create(plan(), pictures(1))
    async with asyncio.timeout(LONG_S):
        assert [one.id for one in (await anext(told)).runs] == [run.id]
    await told.aclose()
