"""The runs area shows what another program does to the library, while it does it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import ItemState, RestCause, Run, RunState, RunWish
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures, plan
from tests.fakes.waiting import until
from tests.ui.runs.area import Area


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[LibraryRuns]:
    """Another program's runs."""
    library = Library(tmp_path / "library.sqlite")
    yield LibraryRuns(library)
    await library.close()


@pytest.fixture
async def followed(area: Area) -> AsyncIterator[Area]:
    """The area on screen."""
    await area.presenter.open()
    following = asyncio.ensure_future(area.presenter.follow())
    yield area
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def begun(other: LibraryRuns, name: str, count: int = 3) -> Run:
    run = await other.create(plan(name), pictures(count))
    await other.take(run.id)
    await other.set_state(run.id, RunState.RUNNING)
    return run


async def test_a_run_begun_elsewhere_appears_and_moves(followed: Area, other: LibraryRuns) -> None:
    area = followed
    run = await begun(other, "theirs")
    await until(lambda: area.view.run is not None and area.view.run.run.is_elsewhere)
    assert [status.run.plan.name for status in area.view.runs] == ["theirs"]
    items = await other.items(run.id)
    await other.begin_item(items[0].id)
    await other.answer_item(items[0].id, answer())
    await other.begin_item(items[1].id)
    await other.fail_item(items[1].id, AnswerFailure(ErrorCode.PICTURE_BROKEN))
    await until(lambda: area.view.run is not None and area.view.run.run.counts.done == 2)
    await until(lambda: len(area.view.failures) == 1)
    await until(lambda: area.grid.changed >= {items[0].id, items[1].id})
    await until(
        lambda: (
            area.desk.marks.get("/pictures/0.jpg") is ItemState.ANSWERED
            and area.desk.marks.get("/pictures/1.jpg") is ItemState.FAILED
        )
    )
    await until(lambda: area.view.run is not None and area.view.run.per_minute is not None)
    await other.release(run.id)
    await other.set_state(run.id, RunState.PAUSED)
    await until(lambda: area.view.runs[0].run.state is RunState.PAUSED)
    await until(lambda: not area.view.runs[0].run.is_elsewhere)
    assert area.desk.errors == []


async def test_what_is_shown_stays_when_another_run_appears(area: Area, other: LibraryRuns) -> None:
    ours = await area.lab.make("ours")
    await area.presenter.open()
    following = asyncio.ensure_future(area.presenter.follow())
    await begun(other, "theirs")
    await until(lambda: len(area.view.runs) == 2)
    assert area.presenter.selected is not None
    assert area.presenter.selected.id == ours.id
    assert area.grid.run is not None
    assert area.grid.run.id == ours.id
    following.cancel()


async def test_a_run_deleted_elsewhere_goes_and_its_marks_are_found_out_anew(
    area: Area, other: LibraryRuns
) -> None:
    stays, gone = await area.lab.make("stays"), await area.lab.make("gone")
    await area.presenter.open()
    following = asyncio.ensure_future(area.presenter.follow())
    await asyncio.sleep(0.05)
    await other.delete(gone.id)
    await until(lambda: [status.run.id for status in area.view.runs] == [stays.id])
    await until(lambda: area.grid.run is not None and area.grid.run.id == stays.id)
    assert area.desk.forgotten == 1
    following.cancel()


async def test_going_on_with_a_run_that_works_elsewhere_is_refused_in_one_sentence(
    area: Area, other: LibraryRuns
) -> None:
    await area.presenter.open()
    run = await begun(other, "theirs")
    await area.presenter.open()
    await area.presenter.resume()
    assert [error.code for error in area.desk.errors] == [ErrorCode.RUN_IN_USE]
    await area.presenter.delete()
    assert [error.code for error in area.desk.errors] == [ErrorCode.RUN_IN_USE] * 2
    for refused in (area.presenter.retry(), area.presenter.skip([1])):
        with pytest.raises(AppError) as caught:
            await refused
        assert caught.value.code is ErrorCode.RUN_IN_USE
    assert (await other.load(run.id)).counts.queued == 3
    assert area.view.run is not None
    assert area.view.run.run.is_elsewhere


@pytest.mark.parametrize(("end", "wish"), [("pause", RunWish.PAUSE), ("stop", RunWish.STOP)])
async def test_a_run_that_works_elsewhere_is_ended_there_and_shown_on_its_way(
    followed: Area, other: LibraryRuns, end: str, wish: RunWish
) -> None:
    area = followed
    run = await begun(other, "theirs")
    await until(lambda: area.view.run is not None and area.view.run.can_be_paused)
    await (area.presenter.pause() if end == "pause" else area.presenter.stop())
    assert area.view.run is not None
    assert (area.view.run.run.wish, area.view.run.is_ending) == (wish, True)
    assert await other.wished(run.id) is wish
    await other.hear(run.id, wish)
    await until(lambda: area.view.run is not None and area.view.run.run.wish is RunWish.HEARD)
    await other.set_state(run.id, RunState.PAUSED)
    await other.release(run.id)
    await until(lambda: area.view.run is not None and not area.view.run.run.is_elsewhere)
    assert (area.view.run.is_ending, area.view.run.cause) == (False, None)
    assert area.desk.errors == []


async def test_a_run_of_this_window_that_another_one_pauses_says_so_and_why(
    area: Area, other: LibraryRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.wishes.LISTEN_S", 0.01)
    run = await area.lab.make("ours", pictures=6)
    area.lab.model.gate.clear()
    await area.presenter.open()
    working = asyncio.ensure_future(area.presenter.begin(run, sample=False))
    await until(lambda: len(area.lab.model.asked) == 2)
    await other.wish(run.id, RunWish.PAUSE)
    await until(lambda: area.view.run is not None and area.view.run.is_ending)
    area.lab.model.gate.set()
    await working
    assert area.view.run is not None
    rests = area.view.run
    assert (rests.run.state, rests.is_ending, rests.cause) == (
        RunState.PAUSED,
        False,
        RestCause.PAUSED_ELSEWHERE,
    )
    await area.presenter.resume()
    assert (area.view.run.run.state, area.view.run.cause) == (RunState.DONE, None)
