"""How the areas of the desk follow the selection, and what becomes of drops. No Qt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.domain.intake import Incoming, Taken
from desktop_app.domain.pictures import FolderEntry, Picture
from desktop_app.ui.desk.presenter import MOST_PICTURES, DeskPresenter
from desktop_app.ui.gallery.presenter import GallerySelection

FOLDER = Path("/pictures")
ENTRIES = tuple(FolderEntry(str(FOLDER / f"{n:02}.png"), f"{n:02}.png", 1, 1) for n in range(40))


@dataclass
class Window:
    agrees: bool = True
    position: tuple[int, int] = (0, 0)
    selected: tuple[int, int] = (0, 0)
    errors: list[BaseException] = field(default_factory=list)
    pasted_nothing: int = 0
    asked_about: list[str] = field(default_factory=list)

    def show_position(self, position: int, total: int) -> None:
        self.position = (position, total)

    def show_selected(self, selected: int, most: int) -> None:
        self.selected = (selected, most)

    def show_error(self, problem: BaseException) -> None:
        self.errors.append(problem)

    def show_refused(self, refused: Sequence[AppError]) -> None:
        self.errors[:] = refused

    def show_nothing_pasted(self) -> None:
        self.pasted_nothing += 1

    def when_dropped(self, take: Callable[[Incoming, bool], object]) -> None:
        self.drop = take

    async def may_fetch(self, address: str) -> bool:
        self.asked_about.append(address)
        return self.agrees


@dataclass
class Areas:
    """Gallery, picture and conversation in one: their methods have different names."""

    opened: list[Path] = field(default_factory=list)
    chosen: list[Path] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    shown: list[tuple[Picture | None, tuple[Picture, ...]]] = field(default_factory=list)
    marks: list[tuple[Sequence[Picture], Sequence[Evidence]]] = field(default_factory=list)
    drawn: list[list[int]] | None = None

    async def open_folder(self, folder: Path, recursive: bool | None = None) -> None:
        self.opened.append(folder)

    def select_path(self, path: Path, *others: Path) -> None:
        self.chosen.extend((path, *others))

    def step(self, count: int) -> None:
        self.steps.append(count)

    async def show(self, picture: Picture | None, neighbours: Sequence[Picture] = ()) -> None:
        self.shown.append((picture, tuple(neighbours)))

    def set_evidence(self, pictures: Sequence[Picture], evidence: Sequence[Evidence]) -> None:
        self.marks.append((pictures, evidence))

    def highlight(self, index: int | None) -> None: ...

    async def draw_boxes(
        self, picture: Picture, heading: str, boxes: Sequence[Box], most: int
    ) -> list[list[int]] | None:
        assert self.shown[-1][0] == picture, "another picture is shown"
        return self.drawn


@dataclass
class Talk:
    threads: list[tuple[Picture, ...]] = field(default_factory=list)
    added: list[Picture] = field(default_factory=list)

    async def show(self, pictures: tuple[Picture, ...]) -> None:
        self.threads.append(pictures)

    async def add(self, pictures: Sequence[Picture]) -> None:
        self.added.extend(pictures)

    def highlight_evidence(self, index: int | None) -> None: ...


@dataclass
class Intake:
    taken: Taken = field(default_factory=Taken)
    fails: bool = False

    async def take(self, incoming: Incoming) -> Taken:
        return self.taken

    async def fetch(self, address: str) -> Picture:
        if self.fails:
            raise AppError(ErrorCode.FETCH_NOT_A_PICTURE, address=address)
        return Picture(FOLDER / "fetched.png", address)


class Scene:
    def __init__(self) -> None:
        self.window, self.areas, self.talk, self.intake = Window(), Areas(), Talk(), Intake()
        self._tasks: list[asyncio.Task[Any]] = []
        self.desk = DeskPresenter(self.window, self.window, self.intake, lambda: ENTRIES, self._start)
        self.desk.join(self.areas, self.areas, self.talk)

    def _start(self, work: Coroutine[Any, Any, Any]) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(work))

    async def settled(self) -> None:
        await asyncio.gather(*self._tasks)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def picture(number: int) -> Picture:
    return Picture(Path(ENTRIES[number].path))


def selection(*numbers: int) -> GallerySelection:
    entries = [ENTRIES[number] for number in numbers]
    return GallerySelection(picture(numbers[0]), entries, numbers[0] + 1, len(ENTRIES))


async def test_picture_and_thread_follow_the_selection_and_neighbours_are_made_ready(scene: Scene) -> None:
    scene.desk.selected(selection(5))
    await scene.settled()
    assert scene.areas.shown == [(picture(5), (picture(6), picture(7), picture(4)))]
    assert scene.talk.threads == [(picture(5),)]
    assert scene.window.position == (6, 40)


async def test_at_the_ends_there_are_fewer_neighbours(scene: Scene) -> None:
    scene.desk.selected(selection(0))
    scene.desk.selected(selection(39))
    await scene.settled()
    assert scene.areas.shown[0][1] == (picture(1), picture(2))
    assert scene.areas.shown[1][1] == (picture(38),)


async def test_marks_of_the_picture_before_are_gone_at_once(scene: Scene) -> None:
    scene.desk.selected(selection(5))
    assert scene.areas.marks == [((), ())]
    await scene.settled()


async def test_several_pictures_make_one_conversation(scene: Scene) -> None:
    scene.desk.selected(selection(2, 4, 9))
    await scene.settled()
    assert scene.talk.threads == [(picture(2), picture(4), picture(9))]
    assert scene.window.selected == (3, 0)


async def test_a_selection_too_large_for_a_question_is_said_and_asks_about_the_current_one(
    scene: Scene,
) -> None:
    scene.desk.selected(selection(*range(30)))
    await scene.settled()
    assert scene.talk.threads == [(picture(0),)]
    assert scene.window.selected == (30, MOST_PICTURES)


async def test_nothing_selected_empties_every_area(scene: Scene) -> None:
    scene.desk.selected(GallerySelection())
    await scene.settled()
    assert scene.areas.shown == [(None, ())]
    assert scene.talk.threads == [()]


async def test_a_dropped_folder_is_opened(scene: Scene) -> None:
    scene.intake.taken = Taken(folders=(Path("/other"),))
    await scene.desk.take_into_gallery(Incoming(paths=(Path("/other"),)))
    assert scene.areas.opened == [Path("/other")]


async def test_a_dropped_picture_is_selected_in_its_folder(scene: Scene) -> None:
    scene.intake.taken = Taken(pictures=(Picture(Path("/other/a.png")),))
    await scene.desk.take_into_gallery(Incoming(paths=(Path("/other/a.png"),)))
    assert scene.areas.chosen == [Path("/other/a.png")]
    assert scene.areas.opened == [Path("/other")]


async def test_a_picture_that_is_listed_already_is_only_selected(scene: Scene) -> None:
    scene.intake.taken = Taken(pictures=(picture(3),))
    await scene.desk.take_into_gallery(Incoming(paths=(picture(3).path,)))
    assert scene.areas.chosen == [picture(3).path]
    assert scene.areas.opened == []


async def test_a_picture_with_a_name_the_gallery_leaves_out_is_shown_all_the_same(scene: Scene) -> None:
    scan = Picture(FOLDER / "scan")
    scene.intake.taken = Taken(pictures=(scan,))
    await scene.desk.take_into_gallery(Incoming(paths=(scan.path,)))
    await scene.settled()
    assert scene.areas.opened == [FOLDER]
    assert scene.areas.shown[-1] == (scan, ())
    assert scene.talk.threads[-1] == (scan,)


async def test_all_dropped_pictures_are_selected(scene: Scene) -> None:
    scene.intake.taken = Taken(pictures=(picture(7), picture(3)))
    await scene.desk.take_into_gallery(Incoming(paths=(picture(7).path, picture(3).path)))
    assert scene.areas.chosen == [picture(7).path, picture(3).path]


async def test_pictures_dropped_on_the_question_join_it(scene: Scene) -> None:
    scene.intake.taken = Taken(pictures=(picture(1), picture(2)))
    await scene.desk.take_into_conversation(Incoming(paths=(picture(1).path, picture(2).path)))
    assert scene.talk.added == [picture(1), picture(2)]
    assert scene.areas.opened == []


async def test_a_drop_beside_the_areas_joins_the_question_or_goes_to_the_gallery(scene: Scene) -> None:
    scene.intake.taken = Taken(pictures=(picture(3),))
    incoming = Incoming(paths=(picture(3).path,))
    scene.window.drop(incoming, True)
    await scene.settled()
    assert (scene.talk.added, scene.areas.chosen) == ([picture(3)], [])
    scene.window.drop(incoming, False)
    await scene.settled()
    assert (scene.talk.added, scene.areas.chosen) == ([picture(3)], [picture(3).path])


async def test_what_is_refused_is_told(scene: Scene) -> None:
    refusal = AppError(ErrorCode.PICTURE_UNKNOWN_FORMAT, name="a.txt")
    scene.intake.taken = Taken(refused=(refusal,))
    await scene.desk.take_into_conversation(Incoming(paths=(Path("/a.txt"),)))
    assert scene.window.errors == [refusal]


async def test_everything_refused_is_told_until_something_is_taken(scene: Scene) -> None:
    refused = tuple(AppError(ErrorCode.PICTURE_UNKNOWN_FORMAT, name=name) for name in ("a.txt", "b.pdf"))
    scene.intake.taken = Taken(refused=refused)
    await scene.desk.take_into_gallery(Incoming(paths=(Path("/a.txt"), Path("/b.pdf"))))
    assert scene.window.errors == list(refused)
    scene.intake.taken = Taken(pictures=(picture(3),))
    await scene.desk.take_into_gallery(Incoming(paths=(picture(3).path,)))
    assert scene.window.errors == []


async def test_a_paste_of_nothing_is_told(scene: Scene) -> None:
    await scene.desk.take_into_gallery(Incoming())
    assert scene.window.pasted_nothing == 1


async def test_an_address_is_fetched_only_after_agreement(scene: Scene) -> None:
    incoming = Incoming(addresses=("http://box/a.png",))
    scene.window.agrees = False
    await scene.desk.take_into_conversation(incoming)
    assert scene.talk.added == []
    scene.window.agrees = True
    await scene.desk.take_into_conversation(incoming)
    assert scene.talk.added == [Picture(FOLDER / "fetched.png", "http://box/a.png")]
    assert scene.window.asked_about == ["http://box/a.png"] * 2


async def test_an_address_that_fails_is_told(scene: Scene) -> None:
    scene.intake.fails = True
    await scene.desk.take_into_conversation(Incoming(addresses=("http://box/page",)))
    assert [error.code for error in scene.window.errors if isinstance(error, AppError)] == [
        ErrorCode.FETCH_NOT_A_PICTURE
    ]


async def test_the_gallery_goes_along_to_a_picture_of_a_run(scene: Scene) -> None:
    await scene.desk.look_at(picture(5).path)
    assert scene.areas.chosen == [picture(5).path]


async def test_a_picture_of_a_run_that_the_gallery_does_not_list_is_shown_all_the_same(scene: Scene) -> None:
    elsewhere = FOLDER / "elsewhere" / "a.png"
    await scene.desk.look_at(elsewhere)
    assert scene.areas.shown[-1] == (Picture(elsewhere), ())
    assert scene.talk.threads[-1] == (Picture(elsewhere),)
    assert scene.areas.chosen == []


@pytest.mark.parametrize("drawn", [[[1, 2, 3, 4]], None])
async def test_boxes_are_drawn_on_a_picture_that_is_shown_first(
    scene: Scene, drawn: list[list[int]] | None
) -> None:
    scene.areas.drawn = drawn
    elsewhere = Picture(Path("/other/a.png"))
    assert await scene.desk.draw_boxes(elsewhere, "Rust", (), 1) == drawn
