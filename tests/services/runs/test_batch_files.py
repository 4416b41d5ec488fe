"""Runs taken to a batch service and back, through the whole program but the window."""

from __future__ import annotations

import base64
import json
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.composition.core import Core
from desktop_app.domain.answers import Usage
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture, Note, PreparedPicture
from desktop_app.domain.runs.batch import BATCH, BatchItems, BatchOptions, BatchPictures, name_in
from desktop_app.domain.runs.item import QueuedItem
from desktop_app.domain.runs.run import ItemState, Run, RunPlan, RunState
from desktop_app.domain.vision_tokens import QWEN2_5_VL, VisionFamily, smart_resize
from desktop_app.services.runs.batch_files import BatchFiles
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.progress import RunProgress
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import asked_again
from tests.services.runs.batch_lab import (
    FORM,
    SAID,
    made,
    name_of,
    pictures,
    plan,
    refusal,
    requests_in,
    result,
    write_lines,
)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer("qwen2-vl", version="0.32.0") as started:
        started.default = whole(SAID)
        yield started


async def states(core: Core, run: Run) -> list[ItemState]:
    return [item.state for item in await core.answers.items(run.id)]


def counts(notes: tuple[Note, ...]) -> dict[str, object]:
    return {note.code: dict(note.values)["count"] for note in notes}


async def ids_of(core: Core, run: Run, tmp_path: Path) -> list[str]:
    """The custom ids that the run's pictures get."""
    exported = await core.batch_files.export(run, tmp_path / "ids.jsonl", BatchOptions(items=BatchItems.ALL))
    return [line["custom_id"] for line in requests_in(*exported.files)]


