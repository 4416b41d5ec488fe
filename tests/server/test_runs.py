"""A run over scenes whose true content is known, at a real server."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import AskingMethod, ItemState, RunServer, RunState
from desktop_app.domain.servers import ServerTarget
from tests.fakes import scenes
from tests.server.lab import Lab
from tests.server.scene_form import SCENE
from tests.services.runs.run_lab import RunLab

PICTURES = 60
CORRECT = 0.95


@pytest.fixture
async def runs(tiny: Lab, tmp_path: Path) -> AsyncIterator[RunLab]:
    """Runs at the server under test."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    made = RunLab(folder, tmp_path / "library.sqlite", silence_s=600)
    target = await tiny.target()

    async def reach(server: RunServer) -> ServerTarget:
        return target

    made.at_work._parts = replace(made.at_work._parts, reach=reach)
    yield made
    await made.close()


def content(words: str) -> dict[str, CellValue]:
    """What the form holds for a scene, from the words that describe it."""
    known: dict[str, CellValue] = dict.fromkeys(SCENE.keys)
    match words.split():
        case ["the", "digit", value]:
            return known | {"kind": "digit", "text": value}
        case ["an", "arrow", "pointing", direction]:
            return known | {"kind": "arrow", "direction": direction}
        case ["a", colour, shape, *_]:
            return known | {"kind": "shape", "color": colour, "shape": shape}
    raise ValueError(words)


def is_right(item: RunItem, truth: dict[str, CellValue]) -> bool:
    """Whether all that the words tell is in the answer."""
    return all(item.value(key) == value for key, value in truth.items() if value is not None)


async def test_a_run_over_scenes_is_answered_and_right(runs: RunLab, tiny: Lab) -> None:
    dice = random.Random(8)
    drawn = [scenes.some_scene(dice) for _ in range(PICTURES)]
    paths = [runs.folder / f"{number:03}.png" for number in range(PICTURES)]
    for path, scene in zip(paths, drawn, strict=True):
        scene.image.save(path)
    run = await runs.make(paths, tiny.profile.base_url, form=SCENE)
    ended = await runs.at_work.work(run.id)
    assert ended.state is RunState.DONE, ended.failure
    assert ended.method is AskingMethod.SCHEMA
    items = await runs.items(run)
    assert {item.state for item in items} == {ItemState.ANSWERED}
    assert all(item.answer is not None and not item.answer.problems for item in items)
    right = [is_right(item, content(scene.words)) for item, scene in zip(items, drawn, strict=True)]
    seconds = (await runs.repository.load(run.id)).worked_s
    print(f"{sum(right)} of {PICTURES} right, {ended.counts.shared} shared, {seconds:.1f} s")
    assert sum(right) / PICTURES > CORRECT
    # Those who are sure of a choice are right about it.
    sure = [item.least_confidence for item, good in zip(items, right, strict=True) if good]
    assert all(value is not None and 0 < value <= 1 for value in sure)


async def test_identical_scenes_are_asked_about_once(runs: RunLab, tiny: Lab) -> None:
    paths = [runs.folder / f"{number}.png" for number in range(6)]
    for path in paths:
        scenes.shape("red", "circle").image.save(path)
    run = await runs.make(paths, tiny.profile.base_url, form=SCENE)
    ended = await runs.at_work.work(run.id)
    assert (ended.counts.answered, ended.counts.shared) == (6, 5)
    assert {item.value("color") for item in await runs.items(run)} == {"red"}
