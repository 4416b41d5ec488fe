"""What only the library does with runs: processes, full disks, clocks, and what older programs left."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.domain.runs.run import ItemState, RunCounts, RunState
from tests.adapters.sqlite_store.conftest import OpenLibrary
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures, plan

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}

HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


@pytest.fixture
def runs(open_library: OpenLibrary) -> LibraryRuns:
    return LibraryRuns(open_library())


async def made(runs: LibraryRuns, count: int = 1, name: str = "Bridge") -> tuple[int, list[RunItem]]:
    run = await runs.create(plan(name), pictures(count))
    return run.id, await runs.items(run.id)


@contextlib.contextmanager
def program(arguments: list[str], said: str) -> Iterator[subprocess.Popen[str]]:
    """Another process; goes on once it has said something."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == f"{said}\n"
        yield running
        running.kill()


Change = Callable[[LibraryRuns, int, RunItem], Awaitable[object]]


async def test_a_library_held_by_another_process_costs_nothing(path: Path, open_library: OpenLibrary) -> None:
    library = open_library(busy_timeout_s=0.05)
    runs = LibraryRuns(library)
    run_id, items = await made(runs, 3)
    await runs.answer_item(items[1].id, answer())
    await runs.begin_item(items[0].id)
    before = await runs.items(run_id)
    changes: list[Change] = [
        lambda runs, run_id, item: runs.answer_item(item.id, answer("new")),
        lambda runs, run_id, item: runs.fail_item(item.id, AnswerFailure(ErrorCode.PICTURE_BROKEN)),
        lambda runs, run_id, item: runs.edit({item.id: {"rust": False}}),
        lambda runs, run_id, item: runs.create(plan("other"), pictures(9)),
        lambda runs, run_id, item: runs.take(run_id),
        lambda runs, run_id, item: runs.delete(run_id),
    ]
    with program(["-c", HOLDING, str(path)], "held") as other:
        for change in changes:
            with pytest.raises(AppError) as caught:
                await change(runs, run_id, items[0])
            assert caught.value.code is ErrorCode.STORE_UNAVAILABLE
        assert await runs.items(run_id) == before  # reading goes on
        other.communicate("\n")

    assert await runs.items(run_id) == before
    assert [run.plan.name for run in await runs.all()] == ["Bridge"]
    await runs.answer_item(items[0].id, answer("new"))
    assert (await runs.items(run_id, [items[0].id]))[0].answer == answer("new")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
async def test_a_killed_program_loses_only_what_it_was_asking(path: Path, runs: LibraryRuns) -> None:
    script = Path(__file__).with_name("asking_program.py")
    with program([str(script), str(path)], "asking") as other:
        assert await runs.recover() == 0
        (run,) = await runs.all()
        assert (run.state, run.is_elsewhere, run.counts.asking) == (RunState.RUNNING, True, 1)
        with pytest.raises(AppError) as caught:
            await runs.take(run.id)
        assert caught.value.code is ErrorCode.RUN_IN_USE
        other.send_signal(signal.SIGKILL)
        other.wait()

        assert await runs.recover() == 1
    (run,) = await runs.all()
    assert (run.state, run.is_elsewhere) == (RunState.PAUSED, False)
    assert run.counts == RunCounts(queued=2, answered=1, prompt_tokens=1000, completion_tokens=20)
    items = await runs.items(run.id)
    assert [item.attempts for item in items] == [1, 1, 0]
    assert items[0].answer == answer()


async def test_a_clock_set_back_changes_no_order(open_library: OpenLibrary) -> None:
    start = datetime(2026, 5, 1, 12, tzinfo=UTC)
    clock = iter([start, start - timedelta(days=400), start - timedelta(hours=1), start])
    runs = LibraryRuns(open_library(), now=lambda: next(clock))
    for name in ("one", "two", "three", "four"):
        await made(runs, 1, name)
    kept = await runs.all()
    assert [run.plan.name for run in kept] == ["four", "three", "two", "one"]
    assert [run.created - start for run in kept] == [
        timedelta(0),
        timedelta(hours=-1),
        timedelta(days=-400),
        timedelta(0),
    ]


@pytest.mark.parametrize("seconds", [-(10**8), 10**8])
async def test_a_clock_set_anywhere_leaves_a_run_to_its_program(
    path: Path, open_library: OpenLibrary, seconds: int
) -> None:
    window, command = LibraryRuns(open_library()), LibraryRuns(open_library())
    run_id, _ = await made(window)
    await window.take(run_id)
    for lock in path.with_name(f"{path.name}-owners").iterdir():
        moment = lock.stat().st_mtime + seconds
        os.utime(lock, (moment, moment))
    assert await command.recover() == 0
    with pytest.raises(AppError) as caught:
        await command.take(run_id)
    assert caught.value.code is ErrorCode.RUN_IN_USE


