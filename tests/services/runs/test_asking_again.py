"""Pictures that a person names are asked about, whatever became of them, and no others."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState, Run, RunState
from tests.fakes.fake_server import FakeServer, hang, picture_of, status, whole
from tests.fakes.waiting import LONG_S
from tests.services.runs.run_lab import ANSWER, RunLab, answering, states

pytestmark = pytest.mark.usefixtures("quick")


async def ask(lab: RunLab, run: Run, items: list[RunItem]) -> Run:
    """As a person does who has selected rows."""
    queued = await lab.runs.retry(run.id, [item.id for item in items])
    return await lab.at_work.work(run.id, only=queued)


async def test_just_those_that_are_named_are_asked_in_the_order_of_the_run(
    lab: RunLab, server: FakeServer
) -> None:
    paths, asked = lab.paint(12), list[str]()
    server.default = whole(answering(await lab.names(paths), asked))
    run = await lab.make(paths, server, concurrency=1)
    await lab.at_work.work(run.id, 3)
    asked.clear()
    items = await lab.items(run)
    ended = await ask(lab, run, [items[9], items[7], items[1]])
    assert asked == ["0001.png", "0007.png", "0009.png"]
    assert states(await lab.items(run)) == {"answered": 5, "queued": 7}
    assert (ended.counts.answered, ended.counts.left) == (5, 7)


async def test_pictures_in_every_state_can_be_asked(lab: RunLab, server: FakeServer) -> None:
    paths, asked = lab.paint(6), list[str]()
    names = await lab.names(paths)
    refused = await lab.sent_digest(paths[1])
    server.default = whole(lambda request: "no" if picture_of(request) == refused else ANSWER)
    run = await lab.make(paths, server, concurrency=1)
    await lab.at_work.work(run.id, 2)
    items = await lab.items(run)
    await lab.runs.skip(run.id, [items[2].id])
    server.default = whole(answering(names, asked))
    assert states(await lab.items(run)) == {"answered": 1, "failed": 1, "skipped": 1, "queued": 3}
    ended = await ask(lab, run, items[:4])
    assert asked == [path.name for path in paths[:4]]
    assert states(await lab.items(run)) == {"answered": 4, "queued": 2}
    assert ended.counts.failed == 0


@pytest.mark.parametrize("before", [RunState.PAUSED, RunState.STOPPED, RunState.READY])
async def test_a_run_with_pictures_left_rests_as_before(
    lab: RunLab, server: FakeServer, before: RunState
) -> None:
    run = await lab.make(lab.paint(5), server)
    await lab.at_work.work(run.id, 2)
    await lab.repository.set_state(run.id, before)
    items = await lab.items(run)
    assert (await ask(lab, run, [items[0], items[3]])).state is before
    assert (await lab.repository.load(run.id)).state is before


async def test_a_trouble_that_is_over_is_told_no_more(lab: RunLab, server: FakeServer) -> None:
    server.default = status(401, {"error": "Unauthorized"})
    run = await lab.make(lab.paint(3), server)
    paused = await lab.at_work.work(run.id)
    assert (paused.state, paused.failure and paused.failure.code) == (
        RunState.PAUSED,
        ErrorCode.SERVER_KEY_MISSING,
    )
    server.default = whole(ANSWER)
    ended = await ask(lab, run, (await lab.items(run))[2:])
    assert (ended.state, ended.failure, ended.counts.left) == (RunState.PAUSED, None, 2)


async def test_a_run_is_done_when_the_last_one_is_asked(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(4), server)
    await lab.at_work.work(run.id, 3)
    await lab.runs.stop(run.id)
    ended = await ask(lab, run, (await lab.items(run))[3:])
    assert (ended.state, ended.counts.answered) == (RunState.DONE, 4)
    again = await ask(lab, run, (await lab.items(run))[:2])
    assert (again.state, again.counts.answered) == (RunState.DONE, 4)


async def test_a_run_is_done_when_the_last_ones_are_left_out(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(4), server)
    await lab.at_work.work(run.id, 3)
    await lab.runs.skip(run.id, [(await lab.items(run))[3].id])
    assert (await lab.runs.load(run.id)).state is RunState.DONE
    assert lab.told[-1].run.state is RunState.DONE


async def test_what_was_named_is_queued_on_disk_before_anything_is_asked(
    lab: RunLab, server: FakeServer, tmp_path: Path
) -> None:
    run = await lab.make(lab.paint(4), server)
    await lab.at_work.work(run.id)
    items = await lab.items(run)
    await lab.runs.retry(run.id, [items[0].id, items[2].id])
    other = RunLab(lab.folder, tmp_path / "library.sqlite")  # as after a crash right here
    seen = await other.runs.load(run.id)
    assert (seen.state, seen.counts.queued, seen.counts.answered) == (RunState.PAUSED, 2, 2)
    await other.close()


async def test_giving_up_in_the_middle_leaves_the_rest_of_them_queued(
    lab: RunLab, server: FakeServer
) -> None:
    run = await lab.make(lab.paint(8), server, concurrency=1)
    await lab.at_work.work(run.id, 4)
    items = await lab.items(run)
    server.default = hang
    queued = await lab.runs.retry(run.id, [items[n].id for n in (1, 5, 6)])
    before = len(server.chats)
    working = asyncio.ensure_future(lab.at_work.work(run.id, only=queued))
    await lab.until(lambda: len(server.chats) == before + 1)
    working.cancel()
    await asyncio.wait({working})
    now = await lab.repository.load(run.id)
    assert (now.state, now.counts.asking) == (RunState.PAUSED, 0)
    answered = [item.state is ItemState.ANSWERED for item in await lab.items(run)]
    assert answered == [True, False, True, True, False, False, False, False]


async def test_the_time_left_is_that_of_the_pictures_named(lab: RunLab, server: FakeServer) -> None:
    server.default = whole(ANSWER, after_s=0.02)
    run = await lab.make(lab.paint(40), server, concurrency=1)
    items = await lab.items(run)
    await ask(lab, run, items[30:34])
    told = [progress for progress in lab.told if progress.run.counts.answered == 3]
    assert told
    for progress in told:
        assert progress.seconds_left is not None
        assert progress.per_minute is not None
        assert progress.seconds_left * progress.per_minute / 60 == pytest.approx(1)


async def test_pictures_that_are_named_while_a_sample_goes_on_are_asked_with_it(
    lab: RunLab, server: FakeServer
) -> None:
    run = await lab.make(lab.paint(9), server, concurrency=1)
    server.default = whole(ANSWER, after_s=0.02)
    items = await lab.items(run)
    working = asyncio.ensure_future(lab.at_work.work(run.id, 3))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.counts.answered == 1)
    await lab.runs.retry(run.id, [items[7].id])
    assert (await working).state is RunState.READY
    answered = [number for number, item in enumerate(await lab.items(run)) if item.answer]
    assert answered == [0, 1, 2, 7]


async def test_those_that_are_named_while_the_run_goes_on_come_before_the_others(
    lab: RunLab, server: FakeServer
) -> None:
    paths, asked = lab.paint(30), list[str]()
    server.default = whole(answering(await lab.names(paths), asked), after_s=0.01)
    run = await lab.make(paths, server, concurrency=1)
    items = await lab.items(run)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.counts.answered == 2)
    # One is answered, the next ones are being made ready, the others have not been looked at yet.
    await lab.runs.retry(run.id, [items[n].id for n in (0, 2, 3, 4, 27, 20)])
    assert (await working).counts.answered == 30
    order = [int(name[:4]) for name in asked]
    assert order.index(20) < order.index(27) < order.index(12)
    assert order.count(0) == 2
    assert sorted(set(order)) == list(range(30))
    assert len(order) == 31


async def test_a_server_that_goes_away_meanwhile_does_not_widen_what_is_asked(
    lab: RunLab, server: FakeServer
) -> None:
    paths, asked = lab.paint(10), list[str]()
    server.default = whole(answering(await lab.names(paths), asked))
    server.answer_with(*[status(502, "<html>Bad Gateway</html>")] * 3)
    run = await lab.make(paths, server, concurrency=2)
    items = await lab.items(run)
    ended = await asyncio.wait_for(ask(lab, run, [items[4], items[8]]), LONG_S)
    assert sorted(asked) == ["0004.png", "0008.png"]
    assert (ended.state, ended.counts.left) == (RunState.READY, 8)


async def test_a_run_that_works_in_another_process_is_left_alone(
    lab: RunLab, server: FakeServer, tmp_path: Path
) -> None:
    server.default = hang
    run = await lab.make(lab.paint(3), server)
    other = RunLab(lab.folder, tmp_path / "library.sqlite")
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: bool(server.chats))
    ids = [item.id for item in await lab.items(run)]
    for change in (other.runs.retry(run.id, ids), other.runs.skip(run.id, ids)):
        with pytest.raises(AppError) as caught:
            await change
        assert caught.value.code is ErrorCode.RUN_IN_USE
    lab.at_work.pause(run.id, at_once=True)
    await working
    await other.close()
