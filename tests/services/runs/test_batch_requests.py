"""What is written for a batch service: the requests, and how the pictures travel."""

from __future__ import annotations

import base64
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture, PreparedPicture
from desktop_app.domain.runs.batch import BatchOptions, BatchPictures, name_in
from desktop_app.domain.runs.item import QueuedItem
from desktop_app.domain.runs.run import ItemState, RunPlan
from desktop_app.domain.vision_tokens import QWEN2_5_VL, VisionFamily, smart_resize
from desktop_app.services.runs.batch_files import BatchFiles
from desktop_app.services.runs.pictures import RunPictures
from tests.fakes.fake_server import FakeServer
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import asked_again
from tests.services.runs.batch_lab import (
    counts,
    made,
    name_of,
    pictures,
    plan,
    requests_in,
    states,
)


async def test_a_file_holds_exactly_what_the_engine_sends(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    twin = await asked_again(core.runs, core.answers, run, "Twin")
    before = len(vllm.chats)
    await core.runs_at_work.work(run.id)
    sent = {name_of(request): request.json for request in vllm.chats[before:]}
    exported = await core.batch_files.export(twin, tmp_path / "a.jsonl")
    lines = requests_in(*exported.files)
    assert [(line["method"], line["url"]) for line in lines] == [("POST", "/v1/chat/completions")] * 3
    assert {name_of(line): line["body"] for line in lines} == sent
    assert "repetition_detection" in lines[0]["body"]  # the fields that vLLM alone takes are among them
    assert await states(core, twin) == [ItemState.QUEUED] * 3


async def test_pictures_that_cannot_be_opened_are_told(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures")
    (tmp_path / "pictures" / "p1.png").write_bytes(b"no picture")
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert (exported.count, counts(exported.notes)) == (2, {"not-in-batch": 1})


async def test_named_pictures_are_those_that_would_be_sent(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=2)
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
    core: Core, vllm: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=4)
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


async def test_originals_can_be_named_in_their_place(core: Core, vllm: FakeServer, tmp_path: Path) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=1)
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


class Hanging(RunPictures):
    """A drive that does not answer."""

    async def prepare(self, plan: RunPlan, item: QueuedItem, family: VisionFamily) -> PreparedPicture:
        raise AppError(ErrorCode.PICTURE_TIMEOUT, name=item.path)


async def test_a_drive_that_stopped_answering_ends_the_export(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    run = await made(core, vllm, tmp_path / "pictures", count=9)
    store = LibraryRuns(core.library)
    hanging = Hanging(core.files, core.run_workers, store)
    parts = replace(core.batch_files.parts, pictures=hanging)
    with pytest.raises(AppError) as caught:
        await BatchFiles(parts).export(run, tmp_path / "a.jsonl")
    assert caught.value.code is ErrorCode.PICTURE_TIMEOUT
    assert not (tmp_path / "a.jsonl").exists()


async def test_identical_pictures_are_written_each_when_the_prompt_names_the_file(
    core: Core, vllm: FakeServer, tmp_path: Path
) -> None:
    named = pictures(tmp_path / "pictures", 1)
    shutil.copy(named[0][0], tmp_path / "pictures" / "copy.png")
    named.append((str(tmp_path / "pictures" / "copy.png"), "copy.png"))
    run = await core.runs.create(plan("Run", vllm, tmp_path / "pictures"), named)
    exported = await core.batch_files.export(run, tmp_path / "a.jsonl")
    assert (exported.count, exported.notes) == (2, ())
