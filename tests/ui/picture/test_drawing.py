"""Boxes are asked for on a picture, which may come late, be left or be broken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture
from tests.ui.picture.conftest import Scene

Save = Callable[..., Picture]
BEFORE = (Box(1, 2, 3, 4),)
DRAWN = [[5, 6, 7, 8]]


async def begun(scene: Scene, picture: Picture) -> asyncio.Future[list[list[int]] | None]:
    drawing = asyncio.ensure_future(scene.presenter.draw_boxes(picture, "Where", BEFORE, 3))
    await asyncio.sleep(0)
    return drawing


async def test_boxes_are_drawn_on_the_picture_that_is_shown(scene: Scene, save: Save) -> None:
    picture = save("a.png")
    await scene.presenter.show(picture)
    drawing = await begun(scene, picture)
    begun_with = scene.view.drawing
    scene.view.drawn = DRAWN
    scene.presenter.drawing.take()
    assert await drawing == DRAWN
    assert (begun_with, scene.view.drawing) == (("Where", BEFORE, 3), None)
    await scene.started.finish()


async def test_they_are_left_as_they_were(scene: Scene, save: Save) -> None:
    picture = save("a.png")
    await scene.presenter.show(picture)
    drawing = await begun(scene, picture)
    scene.view.drawn = DRAWN
    scene.presenter.drawing.leave()
    assert await drawing is None
    await scene.started.finish()


async def test_a_picture_that_comes_later_is_waited_for(scene: Scene, save: Save) -> None:
    first, second = save("a.png"), save("b.png")
    await scene.presenter.show(first)
    drawing = await begun(scene, second)
    early = scene.view.drawing
    await scene.presenter.show(second)
    assert (early, scene.view.drawing) == (None, ("Where", BEFORE, 3))
    scene.presenter.drawing.leave()
    await drawing
    await scene.started.finish()


async def test_whoever_goes_to_another_picture_keeps_what_was_drawn(scene: Scene, save: Save) -> None:
    first, second = save("a.png"), save("b.png")
    await scene.presenter.show(first)
    drawing = await begun(scene, first)
    scene.view.drawn = DRAWN
    await scene.presenter.show(first)  # the file was read again
    still_drawn = scene.view.drawing
    assert still_drawn is not None
    await scene.presenter.show(second)
    assert await drawing == DRAWN
    assert scene.view.drawing is None
    await scene.started.finish()


async def test_a_picture_that_cannot_be_shown_is_told_also_when_that_was_known_before(
    scene: Scene, tmp_path: Path
) -> None:
    gone = Picture(tmp_path / "gone.png")
    for _ in range(2):
        drawing = await begun(scene, gone)
        await scene.presenter.show(gone)
        with pytest.raises(AppError):
            await drawing
    drawing = await begun(scene, gone)
    with pytest.raises(AppError):
        await drawing
    await scene.started.finish()


async def test_a_file_that_goes_away_meanwhile_takes_nothing_of_what_was_drawn(
    scene: Scene, save: Save
) -> None:
    picture = save("a.png")
    await scene.presenter.show(picture)
    drawing = await begun(scene, picture)
    scene.view.drawn = DRAWN
    picture.path.unlink()
    await scene.presenter.show(picture)
    assert await drawing == DRAWN
    await scene.started.finish()


async def test_another_field_takes_the_place_of_the_one_before(scene: Scene, save: Save) -> None:
    picture = save("a.png")
    await scene.presenter.show(picture)
    first = await begun(scene, picture)
    second = await begun(scene, picture)
    assert await first is None
    assert scene.view.drawing is not None
    scene.presenter.drawing.leave()
    assert await second is None
    await scene.started.finish()
