"""Runs over real pictures, a scripted server, and result files as batch services write them."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from desktop_app.composition.core import Core
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import Choice, Form, FormField, Places, YesNo
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.batch import BatchItems, BatchOptions
from desktop_app.domain.runs.run import ItemState, Run, RunPlan, RunScope, RunServer
from tests.fakes.fake_server import FakeServer, Received

FORM = Form(
    "Steel",
    (
        FormField("rust", "Is there rust?", YesNo()),
        FormField("colour", "Colour", Choice(("red", "grey"))),
        FormField("damage", "Damage", Places()),
    ),
    "This is {{file}}.",
)
TWIN_FORM = replace(FORM, instructions="Look closely.")
SAID = '{"rust": true, "colour": "red", "damage": [[0, 500, 1000, 1000]]}'


def pictures(folder: Path, count: int = 3) -> list[tuple[str, str]]:
    """Different noise in each; twice as wide as high."""
    folder.mkdir(parents=True, exist_ok=True)
    named = []
    for number in range(count):
        dice = random.Random(number)
        path = folder / f"p{number}.png"
        Image.frombytes("RGB", (224, 112), dice.randbytes(224 * 112 * 3)).save(path)
        named.append((str(path), path.name))
    return named


def plan(name: str, server: FakeServer | RunServer, folder: Path, form: Form = FORM) -> RunPlan:
    asked = RunServer("fake", server.base_url, server.model)
    options = AskOptions(system="Be brief.", temperature=0.3, max_tokens=300)
    return RunPlan(name, form, options, (asked,), RunScope(folder), "test", concurrency=1)


async def made(
    core: Core, server: FakeServer | RunServer, folder: Path, count: int = 3, name: str = "Run"
) -> Run:
    return await core.runs.create(plan("Run", server, folder), pictures(folder, count))


def requests_in(*paths: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def name_of(request: Received | dict[str, Any]) -> str:
    """The picture that a request is about; its name stands in the prompt."""
    body = request.json if isinstance(request, Received) else request["body"]
    text: str = body["messages"][-1]["content"][-1]["text"]
    return text.split(".png")[0].rpartition(" ")[2] + ".png"


def result(custom_id: str, text: str = SAID, **response: Any) -> dict[str, Any]:
    """A line as `vllm run-batch` writes it."""
    message = {"role": "assistant", "content": text}
    body = {
        "object": "chat.completion",
        "model": "fake-vl",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": 30, "completion_tokens": 5, "total_tokens": 35},
    }
    told = {"status_code": 200, "request_id": "vllm-batch-1", "body": body, **response}
    return {"id": "vllm-1", "custom_id": custom_id, "response": told, "error": None}


def write_lines(path: Path, lines: Sequence[object]) -> Path:
    text = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{line}\n" for line in text), "utf-8")
    return path


def refusal(custom_id: str, status: int = 400, message: str = "failed to load image") -> dict[str, Any]:
    """A failed request as `vllm run-batch` writes it."""
    body = {"error": {"message": message, "type": "BadRequestError", "param": None, "code": status}}
    told = {"status_code": status, "request_id": "vllm-batch-2", "body": None}
    return {"id": "vllm-2", "custom_id": custom_id, "response": told, "error": body}


async def states(core: Core, run: Run) -> list[ItemState]:
    return [item.state for item in await core.answers.items(run.id)]


def counts(notes: tuple[Note, ...]) -> dict[str, object]:
    return {note.code: dict(note.values)["count"] for note in notes}


async def ids_of(core: Core, run: Run, tmp_path: Path) -> list[str]:
    """The custom ids that the run's pictures get."""
    exported = await core.batch_files.export(run, tmp_path / "ids.jsonl", BatchOptions(items=BatchItems.ALL))
    return [line["custom_id"] for line in requests_in(*exported.files)]


async def with_copies(core: Core, server: FakeServer, folder: Path) -> Run:
    """Three pictures, then a copy of the first, and two of the second."""
    named = pictures(folder)
    for number, of in enumerate((0, 1, 1), 3):
        path = folder / f"p{number}.png"
        shutil.copy(named[of][0], path)
        named.append((str(path), path.name))
    return await core.runs.create(plan("Run", server, folder, TWIN_FORM), named)
