from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import FolderEntry, Raster
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.thumbnails import ThumbnailLoader
from desktop_app.ui.tasks import Tasks
from tests.fakes.waiting import LONG_S

ENTRIES = [FolderEntry(f"/p/{n}.jpg", f"{n}.jpg", n, n) for n in range(40)]


class SlowThumbnails:
    """Waits before each picture until it is let go; notes what was worked on."""

    def __init__(self) -> None:
        self.worked: list[str] = []
        self.gate = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)

    def thumbnail(self, entry: FolderEntry, edge: int) -> Raster:
        self.worked.append(entry.name)
        self.begun.release()
        self.gate.acquire(timeout=15)
        if entry.size_bytes == 7:
            raise AppError(ErrorCode.PICTURE_BROKEN, name=entry.name)
        return Raster(Size(1, 1), bytes([entry.size_bytes] * 3))


class Rig:
    def __init__(self) -> None:
        self.source = SlowThumbnails()
        self.workers = PictureWorkers(threads=1)
        self.problems: list[BaseException] = []
        self.tasks = Tasks(self.problems.append)
        self.loader = ThumbnailLoader(self.source, self.workers, self.tasks.start, edge=64, at_once=1)
        self.ready: list[tuple[str, Raster]] = []
        self.failed: list[tuple[str, ErrorCode]] = []

    def want(self, entries: list[FolderEntry]) -> None:
        self.loader.want(
            entries,
            lambda entry, raster: self.ready.append((entry.name, raster)),
            lambda entry, error: self.failed.append((entry.name, error.code)),
        )

    async def begun(self) -> None:
        assert await asyncio.to_thread(self.source.begun.acquire, timeout=15)

    async def finish(self, count: int) -> None:
        async with asyncio.timeout(LONG_S):
            while len(self.ready) + len(self.failed) < count:
                self.source.gate.release()
                await asyncio.sleep(0.005)


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig()
    yield rig
    rig.source.gate.release(100)
    await rig.tasks.close()
    rig.workers.close()
    assert rig.problems == []


async def test_the_first_comes_first(rig: Rig) -> None:
    rig.want(ENTRIES[:5])
    await rig.finish(5)
    assert rig.source.worked == ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg"]
    assert [raster.rgb[0] for _, raster in rig.ready] == [0, 1, 2, 3, 4]


async def test_what_scrolled_away_is_not_loaded(rig: Rig) -> None:
    rig.want(ENTRIES[:20])
    await rig.begun()
    rig.want(ENTRIES[30:33])
    await rig.finish(4)
    assert rig.source.worked == ["0.jpg", "30.jpg", "31.jpg", "32.jpg"]


async def test_what_came_back_into_view_is_loaded(rig: Rig) -> None:
    rig.want(ENTRIES[:3])
    await rig.begun()
    rig.want(ENTRIES[30:31])
    rig.want(ENTRIES[:3])
    await rig.finish(3)
    assert sorted(name for name, _ in rig.ready) == ["0.jpg", "1.jpg", "2.jpg"]


async def test_the_same_again_is_not_loaded_twice(rig: Rig) -> None:
    rig.want(ENTRIES[:3])
    rig.want(ENTRIES[:3])
    await rig.finish(3)
    assert len(rig.source.worked) == 3


async def test_a_broken_picture_is_told_and_the_rest_goes_on(rig: Rig) -> None:
    rig.want(ENTRIES[6:9])
    await rig.finish(3)
    assert rig.failed == [("7.jpg", ErrorCode.PICTURE_BROKEN)]
    assert [name for name, _ in rig.ready] == ["6.jpg", "8.jpg"]
