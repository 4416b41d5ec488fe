"""Hands a run over: as a table, a document, captions, or boxes for training."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_format import ExportFormat, ExportOptions, format_of
from desktop_app.domain.runs.export_notes import NoteCounter
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import Run
from desktop_app.domain.runs.table import RunTable, Translate, table_of
from desktop_app.services.daemon_threads import in_daemon_thread, post
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.runs.handover_ports import RunExporter, SmallPictures
from desktop_app.services.runs.ports import RunAnswers
from desktop_app.services.runs.runs import Runs
from desktop_app.services.runs.small_pictures import SmallPicturesAhead

ExportProgress = Callable[[int, int], None]
"""Told how many rows are written, and of how many."""

Result = TypeVar("Result")

TELL_EVERY = 25
"""Rows between two reports of progress."""

STOP_WITHIN_S = 2.0


class HandingOver:
    """Lives on one event loop; writing is done in a thread."""

    def __init__(
        self,
        runs: Runs,
        answers: RunAnswers,
        exporter: Callable[[ExportFormat], RunExporter],
        pictures: SmallPictures,
        workers: PictureWorkers,
        translate: Translate = str,
    ) -> None:
        """
        Args:
            exporter: makes the exporter of a format; called in the writing thread, because it may have to
                load a library.
            pictures: for documents that show them.
            workers: open the pictures.
            translate: headings and words for people, from English to the user's language; any thread.
        """
        self._runs = runs
        self._answers = answers
        self._exporter = exporter
        self._pictures = pictures
        self._workers = workers
        self._translate = translate

    async def export(
        self,
        run: Run,
        path: Path,
        format_name: str = "",
        item_ids: Sequence[int] | None = None,
        options: ExportOptions | None = None,
        progress: ExportProgress = lambda written, of: None,
    ) -> list[Note]:
        """Write a run, or some of its pictures, and return what the user should know of it.

        Cancelling ends it; what stood at `path` before is then as it was.

        Args:
            run: as `Runs.find` or `Runs.load` gave it.
            path: absolute; the file, or a folder for "yolo" and "captions". For "captions" the run's own
                folder means a text beside each picture, any other folder one in which the texts lie as the
                pictures do in theirs.
            format_name: one of `ExportFormat`, "" to go by the end of the file's name.
            item_ids: these pictures only, in this order; None for all, in the run's.
            options: how to write.
            progress: called on this loop.

        Raises:
            AppError: EXPORT_FORMAT, EXPORT_FAILED, EXPORT_DENIED, EXPORT_FOLDER, EXPORT_NO_BOXES,
                EXPORT_NO_ROOM, EXPORT_TOO_LONG.
        """
        wanted = format_of(path, format_name)
        writing = await self._writing(run, item_ids, progress)
        how = options or ExportOptions()
        ahead = SmallPicturesAhead(
            writing.table.items, self._pictures, self._workers, writing.loop, writing.notes, how.pictures.px
        )
        job = ExportJob(
            writing.table, path, how, writing.items, ahead.picture, writing.go_on, self._translate
        )
        try:
            told = await writing.run(lambda: self._exporter(wanted).write(job))
        finally:
            ahead.close()
        return [*told, *writing.notes.notes]

    async def in_the_way(
        self,
        run: Run,
        path: Path,
        format_name: str = "",
        item_ids: Sequence[int] | None = None,
        options: ExportOptions | None = None,
    ) -> int:
        """How many files that are somebody's work an export of these arguments would replace.

        Raises:
            AppError: EXPORT_FORMAT, and what says that nothing can be written there: FOLDER_MISSING,
                EXPORT_FOLDER, EXPORT_DENIED, EXPORT_FAILED.
        """
        wanted = format_of(path, format_name)
        looking = await self._writing(run, item_ids, lambda written, of: None)
        how = options or ExportOptions()
        job = ExportJob(looking.table, path, how, looking.items, lambda item: None)
        return await looking.run(lambda: self._exporter(wanted).in_the_way(job))

    async def _writing(self, run: Run, item_ids: Sequence[int] | None, progress: ExportProgress) -> _Writing:
        return _Writing(await self._table(run, item_ids), progress, asyncio.get_running_loop())

    async def _table(self, run: Run, item_ids: Sequence[int] | None) -> RunTable:
        """As the library has it now: the run may be going on."""
        items = await self._answers.items(run.id, item_ids)
        if item_ids is not None:
            by_id = {item.id: item for item in items}
            items = [by_id[item_id] for item_id in item_ids if item_id in by_id]
        asked = {item.shared_from for item in items if item.shared_from is not None}
        names = {item.id: item.name for item in items if item.id in asked}
        elsewhere = tuple(asked - names.keys())
        if elsewhere:
            names |= {item.id: item.name for item in await self._answers.items(run.id, elsewhere)}
        return table_of(await self._runs.load(run.id), items, datetime.now(UTC), names)


class _StoppedError(Exception):
    """Ends an exporter whose export was cancelled."""


class _Writing:
    """One export's thread, seen from both sides."""

    def __init__(self, table: RunTable, progress: ExportProgress, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.notes = NoteCounter()
        self.table = table
        self._progress = progress
        self._stop = threading.Event()

    def items(self) -> Iterator[RunItem]:
        """The rows; on the writing thread."""
        total = len(self.table.items)
        for number, item in enumerate(self.table.items):
            self.go_on()
            if number % TELL_EVERY == 0:
                post(self.loop, self._progress, number, total)
            yield item
        self.go_on()
        post(self.loop, self._progress, total, total)

    def go_on(self) -> None:
        """Raises when the export is to stop; on the writing thread."""
        if self._stop.is_set():
            raise _StoppedError

    async def run(self, work: Callable[[], Result]) -> Result:
        """What `work` returns; it is done in a thread of its own."""
        ended: asyncio.Future[AppError | None] = self.loop.create_future()
        results: list[Result] = []

        def do() -> None:
            with contextlib.suppress(_StoppedError):
                results.append(work())

        def settle(problem: AppError | None) -> None:
            if not ended.done():
                ended.set_result(problem)

        in_daemon_thread(do, lambda problem: post(self.loop, settle, problem), "export")
        try:
            problem = await asyncio.shield(ended)
        except asyncio.CancelledError:
            self._stop.set()
            await asyncio.wait((ended,), timeout=STOP_WITHIN_S)  # until it has cleaned up after itself
            raise
        if problem is not None:
            raise problem
        return results[0]
