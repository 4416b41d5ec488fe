"""The whole gallery on real folders: adapters, services, presenter and widgets, as in the window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.adapters.folders.disk_folders import DiskFolders
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.imaging.thumbnails import ThumbnailCache
from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.intake import Incoming
from desktop_app.domain.pictures import Picture
from desktop_app.services.gallery import Gallery
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.settings import SettingsService
from desktop_app.services.thumbnails import ThumbnailLoader
from desktop_app.ui.gallery.grid import GridView
from desktop_app.ui.gallery.presenter import GalleryPresenter, GallerySelection
from desktop_app.ui.gallery.view import GalleryView
from desktop_app.ui.gallery.wiring import join_gallery
from desktop_app.ui.theme.theme import Theme
from tests.fakes.memory_settings import MemorySettings
from tests.fakes.waiting import LONG_S
from tests.ui.event_loop import LoopTasks, settled, until


@dataclass
class Scene:
    """A gallery in a window of its own, and what it told."""

    view: GalleryView
    presenter: GalleryPresenter
    gallery: Gallery
    settings: SettingsService
    answers: dict[str, AnswerState]
    selections: list[GallerySelection] = field(default_factory=list)
    activated: list[Picture] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    incoming: list[Incoming] = field(default_factory=list)

    @property
    def grid(self) -> GridView:
        found = self.view.findChild(GridView)
        assert isinstance(found, GridView)
        return found

    @property
    def names(self) -> list[str]:
        """What the grid shows, in order."""
        model = self.grid.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def current(self) -> str | None:
        """Name of the picture that was selected last."""
        last = self.selections[-1].current if self.selections else None
        return last.name if last is not None else None

    @property
    def selected(self) -> list[str]:
        return [entry.name for entry in self.selections[-1].entries] if self.selections else []

    async def open(self, folder: Path, recursive: bool | None = None) -> None:
        await asyncio.wait_for(self.presenter.open_folder(folder, recursive), LONG_S)
        await self.settled()

    async def until(self, condition: Callable[[], bool]) -> None:
        await until(condition)

    async def settled(self) -> None:
        await settled()


@pytest.fixture
async def scene(theme: Theme, qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Scene]:
    files = PillowPictureFiles(400)
    workers = PictureWorkers(threads=2)
    tasks = LoopTasks()
    gallery = Gallery(DiskFolders(), files.suffixes)
    view = GalleryView(theme)
    loader = ThumbnailLoader(ThumbnailCache(files, tmp_path / "cache", 2**24), workers, tasks.start)
    settings, answers = SettingsService(MemorySettings()), dict[str, AnswerState]()

    async def answered(paths: Sequence[str]) -> Mapping[str, AnswerState]:
        return {path: answers[path] for path in paths if path in answers}

    selections: list[GallerySelection] = []
    activated: list[Picture] = []
    folders: list[Path] = []
    presenter = GalleryPresenter(
        view=view,
        gallery=gallery,
        thumbnails=loader,
        settings=settings,
        answered=answered,
        on_selection=selections.append,
        on_activated=activated.append,
        on_folder=folders.append,
    )
    join_gallery(view, presenter, tasks.start)
    made = Scene(view, presenter, gallery, settings, answers, selections, activated, folders)
    view.incoming.connect(made.incoming.append)
    qtbot.addWidget(view)
    view.resize(520, 600)
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    yield made
    view.hide()
    await gallery.close()
    await tasks.close()
    workers.close()
    assert tasks.problems == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder of twelve pictures of one colour each: "IMG 1.png" to "IMG 12.png"."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(1, 13):
        Image.new("RGB", (60, 40), (number * 20, 0, 255 - number * 20)).save(folder / f"IMG {number}.png")
    return folder
