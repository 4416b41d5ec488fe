"""Answers are kept as soon as the library takes them: full disks, locked libraries, runs that end."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import ItemState, Run, RunState
from tests.fakes.fake_server import (
    FakeServer,
    whole,
)
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.waiting import LONG_S
from tests.services.runs.run_lab import ANSWER, RunLab, answering, states

pytestmark = pytest.mark.usefixtures("quick")


@contextlib.contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The library can be read, but nothing more fits in."""

    async def refuse(*about: object) -> None:
        raise AppError(ErrorCode.DISK_FULL)

    with monkeypatch.context() as changed:
        for method in ("answer_item", "begin_item", "set_state", "requeue_item", "fail_item", "set_method"):
            changed.setattr(LibraryRuns, method, refuse)
        yield


async def begun(lab: RunLab, server: FakeServer, count: int) -> tuple[Run, asyncio.Task[Run]]:
    """A run whose first requests have been received and not answered yet."""
    run = await lab.make(lab.paint(count), server, concurrency=4)
    server.default = whole(ANSWER, after_s=0.2)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) == 4)
    return run, working


async def test_answers_that_a_full_disk_has_no_room_for_are_kept_until_it_has(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, working = await begun(lab, server, 10)
    with full_disk(monkeypatch):
        await lab.until(lambda: lab.told[-1].run.state is RunState.PAUSED)
        told = lab.told[-1].run.failure
        assert told is not None
        assert told.code is ErrorCode.DISK_FULL
        await asyncio.sleep(0.2)
        assert not working.done()
    ended = await working
    assert states(await lab.items(run)) == {"answered": 4, "queued": 6}
    assert ended.failure == told
    assert (await lab.repository.load(run.id)).failure == told
    server.default = whole(ANSWER)
    assert (await lab.at_work.work(run.id)).state is RunState.DONE
    assert max(server.asked.values()) == 1


async def test_a_run_that_comes_to_rest_tries_once_more_to_keep_its_answers(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.ledger.SAVE_AGAIN_S", 600.0)
    run, working = await begun(lab, server, 10)
    with full_disk(monkeypatch):
        await lab.until(lambda: len(lab.at_work.unsaved) == 4)
    assert await asyncio.wait_for(lab.at_work.come_to_rest(), LONG_S) == ()
    assert (await working).state is RunState.PAUSED
    assert states(await lab.items(run)) == {"answered": 4, "queued": 6}


async def test_a_run_that_comes_to_rest_tells_which_answers_have_no_room_and_waits_on(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, working = await begun(lab, server, 10)
    with full_disk(monkeypatch):
        unsaved = await asyncio.wait_for(lab.at_work.come_to_rest(), LONG_S)
        assert sorted(unsaved) == []  # what was being asked was given up: there was no answer yet
        await working
    server.default = whole(ANSWER, after_s=0.2)
    again = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) == 4 + 4)
    with full_disk(monkeypatch):
        await lab.until(lambda: len(lab.at_work.unsaved) == 4)
        unsaved = await asyncio.wait_for(lab.at_work.come_to_rest(), LONG_S)
        assert sorted(unsaved) == ["0000.png", "0001.png", "0002.png", "0003.png"]
        assert not again.done()
        assert lab.at_work.unsaved == unsaved
    ended = await again
    assert (ended.state, ended.counts.answered) == (RunState.PAUSED, 4)
    assert lab.told[-1].unsaved == ()


async def test_answers_that_are_lost_are_named_and_their_pictures_asked_again(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, working = await begun(lab, server, 10)
    with full_disk(monkeypatch):
        await lab.until(lambda: len(lab.at_work.unsaved) == 4)
        lab.at_work.give_up_answers(run.id)
        await working
    assert sorted(lab.told[-1].unsaved) == ["0000.png", "0001.png", "0002.png", "0003.png"]
    server.default = whole(ANSWER)
    ended = await lab.at_work.work(run.id)
    assert (ended.state, ended.counts.answered) == (RunState.DONE, 10)


async def test_a_program_that_ends_does_not_wait_for_room(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, working = await begun(lab, server, 10)
    with full_disk(monkeypatch):
        await lab.until(lambda: len(lab.at_work.unsaved) == 4)
        assert sorted(await lab.at_work.close()) == ["0000.png", "0001.png", "0002.png", "0003.png"]
        assert (await working).state is RunState.PAUSED
    # What could not be written down is put right when the run is taken up again.
    server.default = whole(ANSWER)
    assert (await lab.at_work.work(run.id)).state is RunState.DONE
    assert (await lab.repository.load(run.id)).counts.answered == 10


async def test_a_library_that_another_process_locks_keeps_answers_waiting(
    tmp_path: Path, server: FakeServer
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    lab = RunLab(folder, tmp_path / "library.sqlite", busy_timeout_s=0.05)
    run, working = await begun(lab, server, 10)
    with contextlib.closing(sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await lab.until(lambda: lab.told[-1].run.state is RunState.PAUSED)
        other.execute("ROLLBACK")
    ended = await working
    assert ended.failure is not None
    assert ended.failure.code is ErrorCode.STORE_UNAVAILABLE
    assert states(await lab.items(run)) == {"answered": 4, "queued": 6}
    assert (await lab.at_work.work(run.id)).state is RunState.DONE
    assert max(server.asked.values()) == 1
    await lab.close()


async def test_a_library_that_is_locked_for_a_moment_is_waited_for(lab: RunLab, server: FakeServer) -> None:
    run, working = await begun(lab, server, 10)
    with contextlib.closing(
        sqlite3.connect(lab.folder.parent / "library.sqlite", isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(0.5)
        other.execute("ROLLBACK")
    assert (await working).state is RunState.DONE
    assert (await lab.repository.load(run.id)).counts.answered == 10


async def test_answers_that_arrive_while_the_run_ends_are_kept(lab: RunLab, server: FakeServer) -> None:
    """Whenever the end comes, an answer is either in the library or was never received."""
    paths = lab.paint(40)
    names = await lab.names(paths)
    answered: list[str] = []
    server.default = whole(answering(names, answered), after_s=0.004)
    run = await lab.make(paths, server)
    ended = run
    while ended.counts.left:
        working = asyncio.ensure_future(lab.at_work.work(run.id))
        asyncio.get_running_loop().call_later(0.06, lab.at_work.pause, run.id, True)
        kept = {item.name for item in await lab.items(run, ItemState.ANSWERED)}
        asked_before = len(answered)
        ended = await working
        assert ended.counts.asking == 0
        assert not kept & set(answered[asked_before:])
    items = await lab.items(run)
    assert states(items) == {"answered": 40}
    assert Counter(answered) <= Counter({item.name: item.attempts for item in items})
