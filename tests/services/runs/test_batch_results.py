"""What a batch service has answered is taken into the run it was asked for."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.composition.core import Core
from desktop_app.domain.answers import Usage
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.batch import BATCH
from desktop_app.domain.runs.run import ItemState, RunState
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.made_runs import asked_again
from tests.services.runs.batch_lab import (
    SAID,
    TWIN_FORM,
    counts,
    ids_of,
    made,
    pictures,
    plan,
    refusal,
    requests_in,
    result,
    states,
    with_copies,
    write_lines,
)


async def test_imported_answers_are_read_as_the_engines(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    twin = await asked_again(core.runs, core.answers, run, "Twin")
    await core.runs_at_work.work(run.id)
    lines = [result(name) for name in await ids_of(core, twin, tmp_path)]
    random.Random(1).shuffle(lines)
    imported = await core.batch_files.import_results(twin, [write_lines(tmp_path / "r.jsonl", lines)])
    assert (imported.answered, imported.failed, imported.notes) == (3, 0, ())
    assert (await core.runs.load(twin.id)).state is RunState.DONE
    ours = [item.answer for item in await core.answers.items(run.id)]
    theirs = [item.answer for item in await core.answers.items(twin.id)]
    assert all(answer is not None for answer in ours)
    assert theirs == [
        replace(answer, server=BATCH, seconds=0.0, model="fake-vl", asked="")
        for answer in ours
        if answer is not None
    ]
    assert theirs[0] is not None
    assert theirs[0].values["damage"] == [[0, 56, 224, 112]]
    assert theirs[0].usage == Usage(30, 5)


async def test_answers_come_back_when_the_pictures_are_gone(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    lines = [result(name) for name in await ids_of(core, run, tmp_path)]
    shutil.rmtree(tmp_path / "pictures")
    imported = await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", lines)])
    assert imported.answered == 3


async def test_failures_fail_their_pictures_alone_and_give_way_to_answers(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    first, second, third = await ids_of(core, run, tmp_path)
    lines = [
        refusal(first),
        {**refusal(second), "error": "expired", "response": None},
        result(third, "no JSON"),
    ]
    imported = await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", lines)])
    assert (imported.answered, imported.failed) == (0, 3)
    items = await core.answers.items(run.id)
    assert [item.state for item in items] == [ItemState.FAILED] * 3
    codes = [item.failure.code for item in items if item.failure is not None]
    assert codes == [
        ErrorCode.SERVER_PICTURE_REFUSED,
        ErrorCode.SERVER_FAILED,
        ErrorCode.ANSWER_NOT_A_FORM,
    ]
    assert items[0].failure is not None
    assert "failed to load image" in items[0].failure.detail
    assert items[2].answer is not None
    assert items[2].answer.raw == "no JSON"
    again = await core.batch_files.import_results(
        run, [write_lines(tmp_path / "again.jsonl", [result(first), result(second)])]
    )
    assert (again.answered, again.failed) == (2, 0)
    assert (await states(core, run))[:2] == [ItemState.ANSWERED] * 2


async def test_answers_that_are_there_stay_unless_told_otherwise(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    await core.runs_at_work.work(run.id, most=1)
    await core.answers.edit({(await core.answers.items(run.id))[0].id: {"colour": "grey"}})
    names = await ids_of(core, run, tmp_path)
    other = '{"rust": false, "colour": "grey", "damage": []}'
    results = write_lines(tmp_path / "r.jsonl", [result(name, other) for name in names])
    imported = await core.batch_files.import_results(run, [results])
    assert (imported.answered, counts(imported.notes)) == (2, {"results-left": 1})
    assert [item.value("rust") for item in await core.answers.items(run.id)] == [True, False, False]
    imported = await core.batch_files.import_results(run, [results], replace=True)
    assert (imported.answered, imported.notes) == (3, ())
    items = await core.answers.items(run.id)
    assert [item.value("rust") for item in items] == [False, False, False]
    assert items[0].edited == {"colour": "grey"}


async def test_a_failure_never_takes_the_place_of_an_answer(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=1)
    await core.runs_at_work.work(run.id)
    lines = [refusal(name) for name in await ids_of(core, run, tmp_path)]
    imported = await core.batch_files.import_results(
        run, [write_lines(tmp_path / "r.jsonl", lines)], replace=True
    )
    assert (imported.failed, counts(imported.notes)) == (0, {"results-left": 1})
    assert await states(core, run) == [ItemState.ANSWERED]


async def test_what_is_not_of_this_run_is_told_and_changes_nothing(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    other = await asked_again(core.runs, core.answers, run, "Other")
    mine, others = await ids_of(core, run, tmp_path), await ids_of(core, other, tmp_path)
    lines = [
        result(mine[0]),
        result(mine[0], '{"rust": false, "colour": "red", "damage": []}'),
        result(others[1]),
        result("request-7"),
        '{"custom_id": "cut o',
        "[1, 2]",
        "",
    ]
    imported = await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", lines)])
    assert imported.answered == 1
    assert counts(imported.notes) == {"results-left": 1, "results-unknown": 2, "lines-broken": 2}
    assert (await core.answers.items(run.id))[0].value("rust") is True
    assert (await core.runs.load(run.id)).state is not RunState.DONE
    assert await states(core, other) == [ItemState.QUEUED] * 3


async def test_a_file_without_results_of_this_run_is_refused(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    await ids_of(core, run, tmp_path)
    other = await asked_again(core.runs, core.answers, run, "Other")
    exported = await core.batch_files.export(other, tmp_path / "questions.jsonl")
    write_lines(
        tmp_path / "others.jsonl", [result(line["custom_id"]) for line in requests_in(*exported.files)]
    )
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "picture.jsonl").write_bytes(random.Random(0).randbytes(4000))
    refusals = {
        "questions.jsonl": ErrorCode.IMPORT_QUESTIONS,
        "others.jsonl": ErrorCode.IMPORT_OTHER_RUN,
        "empty.jsonl": ErrorCode.IMPORT_NO_RESULTS,
        "picture.jsonl": ErrorCode.IMPORT_NO_RESULTS,
        "gone.jsonl": ErrorCode.IMPORT_FAILED,
    }
    for name, code in refusals.items():
        with pytest.raises(AppError) as caught:
            await core.batch_files.import_results(run, [tmp_path / name])
        assert (caught.value.code, caught.value.values["name"]) == (code, name)
    assert await states(core, run) == [ItemState.QUEUED] * 3
    assert (await core.runs.load(run.id)).state is RunState.READY


async def test_half_a_file_gives_what_is_whole_in_it(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    path = write_lines(tmp_path / "r.jsonl", [result(name) for name in await ids_of(core, run, tmp_path)])
    path.write_bytes(path.read_bytes()[:-40])
    imported = await core.batch_files.import_results(run, [path])
    assert (imported.answered, counts(imported.notes)) == (2, {"lines-broken": 1})


async def test_copies_of_a_picture_that_failed_stay_to_be_asked(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await with_copies(core, vllm, tmp_path / "pictures")
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl")
    first, *others = [line["custom_id"] for line in requests_in(*exported.files)]
    lines = [refusal(first), *map(result, others)]
    brought = await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", lines)])
    assert (brought.answered, brought.failed) == (4, 1)
    assert Counter(await states(core, run)) == {
        ItemState.ANSWERED: 4,
        ItemState.FAILED: 1,
        ItemState.QUEUED: 1,
    }
    vllm.default = whole(SAID)
    await core.runs.retry(run.id)
    assert (await core.runs_at_work.work(run.id)).counts.answered == 6
    assert len(vllm.chats) == 1


async def test_answers_that_do_not_fit_are_told_kept_and_asked_again_with_the_failed_ones(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await core.runs.create(
        plan("Run", vllm, tmp_path / "pictures", TWIN_FORM), pictures(tmp_path / "pictures")
    )
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl")
    whole_one, half, none = [line["custom_id"] for line in requests_in(*exported.files)]
    lines = [result(whole_one), result(half, '{"rust": true}'), result(none, "I cannot say.")]
    brought = await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", lines)])
    assert (brought.answered, brought.failed) == (1, 2)
    assert counts(brought.notes) == {"answers-unfit": 2}
    items = await core.answers.items(run.id)
    assert [item.state.value for item in items] == ["answered", "failed", "failed"]
    assert items[1].value("rust") is True
    assert {item.failure.code for item in items if item.failure} == {ErrorCode.ANSWER_NOT_A_FORM}
    vllm.default = whole(SAID)
    again = await core.runs.retry(run.id)
    ended = await core.runs_at_work.work(run.id, only=again)
    assert (ended.state, ended.counts.answered, len(vllm.chats)) == (RunState.DONE, 3, 2)
    assert (await core.answers.items(run.id))[1].value("colour") == "red"
