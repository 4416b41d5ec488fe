"""Small pictures for a document, made ready ahead of the thread that writes it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import EncodedPicture
from desktop_app.domain.runs.export_notes import ExportNoteCode, NoteCounter
from desktop_app.domain.runs.item import RunItem
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.runs.handover_ports import SmallPictures

SHARPNESS = 4 / 3
"""Pixels for each that is shown, so that pictures stay sharp on finer screens. The small ones then have some
4 kB each, and a document with 10,000 of them can still be opened.
"""

AHEAD = 3
"""Made ready ahead for each thread of the workers."""

TIMEOUTS_UNTIL_GIVEN_UP = 3
"""Pictures in a row that take too long to open: their drive has stopped answering, go on without it."""


class SmallPicturesAhead:
    """Called from the thread that writes; the pictures are opened by the workers of an event loop."""

    def __init__(
        self,
        items: Sequence[RunItem],
        source: SmallPictures,
        workers: PictureWorkers,
        loop: asyncio.AbstractEventLoop,
        notes: NoteCounter,
        shown_px: int,
    ) -> None:
        """
        Args:
            items: in the order in which their pictures will be asked for; some may be left out.
            shown_px: longest side as the document will show it.
        """
        self._waiting = deque(items)
        self._source = source
        self._workers = workers
        self._loop = loop
        self._notes = notes
        self._edge = round(shown_px * SHARPNESS)
        self._coming: deque[tuple[RunItem, Future[EncodedPicture]]] = deque()
        self._timeouts = 0

    def picture(self, item: RunItem) -> EncodedPicture | None:
        """The item's picture; None when it cannot be opened, which is noted."""
        if self._timeouts >= TIMEOUTS_UNTIL_GIVEN_UP:
            self._notes.add(ExportNoteCode.PICTURES_LEFT_OUT, item.name)
            return None
        future = self._future_of(item)
        try:
            small = future.result() if future is not None else None
        except AppError as problem:
            self._timeouts = self._timeouts + 1 if problem.code is ErrorCode.PICTURE_TIMEOUT else 0
            self._notes.add(ExportNoteCode.PICTURES_LEFT_OUT, item.name)
            return None
        except CancelledError:
            return None
        self._timeouts = 0
        return small

    def close(self) -> None:
        """Give up what is not ready; usable from any thread."""
        self._waiting.clear()
        while self._coming:
            self._coming.popleft()[1].cancel()

    def _future_of(self, item: RunItem) -> Future[EncodedPicture] | None:
        while True:
            self._begin_some()
            if not self._coming:
                return None
            next_item, future = self._coming.popleft()
            if next_item.id == item.id:
                self._begin_some()
                return future
            future.cancel()  # the writer had no use for it

    def _begin_some(self) -> None:
        while self._waiting and len(self._coming) < AHEAD * self._workers.threads:
            item = self._waiting.popleft()
            path = Path(item.path)
            work = partial(self._source.small_jpeg, path, self._edge)
            job = self._workers.run(work, path.name)
            self._coming.append((item, asyncio.run_coroutine_threadsafe(job, self._loop)))
