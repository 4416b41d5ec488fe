"""What the services may rely on, for the real adapter and for the scripted one other tests use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import system_resolve
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from desktop_app.domain.answers import FinishReason, TextPiece
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_model_events import ModelEvent, ModelFinished, ModelStarted
from desktop_app.services.ports import VisionModel
from desktop_app.services.streams import close_stream
from tests.fakes.fake_server import FakeServer, status, whole
from tests.fakes.hearing import question, target_of
from tests.fakes.scripted_vision_model import ScriptedVisionModel, saying

WORDS = "a red circle at the top"


@dataclass
class Case:
    """A vision model that says `WORDS`, and one that refuses for too many pictures."""

    speaking: VisionModel
    refusing: VisionModel
    target: ServerTarget


@pytest.fixture(params=["real", "scripted"])
async def case(request: pytest.FixtureRequest) -> AsyncIterator[Case]:
    if request.param == "scripted":
        refusal = AppError(ErrorCode.SERVER_TOO_MANY_PICTURES, limit=2)
        target = target_of("http://127.0.0.1:1/v1")
        yield Case(ScriptedVisionModel(*saying(WORDS)), ScriptedVisionModel(problem=refusal), target)
        return
    clients = GuardedClients(system_resolve)
    with FakeServer() as server:
        adapter = OpenAiVisionModel(clients.for_profile, ServerKinds(clients.for_profile))
        server.default = whole(WORDS)
        if "refus" in request.node.name:
            server.default = status(400, {"error": {"message": "At most 2 image(s) may be provided"}})
        yield Case(adapter, adapter, target_of(server.base_url))
        await adapter.aclose()


async def test_an_answer_begins_ends_and_is_whole(case: Case) -> None:
    events: list[ModelEvent] = [event async for event in case.speaking.stream(case.target, question())]
    assert isinstance(events[0], ModelStarted)
    assert events[0].model
    last = events[-1]
    assert isinstance(last, ModelFinished)
    assert last.finish is FinishReason.STOP
    assert last.usage is not None
    assert "".join(event.text for event in events if isinstance(event, TextPiece)) == WORDS
    assert sum(isinstance(event, ModelStarted | ModelFinished) for event in events) == 2


async def test_a_refusal_is_an_app_error(case: Case) -> None:
    with pytest.raises(AppError) as caught:
        await anext(case.refusing.stream(case.target, question()))
    assert caught.value.code is ErrorCode.SERVER_TOO_MANY_PICTURES
    assert caught.value.values["limit"] == 2


async def test_an_answer_that_is_not_streamed_says_the_same(case: Case) -> None:
    answer = await case.speaking.complete(case.target, question())
    assert (answer.text, answer.reasoning, answer.finish) == (WORDS, "", FinishReason.STOP)
    assert answer.model
    assert answer.usage is not None


async def test_a_refusal_of_an_answer_at_once_is_an_app_error(case: Case) -> None:
    with pytest.raises(AppError) as caught:
        await case.refusing.complete(case.target, question())
    assert caught.value.code is ErrorCode.SERVER_TOO_MANY_PICTURES
    assert caught.value.values["limit"] == 2


async def test_a_stream_may_be_closed_early_and_the_next_one_is_whole(case: Case) -> None:
    events = case.speaking.stream(case.target, question())
    async for event in events:
        if isinstance(event, TextPiece):
            break
    await close_stream(events)
    await test_an_answer_begins_ends_and_is_whole(case)


async def test_streams_at_the_same_time_do_not_mix(case: Case) -> None:
    async def listen() -> str:
        events = case.speaking.stream(case.target, question())
        return "".join([event.text async for event in events if isinstance(event, TextPiece)])

    assert await asyncio.gather(*(listen() for _ in range(4))) == [WORDS] * 4