async def test_a_file_holds_exactly_what_the_engine_sends(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
    twin = await asked_again(core.runs, core.answers, run, "Twin")
    before = len(server.chats)
    await core.runs_at_work.work(run.id)
    sent = {name_of(request): request.json for request in server.chats[before:]}
    exported = await core.batch_files.export(twin, tmp_path / "a.jsonl")
    lines = requests_in(*exported.files)
    assert [(line["method"], line["url"]) for line in lines] == [("POST", "/v1/chat/completions")] * 3
    assert {name_of(line): line["body"] for line in lines} == sent
    assert "repetition_detection" in lines[0]["body"]  # the fields that vLLM alone takes are among them
    assert await states(core, twin) == [ItemState.QUEUED] * 3


async def test_imported_answers_are_read_as_the_engines(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
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
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
    lines = [result(name) for name in await ids_of(core, run, tmp_path)]
    shutil.rmtree(tmp_path / "pictures")
    imported = await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", lines)])
    assert imported.answered == 3


async def test_failures_fail_their_pictures_alone_and_give_way_to_answers(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
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
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
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
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures", count=1)
    await core.runs_at_work.work(run.id)
    lines = [refusal(name) for name in await ids_of(core, run, tmp_path)]
    imported = await core.batch_files.import_results(
        run, [write_lines(tmp_path / "r.jsonl", lines)], replace=True
    )
    assert (imported.failed, counts(imported.notes)) == (0, {"results-left": 1})
    assert await states(core, run) == [ItemState.ANSWERED]


async def test_what_is_not_of_this_run_is_told_and_changes_nothing(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
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
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
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


async def test_a_wrong_file_among_right_ones_is_told_and_the_others_are_taken_in(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
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


async def test_half_a_file_gives_what_is_whole_in_it(core: Core, server: FakeServer, tmp_path: Path) -> None:
    run = await made(core, server, tmp_path / "pictures")
    path = write_lines(tmp_path / "r.jsonl", [result(name) for name in await ids_of(core, run, tmp_path)])
    path.write_bytes(path.read_bytes()[:-40])
    imported = await core.batch_files.import_results(run, [path])
    assert (imported.answered, counts(imported.notes)) == (2, {"lines-broken": 1})


async def test_nothing_is_imported_into_a_run_that_is_worked_on(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
    results = write_lines(tmp_path / "r.jsonl", [result(name) for name in await ids_of(core, run, tmp_path)])
    async with core.runs_at_work.held(run.id):
        with pytest.raises(AppError) as caught:
            await core.batch_files.import_results(run, [results])
        assert caught.value.code is ErrorCode.RUN_IN_USE
        with pytest.raises(AppError) as caught:
            await core.runs_at_work.work(run.id)
        assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.RUN_IN_USE, "Run")
    assert (await core.batch_files.import_results(run, [results])).answered == 3


async def test_listeners_hear_what_was_imported(core: Core, server: FakeServer, tmp_path: Path) -> None:
    run = await made(core, server, tmp_path / "pictures")
    heard: list[RunProgress] = []
    results = write_lines(tmp_path / "r.jsonl", [result(name) for name in await ids_of(core, run, tmp_path)])
    stop = core.runs_at_work.watch(heard.append)
    await core.batch_files.import_results(run, [results])
    stop()
    assert [(told.run.state, told.run.counts.answered, len(told.changed)) for told in heard] == [
        (RunState.DONE, 3, 3)
    ]


async def test_many_requests_are_spread_over_files(core: Core, server: FakeServer, tmp_path: Path) -> None:
    run = await made(core, server, tmp_path / "pictures", count=5)
    exported = await core.batch_files.export(run, tmp_path / "out" / "s.jsonl", BatchOptions(lines=2))
    assert [file.name for file in exported.files] == ["s-001.jsonl", "s-002.jsonl", "s-003.jsonl"]
    assert [len(requests_in(file)) for file in exported.files] == [2, 2, 1]
    assert exported.count == 5
    assert len({line["custom_id"] for line in requests_in(*exported.files)}) == 5


async def test_which_pictures_go_into_the_files(core: Core, server: FakeServer, tmp_path: Path) -> None:
    run = await made(core, server, tmp_path / "pictures", count=4)
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


async def test_nothing_left_to_ask_makes_no_file(core: Core, server: FakeServer, tmp_path: Path) -> None:
    run = await made(core, server, tmp_path / "pictures", count=1)
    await core.runs_at_work.work(run.id)
    with pytest.raises(AppError) as caught:
        await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert caught.value.code is ErrorCode.RUN_EMPTY
    assert not (tmp_path / "a.jsonl").exists()


async def test_pictures_that_cannot_be_opened_are_told(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
    (tmp_path / "pictures" / "p1.png").write_bytes(b"no picture")
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert (exported.count, counts(exported.notes)) == (2, {"not-in-batch": 1})


async def test_a_folder_that_is_gone_leaves_the_old_file(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.jsonl").write_text("the old one")
    shutil.rmtree(tmp_path / "pictures")
    with pytest.raises(AppError) as caught:
        await core.batch_files.export(run, tmp_path / "out" / "a.jsonl")
    assert caught.value.code is ErrorCode.FOLDER_MISSING
    assert [path.read_text() for path in (tmp_path / "out").iterdir()] == ["the old one"]


async def test_named_pictures_are_those_that_would_be_sent(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures", count=2)
    inside = await core.batch_files.export(run, tmp_path / "inside.jsonl")
    out = tmp_path / "out dir"
    options = BatchOptions(pictures=BatchPictures.COPIES, local_prefix=tmp_path, server_prefix="/mnt/share")
    named = await core.batch_files.export(run, out / "a.jsonl", options)
    for full, short in zip(requests_in(*inside.files), requests_in(*named.files), strict=True):
        part = short["body"]["messages"][-1]["content"][0]["image_url"]
        address = part["url"]
        assert address.startswith("file:///mnt/share/out%20dir/pictures/")
        kept = out / "pictures" / address.partition("/pictures/")[2]
        sent = full["body"]["messages"][-1]["content"][0]["image_url"]["url"]
        assert base64.b64decode(sent.partition(",")[2]) == kept.read_bytes()
        part["url"] = sent
        assert short == full


async def test_copies_for_a_file_that_came_to_nothing_are_taken_back(
    core: Core, server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await made(core, server, tmp_path / "pictures", count=4)
    service, out = core.batch_files.parts.service, tmp_path / "out"
    (out / "pictures" / "zz").mkdir(parents=True)
    (out / "pictures" / "zz" / "mine.jpg").write_text("mine")
    keep = service.save_picture
    kept: list[Path] = []

    def until_the_disk_is_full(path: Path, picture: EncodedPicture) -> bool:
        if len(kept) == 3:
            raise AppError(ErrorCode.EXPORT_NO_ROOM, name="pictures")
        kept.append(path)
        return keep(path, picture)

    monkeypatch.setattr(service, "save_picture", until_the_disk_is_full)
    options = BatchOptions(pictures=BatchPictures.COPIES, lines=2)
    with pytest.raises(AppError) as caught:
        await core.batch_files.export(run, out / "a.jsonl", options)
    assert caught.value.code is ErrorCode.EXPORT_NO_ROOM
    left = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    first = {path.relative_to(out).as_posix() for path in kept[:2]}
    assert left == {"a-001.jsonl", "pictures/zz/mine.jpg", *first}, "the first file was written whole"
    assert not kept[2].parent.exists()


async def test_originals_can_be_named_in_their_place(core: Core, server: FakeServer, tmp_path: Path) -> None:
    run = await made(core, server, tmp_path / "pictures", count=1)
    options = BatchOptions(
        pictures=BatchPictures.ORIGINALS, local_prefix=tmp_path / "pictures", server_prefix="/nas"
    )
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl", options)
    part = requests_in(*exported.files)[0]["body"]["messages"][-1]["content"][0]
    assert part == {"type": "image_url", "image_url": {"url": "file:///nas/p0.png"}}


async def test_coordinates_refer_to_the_picture_as_its_reader_sees_it(core: Core, tmp_path: Path) -> None:
    """In pixels; the server resizes an original itself and knows nothing of the run's limit."""
    with FakeServer("Qwen2.5-VL-7B", version="0.32.0") as server:
        run = await made(core, server, tmp_path / "pictures", count=1)
        Image.new("RGB", (2000, 1500)).save(tmp_path / "pictures" / "p0.png")
        seen = {}
        for pictures in (BatchPictures.DATA, BatchPictures.ORIGINALS):
            options = BatchOptions(pictures=pictures)
            exported = await core.batch_files.export(run, tmp_path / "a.jsonl", options)
            name = name_in(requests_in(*exported.files)[0]["custom_id"])
            assert name is not None
            assert (name.family, name.original_size) == (QWEN2_5_VL.name, Size(2000, 1500))
            seen[pictures] = name.sent_size
    assert seen[BatchPictures.ORIGINALS] == smart_resize(Size(2000, 1500), QWEN2_5_VL) == Size(1988, 1512)
    assert seen[BatchPictures.DATA].pixels <= 1280 * 28 * 28


async def test_files_can_be_made_without_a_server(core: Core, tmp_path: Path) -> None:
    with FakeServer("qwen2-vl", version="0.32.0") as server:
        run = await made(core, server, tmp_path / "pictures", count=1)
        asked = await core.batch_files.export(run, tmp_path / "asked.jsonl")
    with pytest.raises(AppError) as caught:
        await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert caught.value.code is ErrorCode.SERVER_REFUSED
    alone = await core.batch_files.export(run, tmp_path / "a.jsonl", BatchOptions(ask_server=False))
    assert json.loads(alone.files[0].read_text()) == json.loads(asked.files[0].read_text())


async def test_progress_is_told(core: Core, server: FakeServer, tmp_path: Path) -> None:
    run = await made(core, server, tmp_path / "pictures", count=25)
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


class Hanging(RunPictures):
    """A drive that does not answer."""

    async def prepare(self, plan: RunPlan, item: QueuedItem, family: VisionFamily) -> PreparedPicture:
        raise AppError(ErrorCode.PICTURE_TIMEOUT, name=item.path)


async def test_a_drive_that_stopped_answering_ends_the_export(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures", count=9)
    store = LibraryRuns(core.library)
    hanging = Hanging(core.files, core.run_workers, store)
    parts = replace(core.batch_files.parts, pictures=hanging)
    with pytest.raises(AppError) as caught:
        await BatchFiles(parts).export(run, tmp_path / "a.jsonl")
    assert caught.value.code is ErrorCode.PICTURE_TIMEOUT
    assert not (tmp_path / "a.jsonl").exists()


TWIN_FORM = replace(FORM, instructions="Look closely.")


async def with_copies(core: Core, server: FakeServer, folder: Path) -> Run:
    """Three pictures, then a copy of the first, and two of the second."""
    named = pictures(folder)
    for number, of in enumerate((0, 1, 1), 3):
        path = folder / f"p{number}.png"
        shutil.copy(named[of][0], path)
        named.append((str(path), path.name))
    return await core.runs.create(plan("Run", server, folder, TWIN_FORM), named)


async def test_identical_pictures_are_written_once_and_share_the_answer(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await with_copies(core, server, tmp_path / "pictures")
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


async def test_identical_pictures_are_written_each_when_the_prompt_names_the_file(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    named = pictures(tmp_path / "pictures", 1)
    shutil.copy(named[0][0], tmp_path / "pictures" / "copy.png")
    named.append((str(tmp_path / "pictures" / "copy.png"), "copy.png"))
    run = await core.runs.create(plan("Run", server, tmp_path / "pictures"), named)
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert (exported.count, exported.notes) == (2, ())


async def test_copies_of_a_picture_that_failed_stay_to_be_asked(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await with_copies(core, server, tmp_path / "pictures")
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
    server.default = whole(SAID)
    await core.runs.retry(run.id)
    assert (await core.runs_at_work.work(run.id)).counts.answered == 6
    assert len(server.chats) == 1


async def test_answers_that_do_not_fit_are_told_kept_and_asked_again_with_the_failed_ones(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await core.runs.create(
        plan("Run", server, tmp_path / "pictures", TWIN_FORM), pictures(tmp_path / "pictures")
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
    server.default = whole(SAID)
    again = await core.runs.retry(run.id)
    ended = await core.runs_at_work.work(run.id, only=again)
    assert (ended.state, ended.counts.answered, len(server.chats)) == (RunState.DONE, 3, 2)
    assert (await core.answers.items(run.id))[1].value("colour") == "red"


async def test_where_no_picture_can_be_opened_no_file_is_written(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures", count=2)
    for number in range(2):
        (tmp_path / "pictures" / f"p{number}.png").write_bytes(b"no picture")
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert (exported.files, exported.count) == ((), 0)
    assert counts(exported.notes) == {"not-in-batch": 2}
    assert not (tmp_path / "a.jsonl").exists()


async def test_a_run_that_is_half_imported_is_paused_and_no_sample(
    core: Core, server: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, server, tmp_path / "pictures")
    names = await ids_of(core, run, tmp_path)
    await core.batch_files.import_results(run, [write_lines(tmp_path / "r.jsonl", [result(names[0])])])
    now = await core.runs.load(run.id)
    assert (now.state, now.counts.left) == (RunState.PAUSED, 2)
