"""What the picture area shows, told by its presenter with real files behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import Picture
from desktop_app.domain.vision_tokens import QWEN2_VL, plan_size
from tests.ui.picture.conftest import Scene

Save = Callable[..., Picture]


async def test_the_plan_says_what_would_be_sent(scene: Scene, save: Save) -> None:
    await scene.presenter.show(save("a.jpg", (4032, 3024)))
    size = Size(4032, 3024)
    plans = [scene.view.plan]
    for sending in ((QWEN2_VL, 256), None):
        scene.sending[0] = sending
        scene.presenter.refresh_plan()
        plans.append(scene.view.plan)
    assert plans == [
        (size, plan_size(size, QWEN2_VL, 1280)),
        (size, plan_size(size, QWEN2_VL, 256)),
        None,
    ]
    await scene.started.finish()


async def test_a_very_long_picture_is_said_to_be_too_long(scene: Scene, save: Save) -> None:
    await scene.presenter.show(save("long.png", (3200, 20)))
    assert scene.view.plan == "too long"
    await scene.started.finish()


async def test_only_marks_on_the_shown_picture_are_drawn_with_their_own_numbers(
    scene: Scene, save: Save
) -> None:
    first, second = save("a.png"), save("b.png")
    evidence = [
        Evidence(1, "on the first", Box(0, 0, 5, 5)),
        Evidence(2, "on the second", Box(1, 1, 5, 5)),
        Evidence(2, "also there", Box(2, 2, 5, 5)),
        Evidence(3, "no such picture", Box(3, 3, 5, 5)),
    ]
    await scene.presenter.show(second)
    scene.presenter.set_evidence([first, second], evidence)
    assert [index for index, _ in scene.view.marks] == [1, 2]
    await scene.presenter.show(first)
    assert [index for index, _ in scene.view.marks] == [0]
    scene.presenter.set_evidence([], [])
    assert scene.view.marks == ()
    await scene.started.finish()


async def test_facts_are_read_only_when_wanted_and_follow_the_picture(scene: Scene, save: Save) -> None:
    await scene.presenter.show(save("a.png", (80, 60)))
    await scene.started.finish()
    unwanted = scene.view.facts
    await scene.presenter.want_facts(True)
    first = scene.view.facts
    assert first is not None
    assert (unwanted, first.size) == (None, Size(80, 60))
    showing = asyncio.ensure_future(scene.presenter.show(save("b.jpg", (50, 40))))
    await asyncio.sleep(0)
    meanwhile = scene.view.facts
    await showing
    await scene.started.finish()
    second = scene.view.facts
    assert second is not None
    assert (meanwhile, second.file_format) == (None, "JPEG"), "never the facts of the picture before"
    await scene.presenter.want_facts(False)
    await scene.presenter.show(None)
    assert scene.view.now == "empty"


async def test_steps_and_hovering_are_passed_on(scene: Scene) -> None:
    scene.presenter.step(-1)
    scene.presenter.evidence_hovered(3)
    scene.presenter.evidence_hovered(-1)
    scene.presenter.highlight(2)
    assert scene.steps == [-1]
    assert scene.hovered == [3, None]
    assert scene.view.said == [("highlight", 2)]
