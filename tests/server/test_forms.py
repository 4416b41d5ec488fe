"""Forms as a real server fills them in: enforced schemas, probabilities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.answers import FinishReason
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.confidence import confidences
from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    Form,
    FormField,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)
from desktop_app.domain.forms.prompts import form_prompt
from desktop_app.domain.forms.reading import read_answer
from desktop_app.domain.forms.schema import schema_of
from desktop_app.domain.forms.values import ProblemKind
from tests.fakes import scenes
from tests.server.lab import Lab, request_for
from tests.server.scene_form import COLOURS, SCENE

Saved = Callable[..., Path]

BLANK_TOKENS = ("197", "198", "201", "220")
"""Tab, line feed, carriage return and blank in the vocabulary of all Qwen models."""

EVERY_KIND = Form(
    "Every kind",
    (
        FormField("open", "Is it open", YesNo()),
        FormField("count", "How many", Number(minimum=0, maximum=20, whole=True)),
        FormField("width", "How wide", Number(unit="mm", minimum=0.5, maximum=2000)),
        FormField("words", "Words", Text(max_length=40)),
        FormField("colour", "Colour", Choice(COLOURS)),
        FormField("colours", "Colours", Choices(COLOURS)),
        FormField("day", "Day", Date()),
        FormField("names", "Names", Items(most=3, max_length=20)),
        FormField("where", "Where", Places(most=2)),
        FormField("maybe", "Perhaps", Choice(("a", "b")), required=False),
    ),
)


async def test_a_form_is_filled_in_and_its_choices_have_a_confidence(tiny: Lab, saved: Saved) -> None:
    target = await tiny.target()
    picture = await tiny.prepare(saved(scenes.shape("red", "circle", "top", "left").image, "a.png"), target)
    request = request_for(form_prompt(SCENE, SCENE.instructions, "qwen2-vl"), picture, max_tokens=200)
    completion = await tiny.vision_model.complete(
        target, replace(request, schema=schema_of(SCENE), top_logprobs=20)
    )
    reading = read_answer(SCENE, completion.text)
    assert reading.values == {
        "kind": "shape",
        "color": "red",
        "shape": "circle",
        "text": None,
        "direction": None,
    }
    assert completion.finish is FinishReason.STOP
    sure = confidences(SCENE, completion.tokens, dict(reading.values))
    assert set(sure) == {"kind", "color", "shape"}
    assert all(0.8 < value <= 1 for value in sure.values())


@pytest.mark.parametrize("word", [one.key for one in EVERY_KIND.fields])
async def test_every_kind_of_field_is_enforced(vllm: Lab, saved: Saved, word: str) -> None:
    """A model that knows nothing of the question still cannot leave the form.

    The tiny one would write blanks for ever where JSON allows any number of them.
    """
    vllm.added |= {"logit_bias": dict.fromkeys(BLANK_TOKENS, -100)}
    form = Form("One", tuple(one for one in EVERY_KIND.fields if one.key == word))
    target = await vllm.target()
    picture = await vllm.prepare(saved(scenes.digit(4).image, "a.png"), target)
    request = request_for(form_prompt(form, "", "qwen2-vl"), picture, max_tokens=400)
    completion = await vllm.vision_model.complete(target, replace(request, schema=schema_of(form)))
    assert completion.finish is FinishReason.STOP, completion.text
    problems = [problem for problem in read_answer(form, completion.text).problems if problem.key != "day"]
    assert problems == [], completion.text


async def test_refusals_of_whole_answers_are_understood(vllm: Lab, saved: Saved) -> None:
    target = replace(await vllm.target(), model="no-such-model")
    picture = await vllm.prepare(saved(scenes.digit(4).image, "a.png"), target)
    with pytest.raises(AppError) as caught:
        await vllm.vision_model.complete(target, request_for("What is in this image?", picture))
    assert caught.value.code is ErrorCode.SERVER_MODEL_UNKNOWN


async def test_a_model_that_writes_blanks_for_ever_is_stopped_and_noticed(tiny: Lab, saved: Saved) -> None:
    form = Form("One", tuple(one for one in EVERY_KIND.fields if one.key == "names"))
    target = await tiny.target()
    picture = await tiny.prepare(saved(scenes.digit(4).image, "a.png"), target)
    request = request_for(form_prompt(form, "", "qwen2-vl"), picture, max_tokens=1000)
    completion = await tiny.vision_model.complete(target, replace(request, schema=schema_of(form)))
    assert completion.usage is not None
    assert completion.usage.completion_tokens < 400
    problem = read_answer(form, completion.text, cut_off=completion.finish is not FinishReason.STOP).problems[
        0
    ]
    assert problem.kind is ProblemKind.BLANKS
