"""The parts of the recipe for Ray that need no Ray: what they write is read by the program."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import system_resolve
from desktop_app.adapters.openai_server.batch_files import OpenAiBatchFiles
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.domain.completions import Completion
from desktop_app.domain.errors import AppError, ErrorCode

RECIPE = Path(__file__).parent.parent / "packaging" / "ray" / "README.md"
SAID = '{"rust": true}'


def blocks() -> dict[str, str]:
    """The recipe's Python files by name."""
    found = re.findall(r"```python\n# (\w+\.py)\n(.*?)```", RECIPE.read_text("utf-8"), re.DOTALL)
    return dict(found)


@pytest.fixture
def recipe() -> dict[str, Any]:
    names: dict[str, Any] = {}
    for name in ("results.py", "save.py"):
        exec(compile(blocks()[name], name, "exec"), names)
    return names


def read(path: Path) -> list[tuple[str | None, Completion | AppError]]:
    service = OpenAiBatchFiles(ServerKinds(GuardedClients(system_resolve).for_profile))
    return [(result.custom_id, result.outcome) for result in service.read(path)]


def test_every_block_is_python() -> None:
    assert set(blocks()) == {"results.py", "over_http.py", "over_engine.py", "save.py"}
    for text in blocks().values():
        ast.parse(text)


def test_what_comes_back_is_read_as_answers_and_failures(recipe: dict[str, Any], tmp_path: Path) -> None:
    """Ray hands lists on as arrays, and gives every row the keys of all others."""
    choice = {"index": numpy.int64(0), "finish_reason": "stop", "logprobs": None}
    choice |= {"message": {"role": "assistant", "content": SAID, "refusal": None}}
    answer = {"model": "qwen", "choices": numpy.array([choice], dtype=object), "error": None}
    refusal = {"model": None, "choices": None, "error": {"message": "failed to load image", "code": 400}}
    lines = [
        recipe["result_line"]("one", answer),
        recipe["result_line"]("two", refusal),
        recipe["result_line"]("three", None),
        recipe["result_line"]("four", recipe["answer_of"](SAID, model="qwen")),
    ]

    class Results:
        def iter_batches(self, batch_size: int, batch_format: str) -> Iterator[dict[str, list[object]]]:
            yield {"text": [*lines[:3], float("nan")]}
            yield {"text": lines[3:]}

    recipe["save"](Results(), tmp_path / "results")
    files = sorted((tmp_path / "results").iterdir())
    assert [file.name for file in files] == ["results-00000.jsonl", "results-00001.jsonl"]
    one, two, three, four = read(files[0]) + read(files[1])
    for custom_id, outcome in (one, four):
        assert isinstance(outcome, Completion), custom_id
        assert (outcome.text, outcome.model) == (SAID, "qwen")
    for custom_id, outcome in (two, three):
        assert isinstance(outcome, AppError), custom_id
    assert isinstance(two[1], AppError)
    assert two[1].code is ErrorCode.SERVER_PICTURE_REFUSED


def test_an_engine_gets_the_form_and_the_settings_of_the_request(recipe: dict[str, Any]) -> None:
    schema = {"type": "object"}
    body = {
        "model": "qwen",
        "messages": [],
        "temperature": 0.2,
        "max_tokens": 300,
        "top_k": -1,
        "logprobs": True,
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}},
    }
    assert recipe["sampling_of"](json.loads(json.dumps(body))) == {
        "temperature": 0.2,
        "max_tokens": 300,
        "top_k": -1,
        "structured_outputs": {"json": json.dumps(schema)},
    }
    assert recipe["sampling_of"]({"temperature": 0}) == {"temperature": 0}
