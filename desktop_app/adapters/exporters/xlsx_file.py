"""An Excel workbook: a table with small pictures, real numbers and dates, and a sheet about the run."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from desktop_app.adapters.exporters.writing import OneFile, new_file
from desktop_app.adapters.exporters.xlsx_about import write_about, write_changes
from desktop_app.adapters.exporters.xlsx_cells import Cells, Looks, on_paper
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Date, Number, Places, Text, YesNo
from desktop_app.domain.pictures import EncodedPicture, Note
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.export_notes import ExportNoteCode, NoteCounter
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.table import Column, Fact, writable
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP

MOST_ROWS = 1_048_575

_PX_OF_A_CHARACTER = 7
_FACT_WIDTHS = {Fact.STATE: 12, Fact.CONFIDENCE: 12, Fact.MODEL: 18, Fact.SERVER: 16, Fact.PATH: 36}
_SETTINGS = {
    "constant_memory": True,  # each row goes to a temporary file as soon as the next one begins
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class XlsxExporter(OneFile):
    """Fulfils `RunExporter`."""

    format = ExportFormat.XLSX

    def write(self, job: ExportJob) -> Sequence[Note]:
        if len(job.table.items) > MOST_ROWS:
            raise AppError(ErrorCode.EXPORT_TOO_LONG, name=job.path.name, most=f"{MOST_ROWS:,}")
        with (
            new_file(job.path) as temporary,
            tempfile.TemporaryDirectory(prefix="lightdesk-", ignore_cleanup_errors=True) as scratch,
            temporary.open("wb") as file,
        ):
            notes = _write(job, _Target(file), Path(scratch))
            job.go_on()  # putting the pictures into the file took its time
            return notes


class _Target:
    """The file as the library sees it. The archive it leaves behind after an error would go on writing when
    it is collected, to a file that is closed by then; what it does then goes nowhere. None of Python's own
    files, because those are closed as soon as they are collected, which may be before the archive is.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file: IO[bytes] | None = file
        self._at = 0

    def give_up(self) -> None:
        self._file = None

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def write(self, data: Any) -> int:
        if self._file is not None:
            return self._file.write(data)
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if self._file is not None:
            return self._file.seek(offset, whence)
        self._at = offset
        return offset

    def tell(self) -> int:
        return self._at if self._file is None else self._file.tell()


def _write(job: ExportJob, target: _Target, scratch: Path) -> Sequence[Note]:
    book = xlsxwriter.Workbook(target, {**_SETTINGS, "tmpdir": str(scratch)})
    book.use_zip64()
    try:
        looks = Looks.of(book)
        sheet = _Sheet(job, book, looks, scratch)
        sheet.write_rows()
        write_about(job, book, looks)
        write_changes(job, book, looks)
        book.close()
    except XlsxWriterException as problem:
        cause = problem.__context__
        raise cause if isinstance(cause, OSError) else OSError(str(problem)) from problem
    finally:
        target.give_up()
        for left in book.worksheets():
            left._opt_close()  # its rows so far, after an error
    return sheet.notes.notes


class _Sheet:
    """The sheet with the answers."""

    def __init__(self, job: ExportJob, book: Any, looks: Looks, scratch: Path) -> None:
        self._job = job
        self._looks = looks
        self._scratch = scratch
        self._edge = job.options.pictures.px
        self._first = 1 if self._edge else 0
        self._columns = job.table.told_columns()
        self._sheet = book.add_worksheet(job.translate(QT_TRANSLATE_NOOP("run_table", "Answers")))
        self._cells = Cells(self._sheet, looks)
        self.notes = NoteCounter()

    def write_rows(self) -> None:
        sheet, columns = self._sheet, self._columns
        if self._edge:
            sheet.set_column_pixels(0, 0, self._edge + 8)
            sheet.write_string(0, 0, "", self._looks.heading)
        for place, column in enumerate(columns, start=self._first):
            sheet.set_column(place, place, _width(column))
            fact = column.fact is not None
            heading = self._job.translate(column.heading) if fact else writable(column.heading)
            self._cells.heading(0, place, heading)
        count = 0
        for count, item in enumerate(self._job.items(), start=1):
            self._write_row(count, item)
        sheet.autofilter(0, self._first, count, self._first + len(columns) - 1)
        sheet.freeze_panes(1, self._first + 1)
        on_paper(sheet, self._edge / _PX_OF_A_CHARACTER + sum(map(_width, columns)))

    def _write_row(self, row: int, item: RunItem) -> None:
        if self._edge:
            self._sheet.set_row_pixels(row, self._edge + 4)
            small = self._job.picture(item)
            if small is not None:
                self._insert(row, item, small)
        for place, column in enumerate(self._columns, start=self._first):
            value = self._job.table.value(item, column, self._job.translate)
            share = self._looks.share if column.fact is Fact.CONFIDENCE else None
            if self._cells.write(row, place, value, share):
                self.notes.add(ExportNoteCode.TEXTS_CUT, item.name)

    def _insert(self, row: int, item: RunItem, small: EncodedPicture) -> None:
        """On disk until the end, because the library reads all pictures when it puts the file together."""
        kept = self._scratch / f"{row}{'.jpg' if small.mime == 'image/jpeg' else '.png'}"
        kept.write_bytes(small.data)
        scale = min(1.0, self._edge / max(small.size.width, small.size.height))
        look = {
            "x_offset": 4,
            "y_offset": 2,
            "x_scale": scale,
            "y_scale": scale,
            "object_position": 1,  # moves and hides with its row, so that filters and sorting work
            "description": writable(item.name)[:255],
        }
        self._sheet.insert_image(row, 0, str(kept), look)


def _width(column: Column) -> int:
    """In characters."""
    if column.field is None:
        return _FACT_WIDTHS.get(column.fact, 24) if column.fact is not None else 24
    match column.field.kind:
        case YesNo() | Number() | Date():
            return max(12, min(24, len(column.heading) + 4))
        case Text() | Places():
            return 40
        case _:
            return 24
