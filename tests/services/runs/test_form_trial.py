"""A form asked of one picture outside of any run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.composition.core import Core
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.error_texts import english
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form, FormField, Places, YesNo
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import Picture
from desktop_app.domain.questions import AskedPicture
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.services.runs.form_trial import TrialAnswer
from tests.fakes.fake_server import FakeServer, status, whole
from tests.fakes.made_runs import pictures, plan
from tests.fakes.waiting import LONG_S

FORM = Form(
    "Steel", (FormField("rust", "Rust", YesNo()), FormField("where", "Where", Places())), "See {{file}}."
)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer() as running:
        yield running


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    Image.new("RGB", (400, 200), (120, 60, 30)).save(tmp_path / "beam.png")
    return Picture(tmp_path / "beam.png")


async def target(core: Core, server: FakeServer) -> ServerTarget:
    return await core.servers.target(ServerProfile("fake", server.base_url), "")


async def ask(core: Core, server: FakeServer, asked: AskedPicture, form: Form = FORM) -> TrialAnswer:
    return await core.trial.ask(await target(core, server), form, AskOptions(image_tokens=200), asked)


async def test_values_come_back_in_pixels_of_the_original(
    core: Core, server: FakeServer, picture: Picture
) -> None:
    server.default = whole('{"rust": true, "where": [[0, 500, 1000, 1000]]}')
    trial = await ask(core, server, AskedPicture(picture, Box(200, 0, 400, 200)))
    assert trial.answer.values == {"rust": True, "where": [[200, 100, 400, 200]]}
    assert (trial.sent.picture, trial.sent.region) == (picture, Box(200, 0, 400, 200))
    assert trial.sent.original_size == Size(400, 200)
    assert "See beam.png." in server.chats[-1].json["messages"][-1]["content"][-1]["text"]


async def test_an_answer_that_does_not_fit_is_an_answer_too(
    core: Core, server: FakeServer, picture: Picture
) -> None:
    server.default = whole("I cannot say.")
    trial = await ask(core, server, AskedPicture(picture))
    assert trial.answer.raw == "I cannot say."
    assert trial.answer.problems == (FieldProblem("", ProblemKind.NO_JSON),)


async def test_runs_give_way_to_it_and_go_on_whatever_comes(
    core: Core, server: FakeServer, picture: Picture
) -> None:
    way = core.trial._right_of_way
    seen: list[bool] = []

    def answer(_request: object) -> str:
        seen.append(way._free.is_set())
        return '{"rust": false, "where": []}'

    server.default = whole(answer)
    await ask(core, server, AskedPicture(picture))
    server.answer_with(status(404, {"error": {"message": "model gone", "code": 404}}))
    with pytest.raises(AppError):
        await ask(core, server, AskedPicture(picture))
    assert seen == [False]
    async with asyncio.timeout(LONG_S):
        await way.give_way()


async def test_a_variable_nobody_knows_is_told_before_anything_is_sent(
    core: Core, server: FakeServer, picture: Picture
) -> None:
    with pytest.raises(AppError) as caught:
        await ask(core, server, AskedPicture(picture), Form("x", FORM.fields, "{{colour}}"))
    assert caught.value.code is ErrorCode.PROMPT_VARIABLE
    assert server.chats == []


@pytest.mark.parametrize(
    ("variable", "code"),
    [("Bridgee.rust", ErrorCode.RUN_UNKNOWN), ("Bridge.rsut", ErrorCode.RUN_FIELD_UNKNOWN)],
)
async def test_an_earlier_run_or_field_that_does_not_exist_is_told_and_nobody_asked(
    core: Core, server: FakeServer, picture: Picture, variable: str, code: ErrorCode
) -> None:
    await core.runs.create(plan("Bridge"), pictures(1))
    form = replace(FORM, instructions=f"It was {{{{{variable}}}}} before.")
    with pytest.raises(AppError) as caught:
        await ask(core, server, AskedPicture(picture), form)
    assert caught.value.code is code
    assert server.chats == []
    told = english(caught.value)
    assert told.sentence in (
        "There is no run named Bridgee.",
        "The run Bridge has no field named rsut.",
    )


async def test_a_field_that_an_earlier_run_has_no_answer_for_yet_is_unknown(
    core: Core, server: FakeServer, picture: Picture
) -> None:
    await core.runs.create(plan("Bridge"), pictures(1))
    server.default = whole('{"rust": true, "where": []}')
    await ask(core, server, AskedPicture(picture), replace(FORM, instructions="It was {{Bridge.rust}}."))
    assert "It was unknown." in server.chats[-1].json["messages"][-1]["content"][-1]["text"]
