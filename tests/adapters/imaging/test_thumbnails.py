"""The thumbnail cache on a real disk, with the real decoder."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.imaging.thumbnail_store import ThumbnailStore
from desktop_app.adapters.imaging.thumbnails import ThumbnailCache
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import FolderEntry, Raster
from tests.adapters.imaging.alike import assert_alike, pixels
from tests.adapters.imaging.making import scene

MB = 1_000_000


class CountingFiles:
    """The real decoder, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._files = PillowPictureFiles(50)

    def small(self, path: Path, edge: int) -> Image.Image:
        self.asked += 1
        return self._files.small(path, edge)


@pytest.fixture
def decoder() -> CountingFiles:
    return CountingFiles()


def entry(path: Path) -> FolderEntry:
    status = path.stat()
    return FolderEntry(str(path), path.name, status.st_size, status.st_mtime_ns)


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    scene((400, 300)).save(tmp_path / "picture.png")
    return tmp_path / "picture.png"


def test_the_second_time_comes_from_disk(picture: Path, tmp_path: Path, decoder: CountingFiles) -> None:
    first = ThumbnailCache(decoder, tmp_path / "cache", MB).thumbnail(entry(picture), 128)
    again = ThumbnailCache(decoder, tmp_path / "cache", MB).thumbnail(entry(picture), 128)
    assert decoder.asked == 1
    assert first.size == again.size == Size(128, 96)
    assert_alike(pixels(again), pixels(first), 3, 90)


def test_edges_have_thumbnails_of_their_own(picture: Path, tmp_path: Path, decoder: CountingFiles) -> None:
    cache = ThumbnailCache(decoder, tmp_path / "cache", MB)
    assert cache.thumbnail(entry(picture), 64).size == Size(64, 48)
    assert cache.thumbnail(entry(picture), 128).size == Size(128, 96)


def test_a_changed_file_is_seen_anew(picture: Path, tmp_path: Path, decoder: CountingFiles) -> None:
    cache = ThumbnailCache(decoder, tmp_path / "cache", MB)
    cache.thumbnail(entry(picture), 64)
    Image.new("RGB", (400, 300), (250, 0, 0)).save(picture)
    os.utime(picture, ns=(1, 1))
    assert pixels(cache.thumbnail(entry(picture), 64)).getpixel((30, 20)) == (250, 0, 0)
    assert decoder.asked == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:200] + bytes([content[200] ^ 1]) + content[201:],
        lambda content: bytes(len(content)),
        lambda content: content + b"x",
    ],
)
def test_a_damaged_thumbnail_is_made_again(
    damage: Callable[[bytes], bytes], picture: Path, tmp_path: Path, decoder: CountingFiles
) -> None:
    cache = ThumbnailCache(decoder, tmp_path / "cache", MB)
    sound = cache.thumbnail(entry(picture), 64)
    (file,) = kept(tmp_path / "cache")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))

    assert cache.thumbnail(entry(picture), 64) == sound
    assert decoder.asked == 2
    assert file.read_bytes() == whole


def test_errors_are_passed_on_and_not_kept(tmp_path: Path, decoder: CountingFiles) -> None:
    cache = ThumbnailCache(decoder, tmp_path / "cache", MB)
    missing = FolderEntry(str(tmp_path / "gone.png"), "gone.png", 5, 5)
    for _ in range(2):
        with pytest.raises(AppError) as caught:
            cache.thumbnail(missing, 64)
        assert caught.value.code is ErrorCode.PICTURE_MISSING
    assert kept(tmp_path / "cache") == []


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    picture: Path, tmp_path: Path, decoder: CountingFiles
) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    cache = ThumbnailCache(decoder, tmp_path / "cache", MB)
    assert cache.thumbnail(entry(picture), 64).size == Size(64, 48)
    assert cache.thumbnail(entry(picture), 64).size == Size(64, 48)
    assert decoder.asked == 2


