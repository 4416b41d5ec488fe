"""What a run needs of its pictures."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest
from PIL import Image

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form, FormField, Places, plain_form
from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.item import QueuedItem
from desktop_app.domain.runs.run import Run
from desktop_app.domain.vision_tokens import QWEN2_VL
from desktop_app.services.runs.pictures import depends_on_file
from tests.fakes.fake_server import FakeServer, whole
from tests.services.runs.run_lab import FORM, RunLab, plain


async def filled(lab: RunLab, server: FakeServer, prompt: str) -> str:
    path = lab.folder / "Brücke 1.jpg"
    taken = Image.Exif()
    taken[0x0132] = "2024:05:06 07:08:09"
    taken.get_ifd(0x8769)[0x9003] = "2024:05:06 07:08:09"
    Image.new("RGB", (60, 40)).save(path, exif=taken)
    run = await lab.make([path], server, form=plain(FORM, prompt))
    item = QueuedItem(1, 0, str(path))
    picture = await lab.pictures.prepare(run.plan, item, QWEN2_VL)
    return await lab.pictures.instructions(run.plan, item, picture, QWEN2_VL)


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Look.", "Look."),
        ("{{file}} in {{ folder }}", "Brücke 1.jpg in pictures"),
        ("{{size}}", "60 x 40"),
        ('Say {"a": {}} of {{file}}', 'Say {"a": {}} of Brücke 1.jpg'),
    ],
)
async def test_variables_of_the_file(lab: RunLab, server: FakeServer, prompt: str, expected: str) -> None:
    assert await filled(lab, server, prompt) == expected


async def test_when_it_was_taken(lab: RunLab, server: FakeServer) -> None:
    assert "2024" in await filled(lab, server, "{{taken}}")


async def test_a_field_of_an_earlier_run_about_the_same_bytes(lab: RunLab, server: FakeServer) -> None:
    paths = lab.paint(2)
    server.default = whole(json.dumps({"rust": True, "part": "plate"}))
    await lab.at_work.work((await lab.make(paths[:1], server, name="First")).id)
    second = await lab.make(
        paths, server, form=plain(FORM, "Rust {{First.rust}}, {{First.part}}"), name="Second"
    )
    await lab.at_work.work(second.id)
    told = [one.json["messages"][0]["content"][1]["text"].splitlines()[0] for one in server.chats[1:]]
    assert sorted(told) == ["Rust unknown, unknown", "Rust yes, plate"]
    kept = [item.answer for item in await lab.repository.items(second.id)]
    assert [one and one.asked for one in kept] == ["Rust yes, plate", "Rust unknown, unknown"]


async def test_what_places_in_plain_words_count_in_is_kept(lab: RunLab, server: FakeServer) -> None:
    server.default = whole('{"bbox_2d": [0, 0, 10, 10]}')
    run = await lab.make(lab.paint(1), server, form=plain_form("Where?"))
    await lab.at_work.work(run.id)
    (item,) = await lab.repository.items(run.id)
    assert item.answer is not None
    assert (item.answer.sent_size, item.answer.family) == (Size(56, 56), "qwen2-vl")


async def test_instructions_without_variables_are_not_kept_with_each_answer(
    lab: RunLab, server: FakeServer
) -> None:
    server.default = whole(json.dumps({"rust": True, "part": "plate"}))
    run = await lab.make(lab.paint(1), server)
    await lab.at_work.work(run.id)
    (item,) = await lab.repository.items(run.id)
    assert item.answer is not None
    assert item.answer.asked == ""


async def test_places_of_an_earlier_run_are_told_in_the_models_own_coordinates(
    lab: RunLab, server: FakeServer
) -> None:
    paths = lab.paint(1)
    place = Form("Places", (FormField("places", "Places", Places()),))
    said = [[0, 500, 500, 1000], [0, 0, 1000, 1000]]
    server.default = whole(json.dumps({"places": said}))
    await lab.at_work.work((await lab.make(paths, server, form=place, name="First")).id)
    second = await lab.make(paths, server, form=plain(FORM, "Look at {{First.places}}"), name="Second")
    await lab.at_work.work(second.id)
    told = server.chats[1].json["messages"][0]["content"][1]["text"].splitlines()[0]
    assert told == "Look at [0, 500, 500, 1000], [0, 0, 1000, 1000]"


@pytest.mark.parametrize(
    ("prompt", "code"),
    [
        ("{{Frist.rust}}", ErrorCode.RUN_UNKNOWN),
        ("{{First.rsut}}", ErrorCode.RUN_FIELD_UNKNOWN),
        ("{{colour}}", ErrorCode.PROMPT_VARIABLE),
    ],
)
async def test_a_run_is_not_made_whose_prompt_names_what_is_not_there(
    lab: RunLab, server: FakeServer, prompt: str, code: ErrorCode
) -> None:
    paths = lab.paint(1)
    await lab.make(paths, server, name="First")
    with pytest.raises(AppError) as caught:
        await lab.make(paths, server, form=plain(FORM, prompt), name="Second")
    assert caught.value.code is code
    assert [run.plan.name for run in await lab.runs.all()] == ["First"]


async def prepared(lab: RunLab, run: Run, path: str) -> ErrorCode:
    with pytest.raises(AppError) as caught:
        await lab.pictures.prepare(run.plan, QueuedItem(1, 0, path), QWEN2_VL)
    return caught.value.code


async def test_a_picture_that_is_gone_is_not_a_folder_that_is_gone(lab: RunLab, server: FakeServer) -> None:
    (path,) = lab.paint(1)
    run = await lab.make([path], server)
    path.unlink()
    assert await prepared(lab, run, str(path)) is ErrorCode.PICTURE_MISSING
    shutil.rmtree(lab.folder)
    assert await prepared(lab, run, str(path)) is ErrorCode.FOLDER_MISSING


async def test_answers_are_not_shared_where_the_file_matters(lab: RunLab, server: FakeServer) -> None:
    plan = (await lab.make(lab.paint(1), server)).plan
    for prompt, depends in (
        ("Look.", False),
        ("{{size}} {{taken}} {{First.rust}}", False),
        ("{{file}}", True),
        ("in {{ folder }}", True),
    ):
        assert depends_on_file(replace(plan, form=plain(FORM, prompt))) is depends
