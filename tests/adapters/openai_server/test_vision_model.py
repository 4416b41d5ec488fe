"""The vision model adapter against a server that fails in every way."""

from __future__ import annotations

import asyncio

import pytest

from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from desktop_app.domain.answers import FinishReason, TextPiece, Usage
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.vision_model_events import EarlierTextWasReasoning, ModelFinished, ModelStarted
from tests.fakes.fake_server import (
    Behaviour,
    Exchange,
    FakeServer,
    Then,
    chunk,
    closed_port,
    cut,
    error_event,
    events,
    hang,
    invalid_json,
    just_end,
    reset,
    slow_bytes,
    status,
    streamed,
    streamed_then,
)
from tests.fakes.hearing import hear, question, target_of
from tests.fakes.waiting import until


async def test_a_streamed_answer_arrives_piece_by_piece(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    server.answer_with(streamed("one two three", usage=(31, 7)))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.error is None
    assert heard.events == [
        ModelStarted("fake-vl"),
        TextPiece("one"),
        TextPiece(" two"),
        TextPiece(" three"),
        ModelFinished(FinishReason.STOP, Usage(31, 7)),
    ]


async def test_the_request_holds_the_dialogue_in_order_and_nothing_foreign(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    await hear(vision_model, target_of(server.base_url), question("Which?", b"first", b"second"))
    body = server.chats[0].json
    assert body["model"] == "fake-vl"
    assert body["stream_options"] == {"include_usage": True}
    assert body["max_tokens"] == 64
    assert [part["type"] for part in body["messages"][0]["content"]] == ["image_url", "image_url", "text"]
    assert body["messages"][0]["content"][0] == {
        "type": "image_url",
        "image_url": {"url": "data:image/png;base64,Zmlyc3Q="},
    }
    # A server that is not vLLM may refuse fields it does not know.
    assert set(body) == {"model", "messages", "stream", "stream_options", "temperature", "max_tokens"}


async def test_box_markers_are_asked_for_and_control_tokens_are_not_shown(
    vision_model: OpenAiVisionModel,
) -> None:
    with FakeServer(version="0.11.2") as server:
        server.answer_with(
            streamed(["<|object_ref_start|>cat", " <|im", "_end|>", "<|endoftext|>", " a <| b"])
        )
        heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "<|object_ref_start|>cat  a <| b"
    assert server.chats[0].json["skip_special_tokens"] is False
    assert server.chats[0].json["spaces_between_special_tokens"] is False


@pytest.mark.parametrize(
    ("reported", "meant"),
    [("stop", FinishReason.STOP), ("length", FinishReason.LENGTH), ("abort", FinishReason.OTHER)],
)
async def test_the_reason_for_the_end_is_told(
    server: FakeServer, vision_model: OpenAiVisionModel, reported: str, meant: FinishReason
) -> None:
    server.answer_with(streamed("word", finish=reported, done=False, usage=None))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.events[-1] == ModelFinished(meant, None)


@pytest.mark.parametrize("name", ["reasoning", "reasoning_content"])
async def test_reasoning_in_its_own_field(
    server: FakeServer, vision_model: OpenAiVisionModel, name: str
) -> None:
    server.answer_with(streamed("A cat.", reasoning=["It has ", "whiskers."], reasoning_field=name))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert (heard.reasoning, heard.text) == ("It has whiskers.", "A cat.")


async def test_both_names_of_the_reasoning_field_count_once(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    both = chunk("fake-vl", {"reasoning": "hm", "reasoning_content": "hm"})
    server.answer_with(events(both, chunk("fake-vl", {"content": "yes"}, "stop"), "[DONE]"))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert (heard.reasoning, heard.text) == ("hm", "yes")


async def test_reasoning_between_tags(server: FakeServer, vision_model: OpenAiVisionModel) -> None:
    server.answer_with(streamed(["<th", "ink>let me", " see</thi", "nk>\n\nA cat."]))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert (heard.reasoning, heard.text) == ("let me see", "A cat.")


async def test_a_lone_closing_tag_is_told(server: FakeServer, vision_model: OpenAiVisionModel) -> None:
    server.answer_with(streamed(["let me see", "</think>", "A cat."]))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.events[1:4] == [TextPiece("let me see"), EarlierTextWasReasoning(), TextPiece("A cat.")]


async def test_a_thinking_model_reasons_from_its_first_word(vision_model: OpenAiVisionModel) -> None:
    with FakeServer(model="Qwen3-VL-8B-Thinking") as server:
        server.answer_with(streamed(["let me see", "</think>", "A cat."]), streamed("No reasoning today."))
        target = target_of(server.base_url, model=server.model)
        reasoned = await hear(vision_model, target, question())
        direct = await hear(vision_model, target, question())
    assert (reasoned.reasoning, reasoned.text) == ("let me see", "A cat.")
    assert direct.text == "No reasoning today."


async def test_bytes_that_dribble_in_are_put_together(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    server.answer_with(slow_bytes("Größe: 图片 🙂"))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "Größe: 图片 🙂"


# --- faults -----------------------------------------------------------------------------------------------


async def test_a_refused_connection(vision_model: OpenAiVisionModel) -> None:
    target = target_of(f"http://127.0.0.1:{closed_port()}/v1")
    heard = await hear(vision_model, target, question())
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_REFUSED
    assert heard.error.values["server"] == target.profile.address


@pytest.mark.parametrize("fault", [cut, reset, just_end])
async def test_an_answer_that_breaks_off_keeps_its_text_and_is_not_asked_for_again(
    server: FakeServer, vision_model: OpenAiVisionModel, fault: Then
) -> None:
    server.answer_with(streamed_then("Half an", fault))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "Half an"
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_BROKE_OFF
    assert len(server.chats) == 1


async def test_text_held_back_as_a_possible_tag_is_not_lost(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    server.answer_with(streamed_then(["it is <|im"], cut))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "it is <|im"


async def test_silence_in_the_middle_is_a_broken_answer(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    server.answer_with(streamed_then("Half", hang))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "Half"
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_BROKE_OFF


async def test_silence_before_the_headers_is_a_timeout(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    server.default = hang
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_TIMEOUT


@pytest.mark.parametrize("fault", [cut, reset, just_end])
async def test_a_stream_lost_before_any_text_is_asked_for_again(
    server: FakeServer, vision_model: OpenAiVisionModel, fault: Then
) -> None:
    server.answer_with(streamed_then("", fault), streamed("Whole."))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.error is None
    assert heard.text == "Whole."
    assert len(server.chats) == 2


async def test_an_error_in_the_stream_has_the_servers_words(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    said = {
        "error": {"message": "EngineCore encountered an issue.", "type": "InternalServerError", "code": 500}
    }
    server.answer_with(streamed_then("Half", error_event(said)))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "Half"
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_ENGINE_DEAD
    assert "EngineCore" in heard.error.detail


async def test_invalid_json_in_the_middle(server: FakeServer, vision_model: OpenAiVisionModel) -> None:
    server.answer_with(streamed_then("Half", invalid_json))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "Half"
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_BROKE_OFF


@pytest.mark.parametrize(
    "nonsense", [[], 7, "null", {"choices": "x"}, {"choices": [None]}, {"choices": [{}]}]
)
async def test_nonsense_in_the_stream_is_no_crash(
    server: FakeServer, vision_model: OpenAiVisionModel, nonsense: object
) -> None:
    server.answer_with(events(nonsense, chunk("fake-vl", {"content": "yes"}, "stop"), "[DONE]"))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "yes"


@pytest.mark.parametrize(
    ("behaviour", "code", "tries"),
    [
        (
            status(400, {"object": "error", "message": "no such thing", "code": 400}),
            "SERVER_REQUEST_REFUSED",
            1,
        ),
        (status(400, {"error": {"message": "At most 2 image(s) may be"}}), "SERVER_TOO_MANY_PICTURES", 1),
        (status(401, {"error": "Unauthorized"}), "SERVER_KEY_MISSING", 1),
        (status(404, {"error": {"message": "The model `x` does not exist."}}), "SERVER_MODEL_UNKNOWN", 1),
        (status(413, "<html><title>413 Request Entity Too Large</title></html>"), "SERVER_BODY_TOO_LARGE", 1),
        (
            status(501, {"error": {"message": "Only base64 data URLs are supported"}}),
            "SERVER_PICTURE_REFUSED",
            1,
        ),
        (status(500, {"error": {"message": "something", "code": 500}}), "SERVER_FAILED", 2),
        (status(500, {"error": {"message": "EngineCore died"}}), "SERVER_ENGINE_DEAD", 1),
        (status(429, {"error": {"message": "slow down"}}, {"Retry-After": "0"}), "SERVER_BUSY", 4),
        (status(429, {"error": {"message": "slow down"}}, {"Retry-After": "60"}), "SERVER_BUSY", 1),
        (status(502, "<html><title>502 Bad Gateway</title><p>nginx</html>"), "SERVER_GATEWAY", 4),
        (status(503, {"error": {"message": "Loading model"}}), "SERVER_BUSY", 4),
        (status(504, ""), "SERVER_GATEWAY", 4),
        (status(200, "<html><title>Router login</title></html>"), "SERVER_NOT_AN_API", 1),
        (status(200, {"error": {"message": "bad key", "code": 401}}), "SERVER_KEY_MISSING", 1),
        (events("{broken"), "SERVER_NOT_AN_API", 1),
    ],
)
async def test_refusals(
    server: FakeServer, vision_model: OpenAiVisionModel, behaviour: Behaviour, code: str, tries: int
) -> None:
    server.default = behaviour
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.error is not None
    assert heard.error.code is ErrorCode[code]
    assert len(server.chats) == tries
    assert heard.text == ""


async def test_a_busy_server_is_asked_again(server: FakeServer, vision_model: OpenAiVisionModel) -> None:
    busy = status(503, {"error": {"message": "busy"}})
    server.answer_with(busy, busy, streamed("Now."))
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.text == "Now."
    assert sum(isinstance(event, ModelStarted) for event in heard.events) == 1


async def test_neither_key_nor_picture_is_in_the_details(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    picture = bytes(range(256)) * 4
    server.pages.clear()

    async def echo(exchange: Exchange) -> None:
        said = server.chats[-1].body.decode() + server.chats[-1].headers["authorization"]
        await status(400, {"error": {"message": said}})(exchange)

    server.default = echo
    heard = await hear(vision_model, target_of(server.base_url, key="sk-secret"), question("Hm?", picture))
    assert heard.error is not None
    assert "Hm?" in heard.error.detail or "messages" in heard.error.detail
    assert "sk-secret" not in str(heard.error)
    assert "AAECAwQF" not in str(heard.error)


async def test_a_key_that_cannot_be_sent_is_a_wrong_key(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    heard = await hear(vision_model, target_of(server.base_url, key="sk–long\n"), question())
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_KEY
    assert server.chats == []


async def test_a_redirect_to_another_host_is_not_followed(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    with FakeServer() as other:
        server.default = status(307, b"", {"Location": f"http://localhost:{other.port}/v1/chat/completions"})
        heard = await hear(
            vision_model, target_of(server.base_url, key="sk-secret"), question("?", b"pixels")
        )
        assert other.requests == []
    assert heard.error is not None
    assert heard.error.code is ErrorCode.BLOCKED_REDIRECT


async def test_a_redirect_on_the_same_host_takes_the_question_along(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    server.answer_with(status(307, b"", {"Location": "/v1/chat/completions"}), streamed("Here."))
    heard = await hear(vision_model, target_of(server.base_url), question("?", b"pixels"))
    assert heard.text == "Here."
    assert server.chats[0].body == server.chats[1].body


async def test_redirects_in_a_circle_are_no_api(server: FakeServer, vision_model: OpenAiVisionModel) -> None:
    server.default = status(307, b"", {"Location": "/v1/chat/completions"})
    heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_NOT_AN_API


async def test_a_host_outside_is_blocked_before_anything_is_sent(vision_model: OpenAiVisionModel) -> None:
    heard = await hear(vision_model, target_of("http://8.8.8.8:9/v1"), question())
    assert heard.error is not None
    assert heard.error.code is ErrorCode.BLOCKED_HOST
    assert heard.error.values == {"host": "8.8.8.8"}


# --- stopping ---------------------------------------------------------------------------------------------


async def test_closing_the_iterator_hangs_up_at_once(
    server: FakeServer, vision_model: OpenAiVisionModel
) -> None:
    server.default = streamed(["word "] * 10_000, per_second=200)
    stream = vision_model.stream(target_of(server.base_url), question())
    async for event in stream:
        if isinstance(event, TextPiece):
            break
    await stream.aclose()
    await until(lambda: server.left == 1)


@pytest.mark.parametrize("behaviour", [hang, streamed(["word "] * 10_000, per_second=50)])
async def test_cancelling_the_task_hangs_up_at_once(
    server: FakeServer, vision_model: OpenAiVisionModel, behaviour: Behaviour
) -> None:
    server.default = behaviour
    task = asyncio.create_task(hear(vision_model, target_of(server.base_url), question()))
    await until(lambda: len(server.chats) == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: server.left == 1)


# --- pictures the server holds ------------------------------------------------------------------------------


async def test_a_picture_the_server_holds_is_named_and_not_sent(vision_model: OpenAiVisionModel) -> None:
    with FakeServer(version="0.11.0") as server:
        target = target_of(server.base_url)
        await hear(vision_model, target, question("One?", b"pixels"))
        await hear(vision_model, target, question("Two?", b"pixels", b"more"))
        first, second = (chat.json["messages"][0]["content"] for chat in server.chats)
    assert first[0]["uuid"] == second[0]["uuid"] == "digest-b'pixels'"
    assert first[0]["image_url"]["url"].startswith("data:image/png;base64,")
    assert second[0]["image_url"] is None
    assert second[1]["image_url"]["url"].startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    "miss",
    [
        status(400, {"error": {"message": "Cache miss for image at index 0 but data is not provided."}}),
        status(500, {"error": {"message": "AssertionError"}}),
        events({"error": {"message": "Expected a cached item", "code": 400}}, "[DONE]"),
    ],
)
async def test_a_picture_the_server_dropped_is_sent_after_all(
    vision_model: OpenAiVisionModel, miss: Behaviour
) -> None:
    with FakeServer(version="0.11.0") as server:
        server.answer_with(streamed("first"), miss, streamed("second"))
        target = target_of(server.base_url)
        await hear(vision_model, target, question("One?", b"pixels"))
        heard = await hear(vision_model, target, question("Two?", b"pixels"))
        sent = [chat.json["messages"][0]["content"][0]["image_url"] for chat in server.chats]
    assert heard.error is None
    assert heard.text == "second"
    assert [url is None for url in sent] == [False, True, False]


async def test_a_server_that_misses_every_time_gets_the_bytes_every_time(
    vision_model: OpenAiVisionModel,
) -> None:
    miss = status(400, {"error": {"message": "Cache miss for image at index 0 but data is not provided."}})
    with FakeServer(version="0.11.0") as server:
        target = target_of(server.base_url)
        server.answer_with(streamed("0"), *[miss, streamed("again")] * 3)
        for _ in range(6):
            assert (await hear(vision_model, target, question("?", b"pixels"))).error is None
        assert len(server.chats) == 6 + 3


@pytest.mark.parametrize("version", ["", "0.10.1"])
async def test_others_always_get_the_bytes_and_no_name(vision_model: OpenAiVisionModel, version: str) -> None:
    with FakeServer(version=version) as server:
        for _ in range(2):
            await hear(vision_model, target_of(server.base_url), question("?", b"pixels"))
        parts = [chat.json["messages"][0]["content"][0] for chat in server.chats]
    assert all(part["image_url"]["url"] for part in parts)
    assert not any("uuid" in part for part in parts)
