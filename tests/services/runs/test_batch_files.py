"""Runs taken to a batch service and back, through the whole program but the window."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.batch import BatchItems, BatchOptions
from desktop_app.domain.runs.run import ItemState, RunState
from desktop_app.services.runs.progress import RunProgress
from tests.fakes.fake_server import FakeServer
from tests.services.runs.batch_lab import (
    SAID,
    counts,
    ids_of,
    made,
    name_of,
    refusal,
    requests_in,
    result,
    states,
    with_copies,
    write_lines,
)


async def test_a_wrong_file_among_right_ones_is_told_and_the_others_are_taken_in(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    first, second, _ = await ids_of(core, run, tmp_path)
    paths = [
        write_lines(tmp_path / "1.jsonl", [result(first)]),
        tmp_path / "ids.jsonl",
        tmp_path / "gone.jsonl",
        write_lines(tmp_path / "2.jsonl", [result(second)]),
    ]
    imported = await core.batch_files.import_results(run, paths)
    assert (imported.answered, imported.failed) == (2, 0)
    assert [(one.code, one.values["name"]) for one in imported.refused] == [
        (ErrorCode.IMPORT_QUESTIONS, "ids.jsonl"),
        (ErrorCode.IMPORT_FAILED, "gone.jsonl"),
    ]


async def test_nothing_is_imported_into_a_run_that_is_worked_on(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    results = write_lines(tmp_path / "r.jsonl", [result(name) for name in await ids_of(core, run, tmp_path)])
    async with core.runs_at_work.held(run.id):
        with pytest.raises(AppError) as caught:
            await core.batch_files.import_results(run, [results])
        assert caught.value.code is ErrorCode.RUN_IN_USE
        with pytest.raises(AppError) as caught:
            await core.runs_at_work.work(run.id)
        assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.RUN_IN_USE, "Run")
    assert (await core.batch_files.import_results(run, [results])).answered == 3


async def test_listeners_hear_what_was_imported(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    heard: list[RunProgress] = []
    results = write_lines(tmp_path / "r.jsonl", [result(name) for name in await ids_of(core, run, tmp_path)])
    stop = core.runs_at_work.watch(heard.append)
    await core.batch_files.import_results(run, [results])
    stop()
    assert [(told.run.state, told.run.counts.answered, len(told.changed)) for told in heard] == [
        (RunState.DONE, 3, 3)
    ]


async def test_many_requests_are_spread_over_files(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=5)
    exported = await core.batch_files.export(run, tmp_path / "out" / "s.jsonl", BatchOptions(lines=2))
    assert [file.name for file in exported.files] == ["s-001.jsonl", "s-002.jsonl", "s-003.jsonl"]
    assert [len(requests_in(file)) for file in exported.files] == [2, 2, 1]
    assert exported.count == 5
    assert len({line["custom_id"] for line in requests_in(*exported.files)}) == 5


async def test_which_pictures_go_into_the_files(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=4)
    items = await core.answers.items(run.id)
    await core.runs_at_work.work(run.id, most=1)
    names = await ids_of(core, run, tmp_path)
    await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", [refusal(names[1])])])
    await core.runs.skip(run.id, [items[2].id])
    for wanted, expected in (
        (BatchItems.QUEUED, {"p3.png"}),
        (BatchItems.FAILED, {"p1.png"}),
        (BatchItems.LEFT, {"p1.png", "p3.png"}),
        (BatchItems.ALL, {"p0.png", "p1.png", "p2.png", "p3.png"}),
    ):
        exported = await core.batch_files.export(run, tmp_path / "w.jsonl", BatchOptions(items=wanted))
        assert {name_of(line) for line in requests_in(*exported.files)} == expected


async def test_nothing_left_to_ask_makes_no_file(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=1)
    await core.runs_at_work.work(run.id)
    with pytest.raises(AppError) as caught:
        await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert caught.value.code is ErrorCode.RUN_EMPTY
    assert not (tmp_path / "a.jsonl").exists()


async def test_a_folder_that_is_gone_leaves_the_old_file(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.jsonl").write_text("the old one")
    shutil.rmtree(tmp_path / "pictures")
    with pytest.raises(AppError) as caught:
        await core.batch_files.export(run, tmp_path / "out" / "a.jsonl")
    assert caught.value.code is ErrorCode.FOLDER_MISSING
    assert [path.read_text() for path in (tmp_path / "out").iterdir()] == ["the old one"]


async def test_files_can_be_made_without_a_server(core: Core, tmp_path: Path) -> None:
    with FakeServer("qwen2-vl", version="0.32.0") as server:
        run = await made(core, server, tmp_path / "pictures", count=1)
        asked = await core.batch_files.export(run, tmp_path / "asked.jsonl")
    with pytest.raises(AppError) as caught:
        await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert caught.value.code is ErrorCode.SERVER_REFUSED
    alone = await core.batch_files.export(run, tmp_path / "a.jsonl", BatchOptions(ask_server=False))
    assert json.loads(alone.files[0].read_text()) == json.loads(asked.files[0].read_text())


async def test_progress_is_told(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=25)
    told: list[tuple[int, int]] = []

    def hear(done: int, of: int) -> None:
        told.append((done, of))

    exported = await core.batch_files.export(run, tmp_path / "a.jsonl", BatchOptions(lines=15), hear)
    assert told == [(0, 25), (10, 25), (20, 25), (25, 25)]
    told.clear()
    lines = [result(line["custom_id"]) for line in requests_in(*exported.files)]
    files = [write_lines(tmp_path / "1.jsonl", lines[:2]), write_lines(tmp_path / "2.jsonl", lines[2:])]
    await core.batch_files.import_results(run, files, progress=hear)
    assert told == [(2, 25), (25, 25)]


async def test_identical_pictures_are_written_once_and_share_the_answer(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await with_copies(core, vllm, tmp_path / "pictures")
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl", BatchOptions(lines=2))
    assert [file.name for file in exported.files] == ["a-001.jsonl", "a-002.jsonl"]
    assert (exported.count, counts(exported.notes)) == (3, {"asked-with-twin": 3})
    assert Counter(await states(core, run)) == {ItemState.QUEUED: 6}
    ids = [line["custom_id"] for line in requests_in(*exported.files)]
    told = [
        result(one, SAID.replace("true", "false") if number == 1 else SAID) for number, one in enumerate(ids)
    ]
    brought = await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", told)])
    assert (brought.answered, brought.failed) == (6, 0)
    assert counts(brought.notes) == {"shared-with-twin": 3}
    items = await core.answers.items(run.id)
    assert [item.value("rust") for item in items] == [True, False, True, True, False, False]
    assert [item.shared_from for item in items[3:]] == [items[0].id, items[1].id, items[1].id]
    ended = await core.runs.load(run.id)
    assert (ended.state, ended.counts.shared) == (RunState.DONE, 3)


async def test_where_no_picture_can_be_opened_no_file_is_written(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=2)
    for number in range(2):
        (tmp_path / "pictures" / f"p{number}.png").write_bytes(b"no picture")
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert (exported.files, exported.count) == ((), 0)
    assert counts(exported.notes) == {"not-in-batch": 2}
    assert not (tmp_path / "a.jsonl").exists()


async def test_a_run_that_is_half_imported_is_paused_and_no_sample(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    names = await ids_of(core, run, tmp_path)
    await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", [result(names[0])])])
    now = await core.runs.load(run.id)
    assert (now.state, now.counts.left) == (RunState.PAUSED, 2)
