from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.adapters.folders.disk_folders import DiskFolders
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.pictures import FolderEntry
from desktop_app.domain.settings import SortOrder
from desktop_app.services.gallery import Gallery, Listing, ListingState

SUFFIXES = frozenset({".jpg", ".png"})
LONG_S = 15.0


def _fill(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def _names(listing: Listing | None) -> list[str]:
    assert listing is not None
    return [entry.name for entry in listing.shown.entries]


class Seen:
    """Keeps what a gallery told, and waits for something to be told."""

    def __init__(self, gallery: Gallery) -> None:
        self.listings: list[Listing] = []
        self._new = asyncio.Event()
        gallery.watch(self._add)

    def _add(self, listing: Listing) -> None:
        self.listings.append(listing)
        self._new.set()

    async def until(self, wanted: Callable[[Listing], bool]) -> Listing:
        async with asyncio.timeout(LONG_S):
            while not (self.listings and wanted(self.listings[-1])):
                self._new.clear()
                await self._new.wait()
        return self.listings[-1]


@pytest.fixture
async def gallery() -> AsyncIterator[Gallery]:
    gallery = Gallery(DiskFolders(), SUFFIXES)
    yield gallery
    await gallery.close()


async def test_open_lists_in_natural_order(gallery: Gallery, tmp_path: Path) -> None:
    seen = Seen(gallery)
    await gallery.open(_fill(tmp_path / "f", "img 10.jpg", "IMG 9.jpg", "a/b.png", "no.txt"), True)
    assert _names(gallery.listing) == ["a/b.png", "IMG 9.jpg", "img 10.jpg"]
    assert seen.listings[0].state is ListingState.LISTING
    assert seen.listings[-1].state is ListingState.COMPLETE
    assert seen.listings[-1].total == 3


async def test_not_recursive(gallery: Gallery, tmp_path: Path) -> None:
    await gallery.open(_fill(tmp_path / "f", "a.jpg", "below/b.png"), False)
    assert _names(gallery.listing) == ["a.jpg"]


async def test_an_empty_folder_is_complete(gallery: Gallery, tmp_path: Path) -> None:
    await gallery.open(tmp_path, False)
    assert gallery.listing is not None
    assert (gallery.listing.state, gallery.listing.total) == (ListingState.COMPLETE, 0)


async def test_order_and_filter(gallery: Gallery, tmp_path: Path) -> None:
    seen = Seen(gallery)
    folder = _fill(tmp_path / "f", "a 1.jpg", "a 2.jpg", "b 1.jpg")
    (folder / "a 2.jpg").write_bytes(b"much larger")
    await gallery.open(folder, False)
    gallery.set_filter("a")
    await seen.until(lambda listing: _names(listing) == ["a 1.jpg", "a 2.jpg"])
    assert seen.listings[-1].total == 3
    gallery.set_order(SortOrder.LARGEST)
    await seen.until(lambda listing: _names(listing) == ["a 2.jpg", "a 1.jpg"])
    gallery.set_filter("")
    await seen.until(lambda listing: _names(listing) == ["a 2.jpg", "a 1.jpg", "b 1.jpg"])


async def test_typing_fast_ends_with_the_last_text(gallery: Gallery, tmp_path: Path) -> None:
    seen = Seen(gallery)
    await gallery.open(_fill(tmp_path / "f", *(f"{n}.jpg" for n in range(500))), False)
    for text in ("4", "49", "499"):
        gallery.set_filter(text)
    await seen.until(lambda listing: _names(listing) == ["499.jpg"])


async def test_a_missing_folder_fails_with_its_name(gallery: Gallery, tmp_path: Path) -> None:
    await gallery.open(tmp_path / "gone", False)
    assert gallery.listing is not None
    assert gallery.listing.state is ListingState.FAILED
    assert gallery.listing.error is not None
    assert gallery.listing.error.code is ErrorCode.FOLDER_MISSING


async def test_changes_on_disk_appear(gallery: Gallery, tmp_path: Path) -> None:
    seen = Seen(gallery)
    folder = _fill(tmp_path / "f", "a.jpg", "b.jpg")
    await gallery.open(folder, False)
    _fill(folder, "c.jpg")
    await seen.until(lambda listing: _names(listing) == ["a.jpg", "b.jpg", "c.jpg"])
    (folder / "a.jpg").unlink()
    await seen.until(lambda listing: _names(listing) == ["b.jpg", "c.jpg"])
    (folder / "b.jpg").write_bytes(b"another size")
    await seen.until(lambda listing: listing.shown.entries[0].size_bytes == 12)
    (folder / "c.jpg").rename(folder / "0.jpg")
    await seen.until(lambda listing: _names(listing) == ["0.jpg", "b.jpg"])


async def test_a_folder_that_goes_away_is_said_and_comes_back(gallery: Gallery, tmp_path: Path) -> None:
    seen = Seen(gallery)
    folder = _fill(tmp_path / "f", "a.jpg")
    await gallery.open(folder, False)
    folder.rename(tmp_path / "elsewhere")
    gallery.refresh()
    await seen.until(lambda listing: listing.state is ListingState.FAILED)
    (tmp_path / "elsewhere").rename(folder)
    gallery.refresh()
    await seen.until(lambda listing: _names(listing) == ["a.jpg"])


async def test_opening_another_folder_drops_the_first(gallery: Gallery, tmp_path: Path) -> None:
    one = _fill(tmp_path / "one", "1.jpg")
    two = _fill(tmp_path / "two", "2.jpg")
    seen = Seen(gallery)
    first = asyncio.ensure_future(gallery.open(one, False))
    await asyncio.sleep(0)
    await gallery.open(two, False)
    await asyncio.wait_for(first, LONG_S)
    _fill(one, "3.jpg")
    gallery.refresh()
    await asyncio.sleep(0.2)
    assert _names(gallery.listing) == ["2.jpg"]
    switched = next(i for i, listing in enumerate(seen.listings) if listing.folder == two)
    assert {listing.folder for listing in seen.listings[switched:]} == {two}


class StuckFolders:
    """A share that stops answering after the first chunk."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def scan(self, folder: Path, recursive: bool, suffixes: frozenset[str]) -> Iterator[list[FolderEntry]]:
        yield [FolderEntry(str(folder / "a.jpg"), "a.jpg", 1, 1)]
        self.go_on.wait(LONG_S)
        yield [FolderEntry(str(folder / "b.jpg"), "b.jpg", 1, 1)]

    def watch(self, folder: Path, recursive: bool, changed: Callable[[], None]) -> Callable[[], None]:
        return lambda: None


async def test_a_share_that_stops_answering_blocks_nothing(tmp_path: Path) -> None:
    folders = StuckFolders()
    gallery = Gallery(folders, SUFFIXES, silent_after_s=0.1)
    seen = Seen(gallery)
    opening = asyncio.ensure_future(gallery.open(tmp_path, False))
    silent = await seen.until(lambda listing: listing.state is ListingState.SILENT)
    assert _names(silent) == ["a.jpg"]
    gallery.set_order(SortOrder.NEWEST)  # what is known can still be worked with
    assert not opening.done()
    folders.go_on.set()
    await asyncio.wait_for(opening, LONG_S)
    assert sorted(_names(gallery.listing)) == ["a.jpg", "b.jpg"]
    await gallery.close()


async def test_leaving_a_stuck_share_returns_at_once(tmp_path: Path) -> None:
    folders = StuckFolders()
    gallery = Gallery(folders, SUFFIXES, silent_after_s=0.1)
    opening = asyncio.ensure_future(gallery.open(tmp_path, False))
    await asyncio.sleep(0.05)
    await gallery.close()
    await asyncio.wait_for(opening, LONG_S / 2)  # the share is stuck for longer
    folders.go_on.set()
