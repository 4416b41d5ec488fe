"""Questions to a real server: pictures, their order, follow-ups, and stopping."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import httpx2
import pytest
from PIL import Image

from desktop_app.domain.answers import FinishReason, TextPiece
from desktop_app.domain.chat_request import ChatRequest, ImagePart, RequestMessage, TextPart
from desktop_app.domain.vision_model_events import ModelFinished, ModelStarted
from desktop_app.domain.vision_tokens import MARKER_TOKENS
from tests.fakes import scenes
from tests.fakes.hearing import hear
from tests.server.lab import Lab, eventually, request_for

Saved = Callable[..., Path]


async def test_one_picture(tiny: Lab, saved: Saved) -> None:
    heard = await tiny.ask("What is in this image?", saved(scenes.arrow("left").image, "arrow.png"))
    assert heard.error is None
    assert heard.text == "This is an arrow pointing left."
    assert heard.events[0] == ModelStarted("tiny-qwen2-vl")
    last = heard.events[-1]
    assert isinstance(last, ModelFinished)
    assert last.finish is FinishReason.STOP
    assert last.usage is not None
    assert last.usage.completion_tokens > 3


async def test_any_server_answers_about_a_picture(lab: Lab, saved: Saved) -> None:
    heard = await lab.ask("What is in this image?", saved(scenes.shape("red", "circle").image, "a.png"))
    assert heard.error is None
    assert heard.text or heard.reasoning


async def test_several_pictures_in_the_given_order(tiny: Lab, saved: Saved) -> None:
    dice = random.Random(7)
    for _ in range(4):
        drawn = [
            scenes.arrow(dice.choice(list(scenes.TURNS))),
            scenes.shape(dice.choice(list(scenes.COLOURS)), "circle", dice.choice(scenes.ROWS)),
        ]
        dice.shuffle(drawn)
        paths = [saved(scene.image, f"{number}.png") for number, scene in enumerate(drawn)]
        heard = await tiny.ask("Compare these images.", *paths)
        assert heard.text == f"Image 1: {drawn[0].words}. Image 2: {drawn[1].words}."


async def test_the_length_limit_is_told(tiny: Lab, saved: Saved) -> None:
    target = await tiny.target()
    picture = await tiny.prepare(saved(scenes.arrow("up").image, "a.png"), target)
    heard = await hear(
        tiny.vision_model, target, request_for("What is in this image?", picture, max_tokens=2)
    )
    last = heard.events[-1]
    assert isinstance(last, ModelFinished)
    assert last.finish is FinishReason.LENGTH


async def test_box_markers_arrive(tiny: Lab, saved: Saved) -> None:
    scene = scenes.shape("red", "circle", "top", "left")
    heard = await tiny.ask("Locate the red circle.", saved(scene.image, "a.png"))
    assert "<|box_start|>(" in heard.text
    assert "<|object_ref_start|>" in heard.text
    assert "<|im_end|>" not in heard.text


@pytest.mark.parametrize("size", [(30, 30), (140, 140), (1000, 300), (97, 411), (2000, 1500)])
async def test_predicted_tokens_are_what_the_server_counts(
    vllm: Lab, saved: Saved, size: tuple[int, int]
) -> None:
    """Sent size = size the model saw, also for a server with a lower limit than its family's."""
    target = await vllm.target()
    picture = await vllm.prepare(saved(Image.new("RGB", size, "teal"), "a.png"), target)
    prompts = []
    for request in (request_for("Hm?", picture, max_tokens=1), request_for("Hm?", max_tokens=1)):
        last = (await hear(vllm.vision_model, target, request)).events[-1]
        assert isinstance(last, ModelFinished)
        assert last.usage is not None
        prompts.append(last.usage.prompt_tokens)
    assert prompts[0] - prompts[1] == picture.predicted_tokens + MARKER_TOKENS


async def test_a_follow_up_names_the_picture_instead_of_sending_it(vllm: Lab, saved: Saved) -> None:
    noise = Image.effect_noise((400, 400), 90).convert("RGB")
    target = await vllm.target()
    picture = await vllm.prepare(saved(noise, "a.png"), target)
    first = RequestMessage("user", (ImagePart(picture.encoded), TextPart("What is in this image?")))
    answer = RequestMessage("assistant", (TextPart("This is a red circle."),))
    second = RequestMessage("user", (TextPart("Describe this image."),))
    hits = await vllm.metric("vllm:mm_cache_hits_total")
    await hear(vllm.vision_model, target, ChatRequest((first,), 0.0, 16))
    heard = await hear(vllm.vision_model, target, ChatRequest((first, answer, second), 0.0, 16))
    assert heard.error is None
    assert isinstance(heard.events[-1], ModelFinished)
    assert vllm.sent[0] > len(picture.encoded.data)
    assert vllm.sent[1] < 2000
    assert len(vllm.sent) == 2
    assert await vllm.metric("vllm:mm_cache_hits_total") > hits


async def test_a_named_picture_gives_the_same_answer_as_its_bytes(tiny: Lab, saved: Saved) -> None:
    path = saved(scenes.shape("green", "triangle", "bottom", "right").image, "a.png")
    answers = [(await tiny.ask("What is in this image?", path)).text for _ in range(3)]
    assert answers == ["This is a green triangle at the bottom right."] * 3
    assert tiny.sent[1] < tiny.sent[0]


async def test_a_dropped_picture_is_refused_in_a_way_that_is_understood(vllm: Lab) -> None:
    """What a miss looks like; the adapter then sends the bytes (see its own tests)."""
    part = {"type": "image_url", "image_url": None, "uuid": "never-seen-before"}
    text = {"type": "text", "text": "What is this?"}
    body = {"model": (await vllm.card()).id, "messages": [{"role": "user", "content": [part, text]}]}
    async with httpx2.AsyncClient(trust_env=False) as client:
        response = await client.post(f"{vllm.profile.base_url}/chat/completions", json=body)
    assert response.status_code in (400, 422, 500)


async def test_stopping_in_mid_stream_frees_the_server(vllm: Lab, saved: Saved) -> None:
    """On a busy computer vLLM may read that it is to stop only when it has written everything: it gets three
    tries, each long enough that nothing but the stop ends it early.
    """
    vllm.added |= {"ignore_eos": True, "min_tokens": 1500}
    target = await vllm.target()
    picture = await vllm.prepare(saved(scenes.arrow("up").image, "a.png"), target)
    request = request_for("What is in this image?", picture, max_tokens=1800)

    for _ in range(3):
        before = await vllm.metric("vllm:generation_tokens_total")
        async with aclosing(vllm.vision_model.stream(target, request)) as events:
            heard = [await anext(events) for _ in range(2)]
        assert [type(event) for event in heard] == [ModelStarted, TextPiece]
        assert await eventually(vllm.is_at_rest)
        written = await vllm.metric("vllm:generation_tokens_total") - before
        if written < 1400:
            break
    assert 0 < written < 1400
