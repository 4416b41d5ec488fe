from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.run_changes import SqliteRunChanges
from desktop_app.domain.runs.run import RunServer
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.engine import EngineParts
from desktop_app.services.runs.following import RunFollower
from desktop_app.services.runs.form_asking import FormAsking
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.right_of_way import RightOfWay
from desktop_app.services.runs.runs import Runs
from desktop_app.ui.runs.presenter import RunsPresenter
from desktop_app.ui.runs.view import RunsView
from desktop_app.ui.theme.theme import Theme
from tests.fakes.hearing import target_of
from tests.fakes.library_runs import LibraryRuns
from tests.ui.runs.area import Area, DeskAround, ShownGrid, ShownRuns
from tests.ui.runs.runs_lab import RunsLab, ToldModel


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[RunsLab]:
    library, workers, model = Library(tmp_path / "library.sqlite"), PictureWorkers(name="run"), ToldModel()
    repository = LibraryRuns(library)

    async def reach(server: RunServer) -> ServerTarget:
        return target_of(server.base_url, model=server.model)

    pictures = RunPictures(PillowPictureFiles(max_megapixels=100), workers, repository)
    stores = repository.stores
    at_work = RunsAtWork(EngineParts(stores, FormAsking(model), pictures, reach, RightOfWay()))
    folder = tmp_path / "Bridge"
    folder.mkdir()
    yield RunsLab(Runs(stores, at_work), at_work, repository, model, folder, library)
    await at_work.close()
    await library.close()
    workers.close()


@pytest.fixture
async def area(lab: RunsLab) -> AsyncIterator[Area]:
    tasks: set[asyncio.Task[Any]] = set()

    def start(work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    view, grid, desk = ShownRuns(), ShownGrid(), DeskAround()
    follower = RunFollower(lab.runs, lab.at_work, SqliteRunChanges(lab.library), poll_s=0.01)
    presenter = RunsPresenter(view, lab.runs, lab.at_work, lab.answers, follower, grid, desk, start)
    yield Area(lab, view, grid, desk, presenter)
    presenter.close()
    for task in tuple(tasks):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def view(qapp: QApplication) -> Iterator[RunsView]:
    made = RunsView(Theme(qapp, ThemeChoice.LIGHT), QWidget())
    made.resize(1200, 340)
    made.show()
    yield made
    made.close()
    made.deleteLater()