def test_names_that_are_no_text(tmp_path: Path, decoder: CountingFiles) -> None:
    path = tmp_path / os.fsdecode(b"bad\xff.png")
    try:
        scene().save(path, "PNG")
    except OSError:
        pytest.skip("this file system has no such names")
    cache = ThumbnailCache(decoder, tmp_path / "cache", MB)
    assert cache.thumbnail(entry(path), 64).size == Size(64, 43)


def test_another_limit_holds_from_the_next_thumbnail_on(tmp_path: Path, picture: Path) -> None:
    files, folder = PillowPictureFiles(50), tmp_path / "cache"
    cache = ThumbnailCache(files, folder, MB)
    for edge in range(100, 120):
        cache.thumbnail(entry(picture), edge)
    half = sum(path.stat().st_size for path in kept(folder)) // 2
    cache.limit_to(half)
    cache.thumbnail(entry(picture), 120)
    assert 0 < sum(path.stat().st_size for path in kept(folder)) <= half


def test_the_longest_unused_go_first_and_the_limit_holds(tmp_path: Path) -> None:
    folder, cap = tmp_path / "cache", 100_000
    store = ThumbnailStore(folder, cap)
    for number in range(40):
        store.put(f"{number:02}", bytes([number]) * 9_992)
        os.utime(folder / f"{number:02}" / f"{number:02}.thumb", (number, number))
        if number >= 3:
            assert store.get("00") is not None  # used again and again, which renews its time
    assert sum(path.stat().st_size for path in kept(folder)) <= cap * 1.1
    assert store.get("39") == bytes([39]) * 9_992
    assert store.get("05") is None
    assert store.get("00") is not None


def test_abandoned_parts_are_removed_and_fresh_ones_left(tmp_path: Path) -> None:
    store = ThumbnailStore(tmp_path / "cache", MB)
    store.put("aa", b"x")
    old, fresh = tmp_path / "cache" / "aa" / "old.1-1.part", tmp_path / "cache" / "aa" / "new.1-1.part"
    old.write_bytes(b"x")
    fresh.write_bytes(b"x")
    os.utime(old, (1, 1))
    store.sweep()
    assert not old.exists()
    assert fresh.exists()
    assert store.get("aa") == b"x"


def test_several_threads_share_a_full_cache(tmp_path: Path, decoder: CountingFiles) -> None:
    entries = []
    for number in range(12):
        path = tmp_path / f"{number}.png"
        scene((120, 90)).rotate(number * 30).save(path)
        entries.append(entry(path))
    cache = ThumbnailCache(decoder, tmp_path / "cache", 9_000)
    expected = {one.path: PillowPictureFiles(50).small(Path(one.path), 96) for one in entries}

    with ThreadPoolExecutor(4) as pool:
        rasters = list(pool.map(lambda one: cache.thumbnail(one, 96), entries * 6))

    for one, raster in zip(entries * 6, rasters, strict=True):
        assert_alike(pixels(raster), expected[one.path], 6, 140)
    assert not [path for path in kept(tmp_path / "cache") if path.suffix == ".part"]


def _fill(folder: str, start: int) -> None:
    store = ThumbnailStore(Path(folder), 30_000)
    for number in range(60):
        key = f"{(start + number) % 20:02}"
        store.put(key, key.encode() * 1_000)
        content = store.get(key)
        if content not in (None, key.encode() * 1_000):
            raise AssertionError("another process's half-written file was read")


def test_several_processes_share_a_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_fill, args=(str(tmp_path), start)) for start in (0, 7)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0, 0]


def test_a_raster_is_rgb_without_padding(picture: Path, tmp_path: Path, decoder: CountingFiles) -> None:
    raster: Raster = ThumbnailCache(decoder, tmp_path / "cache", MB).thumbnail(entry(picture), 100)
    assert len(raster.rgb) == 100 * 75 * 3
