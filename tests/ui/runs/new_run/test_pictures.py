"""Which pictures a new run can be about. No Qt, a real folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_app.adapters.folders.disk_folders import DiskFolders
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.run_answers import SqliteRunAnswers
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import FolderEntry
from desktop_app.services.gallery import Gallery
from desktop_app.ui.runs.new_run.offers import OfferedList, ScopeChoice
from desktop_app.ui.runs.new_run.pictures import ListedPictures, OfferedPictures


@dataclass
class Lists:
    """Reads a list as soon as its gate is open; each may be broken."""

    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    folders: list[Path | None] = field(default_factory=list)

    async def read(self, path: Path, folder: Path | None) -> ListedPictures:
        self.folders.append(folder)
        await self.gates.setdefault(path.name, asyncio.Event()).wait()
        if path.name in self.broken:
            raise AppError(ErrorCode.LIST_UNREADABLE, name=path.name)
        return ListedPictures(Path("/far"), [(f"/far/{path.stem}.jpg", f"{path.stem}.jpg")], ("gone.jpg",))

    def open(self, name: str) -> None:
        self.gates.setdefault(name, asyncio.Event()).set()


@dataclass
class Scene:
    gallery: Gallery
    lists: Lists
    pictures: OfferedPictures
    selected: list[FolderEntry]
    folder: Path


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    for number in range(4):
        (tmp_path / f"span {number}.jpg").write_bytes(b"x")
    gallery, lists, selected = Gallery(DiskFolders(), frozenset((".jpg",))), Lists(), list[FolderEntry]()
    await gallery.open(tmp_path, False)
    library = Library(tmp_path / "library.sqlite")
    answers = SqliteRunAnswers(library)
    yield Scene(
        gallery, lists, OfferedPictures(gallery, answers, lists, lambda: list(selected)), selected, tmp_path
    )
    await library.close()
    await gallery.close()


async def names(scene: Scene, choice: ScopeChoice) -> list[str]:
    return [name for _, name in (await scene.pictures.chosen(choice))[1]]


async def test_one_selected_picture_is_no_choice_and_several_are(scene: Scene) -> None:
    scene.selected += scene.gallery.everything[:1]
    assert scene.pictures.offer_gallery() == {ScopeChoice.FOLDER: 4}
    scene.selected += scene.gallery.everything[1:2]
    assert scene.pictures.offer_gallery() == {ScopeChoice.FOLDER: 4, ScopeChoice.SELECTION: 2}


async def test_a_run_is_about_what_was_offered_whatever_is_selected_later(scene: Scene) -> None:
    scene.selected += scene.gallery.everything[:2]
    scene.pictures.offer_gallery()
    scene.selected.clear()
    scope, chosen = await scene.pictures.chosen(ScopeChoice.SELECTION)
    assert [name for _, name in chosen] == ["span 0.jpg", "span 1.jpg"]
    assert (scope.folder, scope.source) == (scene.folder, "selection")


async def test_a_list_is_looked_for_in_the_open_folder_too(scene: Scene) -> None:
    scene.lists.open("a.txt")
    assert await scene.pictures.read_list(Path("/far/a.txt")) == OfferedList("a.txt", 1, ("gone.jpg",))
    assert scene.lists.folders == [scene.folder]
    assert await names(scene, ScopeChoice.LIST) == ["a.jpg"]


@pytest.mark.parametrize("broken", [set(), {"slow.txt"}])
async def test_a_list_that_was_chosen_before_another_one_is_never_heard_of(
    scene: Scene, broken: set[str]
) -> None:
    scene.lists.broken = broken
    slow = asyncio.ensure_future(scene.pictures.read_list(Path("/far/slow.txt")))
    await asyncio.sleep(0)
    scene.lists.open("quick.txt")
    assert await scene.pictures.read_list(Path("/far/quick.txt")) is not None
    scene.lists.open("slow.txt")
    assert await slow is None
    assert await names(scene, ScopeChoice.LIST) == ["quick.jpg"]


async def test_a_list_that_cannot_be_read_leaves_the_one_before(scene: Scene) -> None:
    scene.lists.broken = {"bad.txt"}
    for name in ("good.txt", "bad.txt"):
        scene.lists.open(name)
    await scene.pictures.read_list(Path("/far/good.txt"))
    with pytest.raises(AppError):
        await scene.pictures.read_list(Path("/far/bad.txt"))
    assert await names(scene, ScopeChoice.LIST) == ["good.jpg"]
