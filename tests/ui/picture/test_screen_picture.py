"""What is on screen while pictures are chosen, read and zoomed into, with real files."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from pathlib import Path

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import LoadedPicture, Picture
from tests.ui.picture.conftest import Scene

Save = Callable[..., Picture]


async def test_a_picture_comes_quick_first_and_whole_when_it_is_looked_at(scene: Scene, save: Save) -> None:
    await scene.presenter.show(save("a.png"))
    assert scene.view.said == [
        ("loading", "a.png"),
        ("picture", "a.png", Size(200, 150), Size(800, 600), False),
    ]
    await scene.started.finish()
    assert scene.view.said[-1] == ("more", Size(800, 600))


async def test_neighbours_are_ready_at_once(scene: Scene, save: Save) -> None:
    names = ["a.png", "b.png", "c.png", "d.png", "e.png"]
    all_of_them = [save(name) for name in names]
    await scene.presenter.show(all_of_them[0], all_of_them[1:])
    await scene.started.finish()
    ready = [scene.pictures.peek(picture, scene.view.size) is not None for picture in all_of_them]
    assert ready == [True, True, True, True, False]
    scene.view.said.clear()
    showing = asyncio.ensure_future(scene.presenter.show(all_of_them[1]))
    await asyncio.sleep(0)  # one turn of the loop: no thread has been asked yet
    assert scene.view.now == "b.png"
    await showing
    await scene.started.finish()


async def test_slow_neighbours_of_pictures_passed_by_do_not_hold_up_the_chosen_one(
    save: Save, make_scene: Callable[[PillowPictureFiles], Scene]
) -> None:
    class Files(PillowPictureFiles):
        may_go = threading.Event()

        def load(self, path: Path, within: Size | None = None) -> LoadedPicture:
            assert not path.name.startswith("slow") or self.may_go.wait(10)
            return super().load(path, within)

    scene = make_scene(Files(400))
    passed_by = [save("a.png"), save("b.png"), save("c.png")]
    for number, picture in enumerate(passed_by):
        await scene.presenter.show(picture, [save(f"slow {number}.png")])
        await asyncio.sleep(0.05)
    await asyncio.wait_for(scene.presenter.show(save("d.png")), 5)
    assert scene.view.now == "d.png"
    Files.may_go.set()
    await scene.started.finish()


async def test_racing_through_fifty_pictures_never_shows_a_wrong_one(scene: Scene, save: Save) -> None:
    many = [save(f"{number:02}.png", (300, 200), (number, 2 * number, 255 - number)) for number in range(50)]
    tasks = []
    for position, picture in enumerate(many):
        tasks.append(asyncio.ensure_future(scene.presenter.show(picture, many[position + 1 : position + 3])))
        if position % 3 == 0:
            await asyncio.sleep(0.002)
            assert scene.view.now in (None, picture.name)
    await asyncio.gather(*tasks)
    await scene.started.finish()
    assert scene.view.now == "49.png"
    assert scene.view.pixels is not None
    colour = scene.view.pixels.levels[0].pixelColor(5, 5)
    assert (colour.red(), colour.green(), colour.blue()) == (49, 98, 206)
    latest = None
    for entry in scene.view.said:
        if entry[0] == "loading":
            latest = entry[1]
        elif entry[0] == "picture":
            assert entry[1] == latest


async def test_a_broken_file_is_told_in_place_and_the_next_one_is_shown(scene: Scene, save: Save) -> None:
    broken = save("broken.png")
    broken.path.write_bytes(broken.path.read_bytes()[:60])
    await scene.presenter.show(broken)
    assert scene.view.now == ErrorCode.PICTURE_BROKEN
    assert scene.view.plan is None
    await scene.presenter.show(save("good.png"))
    assert scene.view.now == "good.png"
    await scene.started.finish()


async def test_a_broken_neighbour_disturbs_nobody(scene: Scene, save: Save) -> None:
    broken = save("broken.png")
    broken.path.write_bytes(b"")
    later = save("later.png")
    await scene.presenter.show(save("a.png"), [broken, later])
    await scene.started.finish()
    assert scene.view.now == "a.png"
    assert scene.pictures.peek(later, scene.view.size) is not None


async def test_a_picture_that_has_vanished_is_told_when_it_is_shown_again(scene: Scene, save: Save) -> None:
    picture = save("a.png")
    await scene.presenter.show(picture)
    picture.path.unlink()
    await scene.presenter.show(picture)
    assert scene.view.now == ErrorCode.PICTURE_MISSING
    await scene.started.finish()


async def test_the_same_picture_keeps_its_place_and_is_read_again_when_it_changed(
    scene: Scene, save: Save
) -> None:
    picture = save("a.png")
    await scene.presenter.show(picture)
    scene.view.said.clear()
    await scene.presenter.show(picture)
    assert scene.view.said == []
    save("a.png", (900, 600))
    os.utime(picture.path, ns=(5, 5))
    await scene.presenter.show(picture)
    assert scene.view.said == [("picture", "a.png", Size(200, 133), Size(900, 600), True)]
    await scene.started.finish()


async def test_zooming_in_loads_what_the_screen_can_show(scene: Scene, save: Save) -> None:
    picture = save("a.png", (2000, 1500))
    scene.presenter._screen._idle_s = 60.0
    await scene.presenter.show(picture)
    scene.view.wanted = Size(400, 300)
    await scene.presenter.load_detail()
    assert scene.view.said[-1] == ("more", Size(400, 300))
    scene.view.wanted = Size(1900, 1425)
    await asyncio.gather(scene.presenter.load_detail(), scene.presenter.load_detail())
    assert scene.view.said[-1] == ("more", Size(2000, 1500))
    assert [entry[0] for entry in scene.view.said].count("more") == 2
    for task in scene.started.tasks:
        task.cancel()
