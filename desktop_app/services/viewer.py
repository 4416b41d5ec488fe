"""Pictures for the screen: a quick version at the size it is shown, the full resolution when it is needed.

Decoding and everything that makes pixels ready for the screen happen in worker threads. What was decoded is
kept up to a number of bytes, so that going back and forth is instant; what nobody waits for any more is not
begun.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Note, Picture, PictureFacts, Raster
from desktop_app.services.daemon_threads import post
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import PictureFiles

DEFAULT_CACHE_BYTES = 256 * 1024 * 1024

_SAME_DECODE_WAIT_S = 15.0
"""A second request for a file waits this long for the first one before it tries by itself."""

_ROUNDING = 2
"""Pixels by which a decoded size may miss the wanted one: decoders round in their own ways."""


class ScreenPixels(Protocol):
    """Pixels in whatever form the window draws fastest."""

    @property
    def size(self) -> Size:
        """Size in pixels of the largest version held."""
        ...

    @property
    def held_bytes(self) -> int:
        """Memory they take."""
        ...


Pixels = TypeVar("Pixels", bound=ScreenPixels)


@dataclass(frozen=True, slots=True)
class ViewedPicture(Generic[Pixels]):
    """A picture ready to be drawn.

    Attributes:
        picture: which one.
        modified_ns: modification time of the file it was decoded from; tells versions apart.
        original_size: full size with orientation applied.
        notes: conversions the user should know of.
        pixels: what to draw.
    """

    picture: Picture
    modified_ns: int
    original_size: Size
    notes: tuple[Note, ...]
    pixels: Pixels

    @property
    def is_full(self) -> bool:
        return self.pixels.size == self.original_size

    def is_enough_for(self, within: Size | None) -> bool:
        """Whether decoding again for `within` (None: full size) would not show more."""
        if self.is_full:
            return True
        if within is None:
            return False
        wanted = self.original_size.fitted(within)
        have = self.pixels.size
        return have.width + _ROUNDING >= wanted.width and have.height + _ROUNDING >= wanted.height


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """One request's work on a file, until its thread has ended, also when nobody waits for it any more."""

    path: Path
    loop: asyncio.AbstractEventLoop
    ended: asyncio.Future[None]


def _always() -> bool:
    return True


class ViewerPictures(Generic[Pixels]):
    """Loads and keeps pictures for the viewer; its async methods belong to one event loop."""

    def __init__(
        self,
        files: PictureFiles,
        workers: PictureWorkers,
        develop: Callable[[Raster], Pixels],
        cache_bytes: int = DEFAULT_CACHE_BYTES,
    ) -> None:
        """
        Args:
            develop: makes decoded pixels ready for drawing; called in worker threads.
            cache_bytes: most memory for pictures that are not on screen.
        """
        self._files = files
        self._workers = workers
        self._develop = develop
        self._kept: _Kept[Pixels] = _Kept(cache_bytes)
        self._turns: dict[Path, _Turn] = {}

    def peek(self, picture: Picture, within: Size | None = None) -> ViewedPicture[Pixels] | None:
        """A kept version good enough for `within`, without touching the disk.

        It may be older than the file; `load` finds out.
        """
        return self._kept.find(picture.path, within, None)

    async def load(
        self, picture: Picture, within: Size | None = None, wanted: Callable[[], bool] = _always
    ) -> ViewedPicture[Pixels] | None:
        """The picture as the file is now, with enough pixels to fill `within` (None: all of them).

        Args:
            wanted: asked before the work begins, at last in a worker thread.

        Returns:
            None when it was no longer wanted.

        Raises:
            AppError: as `PictureFiles.load`, and PICTURE_TIMEOUT.
        """
        turn = await self._turn(picture.path)
        if not wanted():
            self._end(turn)
            return None
        begun = threading.Event()

        def work() -> ViewedPicture[Pixels] | None:
            begun.set()
            try:
                return self._load(picture, within, wanted)
            finally:
                post(turn.loop, self._end, turn)

        try:
            return await self._workers.run(work, picture.name)
        finally:
            if not begun.is_set():
                self._end(turn)

    async def facts(self, picture: Picture) -> PictureFacts:
        """What the file says about itself.

        Raises:
            AppError: as `PictureFiles.facts`, and PICTURE_TIMEOUT.
        """
        return await self._workers.run(lambda: self._files.facts(picture.path), picture.name)

    def _load(
        self, picture: Picture, within: Size | None, wanted: Callable[[], bool]
    ) -> ViewedPicture[Pixels] | None:
        if not wanted():
            return None
        path = picture.path
        modified_ns = _modified_ns(path)
        kept = self._kept.find(path, within, modified_ns)
        if kept is not None:
            return kept
        loaded = self._files.load(path, within)
        viewed = ViewedPicture(
            picture, modified_ns, loaded.original_size, loaded.notes, self._develop(loaded.raster)
        )
        # Kept even when the one who asked has gone: the work is done, and neighbours are asked for again.
        self._kept.put(viewed)
        return viewed

    async def _turn(self, path: Path) -> _Turn:
        """The same file is not decoded twice at once: the second request finds the first one's result.

        It waits without a thread, which other pictures may need.
        """
        while (other := self._turns.get(path)) is not None:
            ended, _ = await asyncio.wait([other.ended], timeout=_SAME_DECODE_WAIT_S)
            if not ended:
                break
        loop = asyncio.get_running_loop()
        turn = self._turns[path] = _Turn(path, loop, loop.create_future())
        return turn

    def _end(self, turn: _Turn) -> None:
        if not turn.ended.done():
            turn.ended.set_result(None)
        if self._turns.get(turn.path) is turn:
            del self._turns[turn.path]


def _modified_ns(path: Path) -> int:
    """Modification time, 0 when it cannot be had: decoding then says what is wrong with the file."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


class _Kept(Generic[Pixels]):
    """Decoded pictures up to a number of bytes, oldest use dropped first; safe for several threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[tuple[Path, Size], ViewedPicture[Pixels]] = OrderedDict()

    def find(self, path: Path, within: Size | None, modified_ns: int | None) -> ViewedPicture[Pixels] | None:
        """The smallest version that is enough; `modified_ns` None takes any age."""
        with self._lock:
            enough = [
                (viewed.pixels.size.pixels, key)
                for key, viewed in self._entries.items()
                if key[0] == path
                and (modified_ns is None or viewed.modified_ns == modified_ns)
                and viewed.is_enough_for(within)
            ]
            if not enough:
                return None
            key = min(enough, key=lambda sized: sized[0])[1]
            self._entries.move_to_end(key)
            return self._entries[key]

    def put(self, viewed: ViewedPicture[Pixels]) -> None:
        with self._lock:
            self._drop_replaced(viewed)
            if viewed.pixels.held_bytes > self._limit:
                return
            self._entries[viewed.picture.path, viewed.pixels.size] = viewed
            self._used += viewed.pixels.held_bytes
            while self._used > self._limit:
                self._drop(next(iter(self._entries)))

    def _drop_replaced(self, newer: ViewedPicture[Pixels]) -> None:
        """Versions of an older file, and smaller quick versions when a larger quick one has come."""
        for key, kept in list(self._entries.items()):
            if key[0] != newer.picture.path:
                continue
            outdated = kept.modified_ns != newer.modified_ns
            if outdated or key[1] == newer.pixels.size or not (kept.is_full or newer.is_full):
                self._drop(key)

    def _drop(self, key: tuple[Path, Size]) -> None:
        self._used -= self._entries.pop(key).pixels.held_bytes
