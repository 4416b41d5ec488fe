"""Leads a run out of the program and results into it; one thing at a time. Knows no Qt."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Places
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.batch import BatchExport, BatchImport, BatchItems
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.run import Run
from desktop_app.services.runs.batch_files import BatchFiles
from desktop_app.services.runs.handing_over import HandingOver
from desktop_app.services.settings import SettingsService
from desktop_app.ui.runs.handover.offers import (
    BatchCheck,
    BatchChoice,
    BatchOffer,
    Check,
    ExportChoice,
    ExportOffer,
)

Result = TypeVar("Result")

ANSWERS_WITHIN_S = 2.0
"""So long the dialog waits to know whether the folder of last time is there."""


class View(Protocol):
    """What the presenter says; described there."""

    async def ask_for_export(self, offer: ExportOffer, check: Check) -> ExportChoice | None: ...

    async def ask_for_batch(self, offer: BatchOffer, check: BatchCheck) -> BatchChoice | None: ...

    async def ask_for_results(self, folder: Path) -> Sequence[Path]: ...

    async def may_replace(self, path: Path, count: int, wanted: ExportFormat | None = None) -> bool: ...

    async def may_stop_writing(self, name: str) -> bool: ...

    async def may_stop_reading(self) -> bool: ...

    def show_writing(self, name: str, done: int, total: int) -> None: ...

    def show_reading(self, done: int, total: int) -> None: ...

    def show_exported(self, choice: ExportChoice, notes: Sequence[Note]) -> None: ...

    def show_batch(self, written: BatchExport) -> None: ...

    def show_imported(self, read: BatchImport) -> None: ...

    def hide(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Work:
    """What is being written or read; `may_stop` asks the person whether it may be given up."""

    task: asyncio.Task[Any]
    may_stop: Callable[[], Awaitable[bool]]


class HandoverPresenter:
    """Lives on the event loop until `close`."""

    def __init__(
        self,
        view: View,
        handing_over: HandingOver,
        batch_files: BatchFiles,
        settings: SettingsService,
        documents: Path,
        selected: Callable[[], Run | None],
        visible_ids: Callable[[], Sequence[int] | None],
        on_error: Callable[[AppError], None],
    ) -> None:
        """
        Args:
            settings: remember what was chosen last.
            documents: the user's folder for documents, to begin with.
            selected: the run that is shown.
            visible_ids: the pictures whose rows the grid shows; None while it cannot show all it has to.
        """
        self._view = view
        self._handing_over = handing_over
        self._batch_files = batch_files
        self._settings = settings
        self._documents = documents
        self._selected = selected
        self._visible_ids = visible_ids
        self._on_error = on_error
        self._work: _Work | None = None
        self._is_asking = False

    async def export(self) -> None:
        """Ask as what and where to, and write it."""
        run = self._free_run()
        if run is None:
            return
        shown = self._visible_ids()
        offer = await self._export_offer(run, run.counts.total if shown is None else len(shown))

        async def check(choice: ExportChoice) -> bool:
            ids = shown if choice.shown_only else None
            count = await self._handing_over.in_the_way(
                run, choice.path, choice.format.value, ids, choice.options
            )
            return not count or await self._view.may_replace(choice.path, count, choice.format)

        choice = await self._asked(self._view.ask_for_export(offer, check))
        if choice is None:
            return
        self._remember(choice, run)
        name = choice.path.name
        notes = await self._worked(
            self._handing_over.export(
                run,
                choice.path,
                choice.format.value,
                shown if choice.shown_only else None,
                choice.options,
                lambda written, total: self._view.show_writing(name, written, total),
            ),
            lambda: self._view.show_writing(name, 0, offer.shown if choice.shown_only else offer.total),
            lambda: self._view.may_stop_writing(name),
        )
        if notes is not None:
            self._view.show_exported(choice, notes)

    async def write_batch(self) -> None:
        """Ask how, and write the run's questions for a batch service."""
        run = self._free_run()
        if run is None:
            return
        last = self._settings.current.exporting
        offer = BatchOffer(
            _file_name(run.plan.name),
            await self._folder(),
            run.plan.scope.folder,
            _batch_counts(run),
            last.batch_lines,
        )

        async def check(choice: BatchChoice) -> bool:
            count = await self._batch_files.in_the_way(run, choice.path, choice.options)
            return not count or await self._view.may_replace(choice.path, count)

        choice = await self._asked(self._view.ask_for_batch(offer, check))
        if choice is None:
            return
        kept = replace(last, folder=str(choice.path.parent), batch_lines=choice.options.lines)
        self._settings.change(lambda settings: replace(settings, exporting=kept))
        name = choice.path.name
        written = await self._worked(
            self._batch_files.export(
                run,
                choice.path,
                choice.options,
                lambda done, total: self._view.show_writing(name, done, total),
            ),
            lambda: self._view.show_writing(name, 0, offer.counts.get(choice.options.items, 0)),
            lambda: self._view.may_stop_writing(name),
        )
        if written is not None:
            self._view.show_batch(written)

    async def read_batch(self) -> None:
        """Ask for result files, and take them into the run."""
        run = self._free_run()
        if run is None:
            return
        paths = await self._asked(self._view.ask_for_results(await self._folder()))
        if not paths:
            return
        read = await self._worked(
            self._batch_files.import_results(run, paths, progress=self._view.show_reading),
            lambda: self._view.show_reading(0, run.counts.total),
            self._view.may_stop_reading,
        )
        if read is not None:
            self._view.show_imported(read)

    def stop(self) -> None:
        """Give up; what stood in a file before is then as it was, and answers taken in stay."""
        if self._work is not None:
            self._work.task.cancel()

    async def may_close(self) -> bool:
        """Whether the window may close now; asks while something is written or read."""
        return self._work is None or await self._work.may_stop()

    def close(self) -> None:
        self.stop()

    def _free_run(self) -> Run | None:
        """The selected run, unless something is being asked or done already."""
        return None if self._is_asking or self._work is not None else self._selected()

    async def _asked(self, asking: Coroutine[Any, Any, Result]) -> Result:
        self._is_asking = True
        try:
            return await asking
        finally:
            self._is_asking = False

    async def _worked(
        self,
        work: Coroutine[Any, Any, Result],
        begin: Callable[[], None],
        may_stop: Callable[[], Awaitable[bool]],
    ) -> Result | None:
        """What the work comes to; None when it was given up, or failed, which is told."""
        begin()
        task: asyncio.Task[Result] = asyncio.ensure_future(work)
        self._work = _Work(task, may_stop)
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()
            self._work = None
        if task.cancelled():
            self._view.hide()
            return None
        problem = task.exception()
        if problem is None:
            return task.result()
        self._view.hide()
        if not isinstance(problem, AppError):
            raise problem
        self._on_error(problem)
        return None

    async def _export_offer(self, run: Run, shown: int) -> ExportOffer:
        fields = run.plan.form.fields
        return ExportOffer(
            _file_name(run.plan.name),
            await self._folder(),
            run.plan.scope.folder,
            run.counts.total,
            shown,
            fields,
            any(isinstance(one.kind, Places) for one in fields),
            self._settings.current.exporting,
        )

    async def _folder(self) -> Path:
        """That of last time, where it is still there."""
        last = self._settings.current.exporting.folder
        for folder in (Path(last), self._documents) if last else (self._documents,):
            with contextlib.suppress(TimeoutError):  # a share that has stopped answering is not there
                if await asyncio.wait_for(asyncio.to_thread(folder.is_dir), ANSWERS_WITHIN_S):
                    return folder
        return Path.home()

    def _remember(self, choice: ExportChoice, run: Run) -> None:
        """What the format did not ask for stays as it was."""
        last, options = self._settings.current.exporting, choice.options
        kept = replace(last, format=choice.format, folder=str(choice.folder))
        match choice.format:
            case ExportFormat.CSV:
                kept = replace(kept, for_excel=options.for_excel)
            case ExportFormat.XLSX | ExportFormat.HTML:
                kept = replace(kept, pictures=options.pictures)
            case ExportFormat.YOLO:
                kept = replace(kept, copy_pictures=options.copy_pictures)
            case ExportFormat.CAPTIONS:
                kept = replace(kept, beside=choice.path == run.plan.scope.folder)
            case _:
                pass
        self._settings.change(lambda settings: replace(settings, exporting=kept))


def _batch_counts(run: Run) -> dict[BatchItems, int]:
    """How many pictures each choice means, those that mean something else than the one before."""
    counts = run.counts
    found = {
        BatchItems.LEFT: counts.queued + counts.failed,
        BatchItems.QUEUED: counts.queued if counts.failed else 0,
        BatchItems.FAILED: counts.failed if counts.queued else 0,
        BatchItems.ALL: counts.total,
    }
    return {wanted: count for wanted, count in found.items() if count}


def _file_name(name: str) -> str:
    """The run's name without what file systems do not take."""
    return "".join("-" if sign in '<>:"/\\|?*' or sign < " " else sign for sign in name).strip(" .-") or "run"
