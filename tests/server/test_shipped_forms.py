"""The forms that come with the program, as a real server takes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.adapters.form_files import TomlFormFiles
from desktop_app.domain.forms.prompts import form_prompt
from desktop_app.domain.forms.schema import schema_of
from tests.fakes import scenes
from tests.server.lab import Lab, request_for

FORMS = sorted((Path(__file__).resolve().parents[2] / "resources" / "forms").glob("*.form.toml"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
async def test_the_schema_is_accepted_and_enforced(vllm: Lab, saved: Callable[..., Path], path: Path) -> None:
    form = TomlFormFiles().load(path)
    target = await vllm.target()
    picture = await vllm.prepare(saved(scenes.digit(4).image, "a.png"), target)
    prompt = form_prompt(form, form.instructions, target.family.name)
    request = replace(request_for(prompt, picture, max_tokens=24), schema=schema_of(form), top_logprobs=10)
    completion = await vllm.vision_model.complete(target, request)
    written = "".join(completion.text.split())
    begun = f'{{"{form.keys[0]}":'
    assert written.startswith(begun[: len(written)]), completion.text
    assert len(written) > len(begun)
