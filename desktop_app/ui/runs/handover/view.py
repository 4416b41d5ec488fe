"""Handing a run over, as the person sees it: dialogs, and the bar that tells how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.batch import BatchExport, BatchImport
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.export_notes import EXPORT_NOTE_TEXTS
from desktop_app.ui.report import sentence
from desktop_app.ui.runs.handover.bar import HandoverBar
from desktop_app.ui.runs.handover.batch_dialog import BatchDialog
from desktop_app.ui.runs.handover.export_dialog import ExportDialog
from desktop_app.ui.runs.handover.offers import (
    BatchCheck,
    BatchChoice,
    BatchOffer,
    Check,
    ExportChoice,
    ExportOffer,
)
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.questions import answered, confirm


class HandoverView(HandoverBar):
    """The bar is this widget; dialogs belong to the window it stands in."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self._dialog: QWidget | None = None

    async def ask_for_export(self, offer: ExportOffer, check: Check) -> ExportChoice | None:
        """As what and where to; None when the person changed their mind."""
        dialog = self._dialog = ExportDialog(self._theme, offer, self.window())
        try:
            return await dialog.ask(check)
        finally:
            self._dialog = None
            dialog.deleteLater()

    async def ask_for_batch(self, offer: BatchOffer, check: BatchCheck) -> BatchChoice | None:
        """How and where to; None when the person changed their mind."""
        dialog = self._dialog = BatchDialog(self._theme, offer, self.window())
        try:
            return await dialog.ask(check)
        finally:
            self._dialog = None
            dialog.deleteLater()

    async def ask_for_results(self, folder: Path) -> Sequence[Path]:
        """Result files; none when the person changed their mind."""
        dialog = QFileDialog(self.window(), self.tr("Take in batch results"), str(folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Batch results (*.jsonl *.ndjson *.json)"), self.tr("All files (*)")])
        accepted = await answered(dialog)
        chosen = [Path(one) for one in dialog.selectedFiles()] if accepted else []
        dialog.deleteLater()
        return chosen

    async def may_replace(self, path: Path, count: int, wanted: ExportFormat | None = None) -> bool:
        """Whether files that are there may be replaced.

        Args:
            path: the (first) one, or the folder of captions.
            wanted: the format; None for files of a batch.
        """
        if count > 1:
            question = self.tr("Replace {count} files?").format(count=f"{count:,}")
        elif wanted is ExportFormat.CAPTIONS:
            question = self.tr("Replace a text?")
        else:
            question = self.tr("Replace “{name}”?").format(name=path.name)
        if wanted is ExportFormat.CAPTIONS:
            told = self.tr("Lightdesk did not write what is there now; it is lost.")
        else:
            told = self.tr("There is a file of this name. What is in it now is lost.")
        return await confirm(
            self._dialog or self.window(), question, told, self.tr("Replace"), self.tr("Keep")
        )

    async def may_stop_writing(self, name: str) -> bool:
        """Whether the window may close over a file that is being written."""
        return await confirm(
            self.window(),
            self.tr("“{name}” is still being written.").format(name=name),
            self.tr(
                "If Lightdesk closes now, it is not written. A file that was there before stays as it was."
            ),
            self.tr("Close without it"),
            self.tr("Keep the window open"),
        )

    async def may_stop_reading(self) -> bool:
        """Whether the window may close while results are taken in."""
        return await confirm(
            self.window(),
            self.tr("Results are still being taken in."),
            self.tr("What was taken in so far is kept. The rest can be taken in again from the same files."),
            self.tr("Close now"),
            self.tr("Keep the window open"),
        )

    def show_writing(self, name: str, done: int, total: int) -> None:
        """So many rows or questions are written."""
        words = self.tr("Writing {name}: {done} of {total}")
        self.show_progress(words.format(name=name, done=f"{done:,}", total=f"{total:,}"), done, total)

    def show_reading(self, done: int, total: int) -> None:
        """So many results are taken in."""
        words = self.tr("Taking in results: {done} of {total} pictures")
        self.show_progress(words.format(done=f"{done:,}", total=f"{total:,}"), done, total)

    def show_exported(self, choice: ExportChoice, notes: Sequence[Note]) -> None:
        """It is written; the notes are about what is not as one might expect."""
        is_folder = choice.format in (ExportFormat.YOLO, ExportFormat.CAPTIONS)
        told = (self.tr("Written to {path}.").format(path=choice.path), *map(note_words, notes))
        folder = choice.path if is_folder else choice.path.parent
        self.show_done(" ".join(told), None if is_folder else choice.path, folder)

    def show_batch(self, written: BatchExport) -> None:
        """The questions are in files."""
        if not written.files:
            nothing = self.tr("Nothing was written: no picture can be opened.")
            self.show_done(" ".join((nothing, *map(note_words, written.notes))))
            return
        words = self.tr("Questions: {count}, in files: {files}, in {folder}.").format(
            count=f"{written.count:,}", files=f"{len(written.files):,}", folder=written.files[0].parent
        )
        then = self.tr("When the batch service has answered them, take its results in from the same menu.")
        self.show_done(
            " ".join((words, then, *map(note_words, written.notes))), folder=written.files[0].parent
        )

    def show_imported(self, read: BatchImport) -> None:
        """Results are in the run."""
        words = self.tr("Answers taken in: {answered}. Failed: {failed}.").format(
            answered=f"{read.answered:,}", failed=f"{read.failed:,}"
        )
        refused = (sentence(problem) for problem in read.refused)
        self.show_done(" ".join((words, *map(note_words, read.notes), *refused)))


def note_words(note: Note) -> str:
    """A remark about an export, translated; the bare code for one this version does not know."""
    return note.worded(EXPORT_NOTE_TEXTS, partial(QCoreApplication.translate, "export_notes"))
