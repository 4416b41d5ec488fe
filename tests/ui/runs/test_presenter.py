"""The runs area is led as a person expects, without a window."""

from __future__ import annotations

import asyncio

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import ItemState, RunState
from tests.fakes.waiting import until
from tests.ui.runs.area import Area


async def test_opening_shows_the_newest_run(area: Area) -> None:
    await area.lab.make("first")
    newest = await area.lab.make("second")
    await area.presenter.open()
    assert [status.run.plan.name for status in area.view.runs] == ["second", "first"]
    assert area.grid.run is not None
    assert area.grid.run.id == newest.id


async def test_a_sample_is_asked_and_then_the_rest(area: Area) -> None:
    run = await area.lab.make("bridge", pictures=8)
    await area.presenter.open()
    await area.presenter.begin(run, sample=True)
    assert len(area.lab.model.asked) == 5
    sample = area.view.run
    assert sample is not None
    assert (sample.run.state, sample.run.estimate is not None) == (RunState.READY, True)
    await area.presenter.resume()
    assert area.view.run is not None
    assert area.view.run.run.state is RunState.DONE
    assert area.view.run.run.counts.answered == 8
    assert area.desk.working == [1, 0, 1, 0]
    await until(lambda: list(area.desk.marks.values()).count(ItemState.ANSWERED) == 8)
    assert len(area.grid.changed) == 8


async def test_pausing_says_that_it_ends_and_then_that_it_is_paused(area: Area) -> None:
    run = await area.lab.make("bridge", pictures=6)
    area.lab.model.gate.clear()
    await area.presenter.open()
    working = asyncio.ensure_future(area.presenter.begin(run, sample=False))
    await until(lambda: len(area.lab.model.asked) == 2)
    await area.presenter.pause()
    pausing = area.view.run
    assert pausing is not None
    assert pausing.is_ending
    area.lab.model.gate.set()
    await working
    assert area.view.run is not None
    assert area.view.run.run.state is RunState.PAUSED
    assert not area.view.run.is_here
    assert not area.view.run.is_ending
    assert area.view.run.run.counts.answered == 2


async def test_stopping_says_at_once_that_it_ends(area: Area) -> None:
    run = await area.lab.make("bridge", pictures=6)
    area.lab.model.gate.clear()
    await area.presenter.open()
    working = asyncio.ensure_future(area.presenter.begin(run, sample=False))
    await until(lambda: len(area.lab.model.asked) == 2)
    await area.presenter.stop()
    assert area.view.run is not None
    assert area.view.run.is_ending
    area.lab.model.gate.set()
    await working
    assert (area.view.run.run.state, area.view.run.is_ending) == (RunState.STOPPED, False)


async def test_what_needs_the_user_stands_beside_the_run(area: Area) -> None:
    run = await area.lab.make("bridge")
    area.lab.model.problem = AppError(ErrorCode.SERVER_KEY, server="gpu-box")
    await area.presenter.open()
    await area.presenter.begin(run, sample=False)
    assert area.view.run is not None
    assert area.view.run.run.failure is not None
    assert area.view.run.run.failure.code is ErrorCode.SERVER_KEY
    assert area.desk.errors == []


async def test_a_sample_that_broke_off_goes_on_as_a_sample(area: Area) -> None:
    run = await area.lab.make("bridge", pictures=8)
    area.lab.model.problem = AppError(ErrorCode.SERVER_KEY, server="gpu-box")
    await area.presenter.open()
    await area.presenter.begin(run, sample=True)
    assert area.view.run is not None
    assert (area.view.run.run.state, area.view.run.sample_left) == (RunState.PAUSED, 5)
    area.lab.model.problem = None
    await area.presenter.resume()
    assert (area.view.run.run.counts.answered, area.view.run.sample_left) == (5, 0)
    assert area.view.run.run.estimate is not None
    await area.presenter.resume()
    assert area.view.run.run.counts.answered == 8


async def test_failures_are_told_by_reason_and_asked_again(area: Area) -> None:
    run = await area.lab.make("bridge")
    area.lab.model.problem = AppError(ErrorCode.SERVER_PICTURE_REFUSED)
    await area.presenter.open()
    await area.presenter.begin(run, sample=False)
    [group] = area.view.failures
    assert len(group.item_ids) == 3
    area.lab.model.problem = None
    await area.presenter.retry(group.item_ids[:2])
    assert [len(group.item_ids) for group in area.view.failures] == [1]
    await area.presenter.retry()
    assert area.view.failures == []
    assert area.view.run is not None
    assert area.view.run.run.counts.answered == 3


async def test_failures_are_told_while_the_run_goes_on(area: Area) -> None:
    run = await area.lab.make("bridge", pictures=4)
    for broken in ("bridge 0.png", "bridge 2.png"):
        (area.lab.folder / broken).write_bytes(b"")
    area.lab.model.gate.clear()
    await area.presenter.open()
    working = asyncio.ensure_future(area.presenter.begin(run, sample=False))
    await until(lambda: [len(group.item_ids) for group in area.view.failures] == [2])
    assert area.view.failures[0].example.code is ErrorCode.PICTURE_EMPTY
    assert not working.done()
    area.lab.model.gate.set()
    await working


async def test_asking_again_about_what_failed_in_a_sample_asks_about_nothing_else(area: Area) -> None:
    run = await area.lab.make("bridge", pictures=8)
    area.lab.model.problem = AppError(ErrorCode.SERVER_PICTURE_REFUSED)
    await area.presenter.open()
    await area.presenter.begin(run, sample=True)
    area.lab.model.problem = None
    asked = len(area.lab.model.asked)
    await area.presenter.retry()
    assert len(area.lab.model.asked) == asked + 5
    assert area.view.run is not None
    assert (area.view.run.run.counts.answered, area.view.run.run.counts.left) == (5, 3)


async def test_rows_that_were_never_asked_are_asked_when_they_are_wanted_and_no_others(area: Area) -> None:
    run = await area.lab.make("bridge", pictures=8)
    await area.presenter.open()
    await area.presenter.begin(run, sample=True)
    await area.lab.runs.stop(run.id)
    items = await area.lab.answers.items(run.id)
    asked = len(area.lab.model.asked)
    await area.presenter.retry([items[7].id, items[6].id])
    assert len(area.lab.model.asked) == asked + 2
    now = await area.lab.answers.items(run.id)
    assert [item.position for item in now if item.state is ItemState.QUEUED] == [5]
    assert area.view.run is not None
    assert area.view.run.run.state is RunState.STOPPED


async def test_a_run_is_deleted_only_after_asking(area: Area) -> None:
    await area.lab.make("first")
    await area.lab.make("second")
    await area.presenter.open()
    area.view.agrees = False
    await area.presenter.delete()
    assert len(area.view.runs) == 2
    area.view.agrees = True
    await area.presenter.delete()
    assert [status.run.plan.name for status in area.view.runs] == ["first"]
    await area.presenter.delete()
    assert area.view.runs == []
    assert area.grid.run is None
