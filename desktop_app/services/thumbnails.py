"""Loads thumbnails for what is on screen: the picture looked at first, nothing for what scrolled away."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, TypeAlias

from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry, Raster
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import Thumbnails

EDGE_PX = 256
"""Longest side of a thumbnail in pixels: a tile of 144 at 175 % display scaling."""

AT_ONCE = 4
"""Handed to the workers together: their threads and as many again, so that none waits for the next one."""

Ready: TypeAlias = Callable[[FolderEntry, Raster], None]
Failed: TypeAlias = Callable[[FolderEntry, AppError], None]


class ThumbnailLoader:
    """Lives on one event loop. Results are told with the entry they belong to, never with a row.

    A file that changes on disk is another entry (time and size differ), so an old thumbnail never appears
    for a new picture.
    """

    def __init__(
        self,
        thumbnails: Thumbnails,
        workers: PictureWorkers,
        start: Callable[[Coroutine[Any, Any, None]], object],
        edge: int = EDGE_PX,
        at_once: int = AT_ONCE,
    ) -> None:
        """`start` runs a coroutine as a task, as `Tasks.start` does; `edge` in pixels."""
        self._thumbnails = thumbnails
        self._workers = workers
        self._start = start
        self._edge = edge
        self._at_once = at_once
        self._waiting: deque[FolderEntry] = deque()
        self._loading: set[FolderEntry] = set()

    def want(self, entries: Sequence[FolderEntry], ready: Ready, failed: Failed) -> None:
        """Load these, the first one first, and nothing that was wanted before and is not among them.

        What has begun is finished and told all the same: it may come back into view.
        """
        self._waiting = deque(entry for entry in entries if entry not in self._loading)
        self._start_some(ready, failed)

    def _start_some(self, ready: Ready, failed: Failed) -> None:
        while self._waiting and len(self._loading) < self._at_once:
            entry = self._waiting.popleft()
            self._loading.add(entry)
            self._start(self._load(entry, ready, failed))

    async def _load(self, entry: FolderEntry, ready: Ready, failed: Failed) -> None:
        work = partial(self._thumbnails.thumbnail, entry, self._edge)
        try:
            raster = await self._workers.run(work, entry.name)
        except AppError as error:
            failed(entry, error)
        else:
            ready(entry, raster)
        finally:
            self._loading.discard(entry)
            self._start_some(ready, failed)
