"""A run taken to a real batch service and back, against the engine's own table."""

from __future__ import annotations

import asyncio
import json
import random
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.composition.core import Core
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.runs.batch import BATCH, BatchOptions, BatchPictures
from desktop_app.domain.runs.run import AskingMethod, Run, RunPlan, RunScope, RunServer, RunState
from desktop_app.domain.servers import ServerProfile
from tests.fakes import scenes
from tests.fakes.made_runs import asked_again
from tests.server.conftest import TINY
from tests.server.scene_form import SCENE

Saved = Callable[..., Path]

COUNT = 20


@pytest.fixture
def batch_command(request: pytest.FixtureRequest) -> list[str]:
    command = request.config.getoption("--batch-command")
    if not command:
        pytest.skip("needs a batch service: give --batch-command")
    return shlex.split(str(command))


def plan(name: str, profile: ServerProfile, folder: Path) -> RunPlan:
    server = RunServer("real", profile.base_url, TINY, allow_outside=True)
    options = AskOptions(temperature=0.0, max_tokens=200)
    return RunPlan(name, SCENE, options, (server,), RunScope(folder), "test", concurrency=1)


@pytest.fixture
async def asked(core: Core, tiny: object, profile: ServerProfile, saved: Saved, tmp_path: Path) -> Run:
    """A run over scenes, answered by the engine."""
    dice = random.Random(7)
    paths = [saved(scenes.some_scene(dice).image, f"scene {number:02}.png") for number in range(COUNT)]
    run = await core.runs.create(plan("Asked", profile, tmp_path), [(str(path), path.name) for path in paths])
    worked = await core.runs_at_work.work(run.id)
    assert worked.state is RunState.DONE
    assert worked.method is AskingMethod.SCHEMA
    return worked


async def table(core: Core, run: Run) -> list[tuple[str, object, object]]:
    return [
        (item.name, item.state, None if item.answer is None else item.answer.values)
        for item in await core.answers.items(run.id)
    ]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("pictures", [BatchPictures.DATA, BatchPictures.COPIES])
async def test_a_batch_service_fills_in_the_same_table(
    core: Core,
    profile: ServerProfile,
    asked: Run,
    batch_command: list[str],
    tmp_path: Path,
    pictures: BatchPictures,
) -> None:
    if pictures is BatchPictures.COPIES and "{folder}" not in " ".join(batch_command):
        pytest.skip("the batch service may not open files: name {folder} in --batch-command")
    twin = await asked_again(core.runs, core.answers, asked, "Taken away")
    folder = tmp_path / "batch"
    made = await core.batch_files.export(twin, folder / "scenes.jsonl", BatchOptions(pictures=pictures))
    assert made.count == COUNT
    results = tmp_path / "results.jsonl"
    named = {"requests": made.files[0], "results": results, "folder": folder}
    command = [part.format(**named) for part in batch_command]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    lines = results.read_text("utf-8").splitlines()
    assert len(lines) == COUNT
    random.Random(3).shuffle(lines)
    results.write_text("\n".join(lines), "utf-8")

    imported = await core.batch_files.import_results(twin, [results])

    assert (imported.answered, imported.failed, imported.notes) == (COUNT, 0, ())
    assert await table(core, twin) == await table(core, asked)
    assert (await core.runs.load(twin.id)).state is RunState.DONE
    ours = {item.name: item.answer for item in await core.answers.items(asked.id)}
    for item in await core.answers.items(twin.id):
        theirs, own = item.answer, ours[item.name]
        assert theirs is not None
        assert own is not None
        assert theirs.content_hash == own.content_hash
        assert theirs.original_size == own.original_size
        assert theirs.server == BATCH
        assert theirs.usage == own.usage
        assert theirs.confidence == pytest.approx(own.confidence, abs=0.02)


async def test_a_batch_file_holds_what_the_engine_sends(
    core: Core, profile: ServerProfile, asked: Run, tmp_path: Path
) -> None:
    twin = await asked_again(core.runs, core.answers, asked, "Taken away")
    made = await core.batch_files.export(twin, tmp_path / "scenes.jsonl", BatchOptions(lines=8))
    assert [file.name for file in made.files] == ["scenes-001.jsonl", "scenes-002.jsonl", "scenes-003.jsonl"]
    lines = [json.loads(line) for file in made.files for line in file.read_text("utf-8").splitlines()]
    assert len(lines) == COUNT
    body = lines[0]["body"]
    assert body["model"] == TINY
    assert "stream" not in body
    assert body["response_format"]["type"] == "json_schema"
    assert body["messages"][-1]["content"][0]["image_url"]["url"].startswith("data:image/png;base64,")
