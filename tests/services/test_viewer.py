"""Loading pictures for the screen: quick and full versions, what is kept, what is dropped."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import LoadedPicture, Picture, Raster
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.viewer import ViewerPictures


@dataclass(frozen=True)
class Pixels:
    """The simplest thing a window could draw from."""

    size: Size
    rgb: bytes

    @property
    def held_bytes(self) -> int:
        return len(self.rgb)


class WatchedFiles(PillowPictureFiles):
    """The real thing; it notes what is decoded and can be held back."""

    def __init__(self) -> None:
        super().__init__(max_megapixels=400)
        self.decoded: list[tuple[str, Size | None]] = []
        self.may_go = threading.Event()
        self.may_go.set()
        self.begun = threading.Event()
        self.slow = ""
        """Name of the only file that is held back; "" for all."""

    def load(self, path: Path, within: Size | None = None) -> LoadedPicture:
        if self.slow in ("", path.name):
            self.begun.set()
            assert self.may_go.wait(10)
        self.decoded.append((path.name, within))
        return super().load(path, within)


@pytest.fixture
def workers() -> Iterator[PictureWorkers]:
    made = PictureWorkers()
    yield made
    made.close()


@pytest.fixture
def files() -> WatchedFiles:
    return WatchedFiles()


def developed(raster: Raster) -> Pixels:
    return Pixels(raster.size, raster.rgb)


@pytest.fixture
def viewer(files: WatchedFiles, workers: PictureWorkers) -> ViewerPictures[Pixels]:
    return ViewerPictures(files, workers, developed)


def save(folder: Path, name: str, size: tuple[int, int] = (400, 300), colour: str = "red") -> Picture:
    path = folder / name
    Image.new("RGB", size, colour).save(path)
    return Picture(path)


SMALL = Size(100, 100)


async def test_the_quick_version_is_small_and_the_full_one_complete(
    viewer: ViewerPictures[Pixels], tmp_path: Path
) -> None:
    picture = save(tmp_path, "a.png")
    quick = await viewer.load(picture, SMALL)
    assert quick is not None
    assert quick.pixels.size == Size(100, 75)
    assert quick.original_size == Size(400, 300)
    assert not quick.is_full
    full = await viewer.load(picture)
    assert full is not None
    assert full.pixels.size == Size(400, 300)
    assert full.is_full


async def test_what_was_loaded_is_not_decoded_again(
    viewer: ViewerPictures[Pixels], files: WatchedFiles, tmp_path: Path
) -> None:
    picture = save(tmp_path, "a.png")
    first = await viewer.load(picture, SMALL)
    assert await viewer.load(picture, Size(80, 90)) is first
    assert viewer.peek(picture, SMALL) is first
    assert viewer.peek(picture) is None
    assert len(files.decoded) == 1


async def test_the_full_version_serves_every_size_but_the_exact_one_is_preferred(
    viewer: ViewerPictures[Pixels], tmp_path: Path
) -> None:
    picture = save(tmp_path, "a.png")
    full = await viewer.load(picture)
    assert await viewer.load(picture, SMALL) is full
    other = save(tmp_path, "b.png")
    quick = await viewer.load(other, SMALL)
    await viewer.load(other)
    assert await viewer.load(other, SMALL) is quick


async def test_a_changed_file_is_read_again(viewer: ViewerPictures[Pixels], tmp_path: Path) -> None:
    picture = save(tmp_path, "a.png", colour="red")
    before = await viewer.load(picture, SMALL)
    save(tmp_path, "a.png", colour="blue")
    os.utime(picture.path, ns=(1, 1))
    after = await viewer.load(picture, SMALL)
    assert before is not None
    assert after is not None
    assert after.pixels.rgb[:3] == bytes([0, 0, 255])
    assert viewer.peek(picture, SMALL) is after


async def test_oldest_use_is_dropped_when_the_bytes_run_out(workers: PictureWorkers, tmp_path: Path) -> None:
    one = 100 * 75 * 3
    viewer = ViewerPictures(PillowPictureFiles(400), workers, developed, cache_bytes=3 * one)
    pictures = [save(tmp_path, f"{number}.png") for number in range(4)]
    for picture in pictures[:3]:
        await viewer.load(picture, SMALL)
    assert viewer.peek(pictures[0], SMALL) is not None  # used again, so the second is the oldest now
    await viewer.load(pictures[3], SMALL)
    kept = [viewer.peek(picture, SMALL) is not None for picture in pictures]
    assert kept == [True, False, True, True]
    await viewer.load(pictures[0])  # 360,000 bytes: larger than the limit, shown but not kept
    assert viewer.peek(pictures[0]) is None
    assert viewer.peek(pictures[3], SMALL) is not None


async def test_what_nobody_wants_any_more_is_not_decoded(
    viewer: ViewerPictures[Pixels], files: WatchedFiles, tmp_path: Path
) -> None:
    picture = save(tmp_path, "a.png")
    assert await viewer.load(picture, SMALL, wanted=lambda: False) is None
    assert files.decoded == []


async def test_waiting_for_a_slow_picture_leaves_room_for_others(
    viewer: ViewerPictures[Pixels], files: WatchedFiles, tmp_path: Path
) -> None:
    slow, quick = save(tmp_path, "slow.png"), save(tmp_path, "quick.png")
    files.slow, files.may_go = "slow.png", threading.Event()
    loads = [asyncio.ensure_future(viewer.load(slow)) for _ in range(3)]
    await asyncio.to_thread(files.begun.wait, 5)
    shown = await asyncio.wait_for(viewer.load(quick), 5)
    assert shown is not None
    assert not any(load.done() for load in loads)
    files.may_go.set()
    assert len({id(viewed) for viewed in await asyncio.gather(*loads)}) == 1
    assert [name for name, _ in files.decoded] == ["quick.png", "slow.png"]


async def test_a_load_that_was_given_up_while_it_ran_is_kept_for_later(
    viewer: ViewerPictures[Pixels], files: WatchedFiles, tmp_path: Path
) -> None:
    picture = save(tmp_path, "a.png")
    files.may_go.clear()
    first = asyncio.create_task(viewer.load(picture, SMALL))
    await asyncio.to_thread(files.begun.wait, 10)
    first.cancel()
    second = asyncio.create_task(viewer.load(picture, SMALL))
    files.may_go.set()
    assert await second is not None
    assert files.decoded == [("a.png", SMALL)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, ErrorCode.PICTURE_MISSING),
        (b"", ErrorCode.PICTURE_EMPTY),
        (b"no picture at all", ErrorCode.PICTURE_UNKNOWN_FORMAT),
    ],
)
async def test_a_bad_file_is_an_error_each_time_and_stops_nothing_else(
    viewer: ViewerPictures[Pixels], tmp_path: Path, content: bytes | None, code: ErrorCode
) -> None:
    bad = Picture(tmp_path / "bad.png")
    if content is not None:
        bad.path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(AppError) as caught:
            await viewer.load(bad, SMALL)
        assert caught.value.code == code
    assert await viewer.load(save(tmp_path, "good.png"), SMALL) is not None


async def test_facts_come_from_the_file(viewer: ViewerPictures[Pixels], tmp_path: Path) -> None:
    facts = await viewer.facts(save(tmp_path, "a.png"))
    assert facts.size == Size(400, 300)
    assert facts.file_format == "PNG"
