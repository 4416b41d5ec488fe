"""The gallery's presenter with a view that remembers, on a real folder; without widgets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_app.adapters.folders.disk_folders import DiskFolders
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.imaging.thumbnails import ThumbnailCache
from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import FolderEntry, Raster
from desktop_app.domain.settings import SortOrder
from desktop_app.services.gallery import Gallery
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.settings import SettingsService
from desktop_app.services.thumbnails import ThumbnailLoader
from desktop_app.ui.gallery.gallery_status import FolderState, GalleryStatus
from desktop_app.ui.gallery.presenter import GalleryPresenter, GallerySelection
from tests.fakes.memory_settings import MemorySettings
from tests.fakes.waiting import LONG_S
from tests.ui.event_loop import LoopTasks


@dataclass
class RememberingView:
    """What stands on the screen."""

    entries: Sequence[FolderEntry] = ()
    is_whole: bool = False
    status: GalleryStatus = field(default_factory=GalleryStatus)
    statuses: list[FolderState] = field(default_factory=list)
    choices: tuple[bool, SortOrder, int] | None = None
    thumbnails: dict[str, Raster] = field(default_factory=dict)
    failures: dict[str, ErrorCode] = field(default_factory=dict)
    marks: dict[str, AnswerState | None] = field(default_factory=dict)
    selected: list[str] = field(default_factory=list)
    started: int = 0
    cleared: int = 0

    def start_folder(self) -> None:
        self.started += 1

    def clear_filter(self) -> None:
        self.cleared += 1

    def show_entries(self, entries: Sequence[FolderEntry], rows: Mapping[str, int], is_whole: bool) -> None:
        self.entries, self.is_whole = entries, is_whole

    def show_status(self, status: GalleryStatus) -> None:
        self.status = status
        self.statuses.append(status.state)

    def show_choices(self, recursive: bool, order: SortOrder, tile_px: int) -> None:
        self.choices = (recursive, order, tile_px)

    def show_thumbnail(self, entry: FolderEntry, raster: Raster) -> None:
        self.thumbnails[entry.name] = raster

    def show_failure(self, entry: FolderEntry, error: AppError) -> None:
        self.failures[entry.name] = error.code

    def show_marks(self, states: Mapping[str, AnswerState | None]) -> None:
        self.marks.update(states)

    def select(self, path: str, *others: str) -> bool:
        if not any(entry.path == path for entry in self.entries):
            return False
        self.selected.append(Path(path).name)
        return True

    def step(self, count: int) -> None:
        self.selected.append(f"{count:+}")


@dataclass
class Desk:
    view: RememberingView
    presenter: GalleryPresenter
    gallery: Gallery
    settings: SettingsService
    asked: list[Sequence[str]]
    selections: list[GallerySelection]
    positions: list[tuple[int, int]]

    async def until_marked(self, count: int) -> None:
        async with asyncio.timeout(LONG_S):
            while len(self.view.thumbnails) + len(self.view.failures) < count:
                await asyncio.sleep(0.005)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    files, workers, tasks = PillowPictureFiles(400), PictureWorkers(), LoopTasks()
    gallery, view = Gallery(DiskFolders(), files.suffixes), RememberingView()
    settings = SettingsService(MemorySettings())
    asked: list[Sequence[str]] = []
    selections: list[GallerySelection] = []
    positions: list[tuple[int, int]] = []

    async def answered(paths: Sequence[str]) -> Mapping[str, AnswerState]:
        asked.append(paths)
        return {path: AnswerState.DONE for path in paths if path.endswith("2.png")}

    presenter = GalleryPresenter(
        view=view,
        gallery=gallery,
        thumbnails=ThumbnailLoader(ThumbnailCache(files, tmp_path / "cache", 2**24), workers, tasks.start),
        settings=settings,
        answered=answered,
        on_selection=selections.append,
        on_activated=lambda _picture: None,
        on_folder=lambda _folder: None,
        on_position=lambda place, shown: positions.append((place, shown)),
    )
    yield Desk(view, presenter, gallery, settings, asked, selections, positions)
    await gallery.close()
    await tasks.close()
    workers.close()
    assert tasks.problems == []


async def test_status_goes_from_listing_to_complete(desk: Desk, pictures: Path) -> None:
    await desk.presenter.open_folder(pictures)
    assert desk.view.statuses[0] is FolderState.LISTING
    assert desk.view.status == GalleryStatus(
        state=FolderState.COMPLETE,
        folder="pictures",
        folder_path=str(pictures),
        shown=12,
        total=12,
    )
    assert desk.view.is_whole
    assert desk.view.selected == ["IMG 1.png"]


async def test_choices_are_kept_in_the_settings(desk: Desk, pictures: Path) -> None:
    await desk.presenter.open_folder(pictures, recursive=True)
    desk.presenter.set_order(SortOrder.OLDEST)
    assert desk.view.choices == (True, SortOrder.OLDEST, 144)
    kept = desk.settings.current.gallery
    assert (kept.recent_folders, kept.recursive) == ((str(pictures),), True)
    await desk.presenter.set_recursive(False)
    assert not desk.settings.current.gallery.recursive
    assert desk.gallery.listing is not None
    assert not desk.gallery.listing.recursive


async def test_thumbnails_and_failures_reach_the_view(desk: Desk, pictures: Path) -> None:
    (pictures / "IMG 5.png").write_bytes(b"no picture")
    await desk.presenter.open_folder(pictures)
    await desk.presenter.show_visible(desk.view.entries, desk.view.entries)
    await desk.until_marked(12)
    assert desk.view.failures == {"IMG 5.png": ErrorCode.PICTURE_UNKNOWN_FORMAT}
    assert desk.view.thumbnails["IMG 2.png"].size.width == 60


async def test_a_mark_told_while_older_ones_are_read_stays(
    desk: Desk, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.presenter.open_folder(pictures)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def answered(paths: Sequence[str]) -> Mapping[str, AnswerState]:
        begun.set()
        await go_on.wait()
        return dict.fromkeys(paths, AnswerState.STREAMING)

    monkeypatch.setattr(desk.presenter, "_answered", answered)
    first, second = desk.view.entries[:2]
    looking = asyncio.ensure_future(desk.presenter.show_visible((first, second), ()))
    await begun.wait()
    desk.presenter.set_marks({first.path: AnswerState.DONE})
    go_on.set()
    await looking
    assert desk.view.marks == {first.path: AnswerState.DONE, second.path: AnswerState.STREAMING}


async def test_marks_are_asked_once_for_each_picture_seen(desk: Desk, pictures: Path) -> None:
    await desk.presenter.open_folder(pictures)
    await desk.presenter.show_visible(desk.view.entries[:4], ())
    await desk.presenter.show_visible(desk.view.entries[2:6], ())
    assert [len(paths) for paths in desk.asked] == [4, 2]
    assert desk.view.marks == {str(pictures / "IMG 2.png"): AnswerState.DONE}


async def test_selection_tells_place_and_pictures(desk: Desk, pictures: Path) -> None:
    await desk.presenter.open_folder(pictures)
    chosen = list(desk.view.entries[3:5])
    desk.presenter.select(chosen[0], chosen)
    told = desk.selections[-1]
    assert told.current is not None
    assert (told.current.name, told.position, told.total) == ("IMG 4.png", 4, 12)
    assert [picture.name for picture in told.pictures(9)] == ["IMG 4.png", "IMG 5.png"]


async def test_the_place_follows_the_filter(desk: Desk, pictures: Path) -> None:
    await desk.presenter.open_folder(pictures)
    desk.presenter.select(desk.view.entries[10], [desk.view.entries[10]])
    for text, told in (("IMG 1", (3, 4)), ("IMG 2", (0, 2)), ("", (11, 12))):
        desk.presenter.set_filter(text)
        async with asyncio.timeout(LONG_S):
            while desk.positions[-1] != told:
                await asyncio.sleep(0.005)


async def test_a_failed_folder_clears_the_desk_once_and_opens_anew(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "late"
    await desk.presenter.open_folder(folder)
    without_folder = desk.view.status
    assert without_folder.state is FolderState.FAILED
    assert [selection.current for selection in desk.selections] == [None]
    folder.mkdir()
    await desk.presenter.refresh()
    assert desk.view.status.state is FolderState.COMPLETE
    assert desk.view.started == 2


async def test_at_most_ten_recent_folders(desk: Desk, tmp_path: Path) -> None:
    for number in range(12):
        folder = tmp_path / f"folder {number}"
        folder.mkdir()
        await desk.presenter.open_folder(folder)
    recent = desk.settings.current.gallery.recent_folders
    assert [Path(path).name for path in recent] == [f"folder {number}" for number in range(11, 1, -1)]