def long_answer(number: int) -> ItemAnswer:
    return answer(f"hash {number}", {"rust": True, "words": "x" * 40_000}, raw="y" * 10_000)


async def fill(runs: LibraryRuns, items: list[RunItem]) -> int:
    """Answer one after the other until the disk is full; returns how many were answered."""
    for number, item in enumerate(items):
        await runs.begin_item(item.id)
        try:
            await runs.answer_item(item.id, long_answer(number))
        except AppError as problem:
            assert problem.code is ErrorCode.DISK_FULL  # noqa: PT017
            return number
    raise AssertionError("the disk is never full")


async def check_filled(runs: LibraryRuns, run_id: int, count: int) -> None:
    """Every answer is whole, and the one that found no room is still being asked."""
    items = await runs.items(run_id)
    assert count > 3
    assert [item.answer for item in items[:count]] == [long_answer(number) for number in range(count)]
    assert (items[count].state, items[count].answer) == (ItemState.ASKING, None)
    assert {item.state for item in items[count + 1 :]} == {ItemState.QUEUED}


async def test_a_library_that_may_not_grow(open_library: OpenLibrary) -> None:
    library = open_library()
    runs = LibraryRuns(library)
    run_id, items = await made(runs, 60)
    await library.read(lambda connection: connection.execute("PRAGMA max_page_count = 200").fetchone())
    count = await fill(runs, items)
    await check_filled(runs, run_id, count)
    with pytest.raises(AppError) as caught:
        await runs.create(plan("large"), pictures(10_000, "/" + "long" * 50))
    assert caught.value.code is ErrorCode.DISK_FULL
    assert [run.plan.name for run in await runs.all()] == ["Bridge"]

    await library.read(lambda connection: connection.execute("PRAGMA max_page_count = 100000").fetchone())
    await runs.answer_item(items[count].id, long_answer(count))
    assert (await runs.load(run_id)).counts.answered == count + 1


async def test_a_full_disk(small_disk: Path) -> None:
    library = Library(small_disk / "library.sqlite")
    runs = LibraryRuns(library)
    run_id, items = await made(runs, 60)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 500_000)
    count = await fill(runs, items)
    await check_filled(runs, run_id, count)
    ballast.unlink()
    await runs.answer_item(items[count].id, long_answer(count))
    await library.close()

    again = Library(small_disk / "library.sqlite")
    assert (await LibraryRuns(again).load(run_id)).counts.answered == count + 1
    await again.close()


async def test_an_answer_that_cannot_be_kept_whole_is_not_kept_at_all(
    open_library: OpenLibrary, path: Path
) -> None:
    runs = LibraryRuns(open_library())
    run_id, (item, source) = await made(runs, 2)
    await runs.answer_item(source.id, answer("source"))
    await runs.begin_item(item.id)
    before = await runs.items(run_id)
    with contextlib.closing(sqlite3.connect(path)) as other:
        refusal = "BEGIN SELECT RAISE(ABORT, 'no room'); END"
        other.execute(f"CREATE TRIGGER refuse BEFORE INSERT ON item_answers {refusal}")
    for change in (runs.answer_item(item.id, answer()), runs.share_answer(item.id, source.id)):
        with pytest.raises((AppError, sqlite3.Error)):
            await change
    assert await runs.items(run_id) == before


async def test_a_failure_this_program_has_no_words_for_hides_no_run(
    open_library: OpenLibrary, path: Path
) -> None:
    library = open_library()
    runs = LibraryRuns(library)
    run_id, _ = await made(runs)
    told = '{"code": "of-tomorrow", "values": [], "detail": "why"}'
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE runs SET state = 'paused', failure = ?", (told,))
        other.execute("UPDATE run_items SET state = 'failed', failure = ?", (told,))
        other.commit()
    failures = [(await runs.load(run_id)).failure, (await runs.items(run_id))[0].failure]
    assert failures == [AnswerFailure(ErrorCode.UNEXPECTED, detail=told)] * 2


async def test_words_that_utf_8_cannot_hold_are_kept_as_well_as_may_be(runs: LibraryRuns) -> None:
    run = await runs.create(plan("half \ud83d"), [("/a.jpg", "\udcff.jpg")])
    assert await runs.find("half \ud83d") == run
    (item,) = await runs.items(run.id)
    await runs.answer_item(item.id, answer("abc", {"words": "\ud83d\ude00 \ud83d"}, raw="\udfff"))
    await runs.edit({item.id: {"words": "\ud83d"}})
    await runs.annotate({item.id: "\ud83d"})
    (kept,) = await runs.items(run.id)
    assert kept.answer is not None
    assert kept.answer.values == {"words": "😀 \N{REPLACEMENT CHARACTER}"}
    assert (kept.note, kept.edited) == ("\N{REPLACEMENT CHARACTER}", {"words": "\N{REPLACEMENT CHARACTER}"})
