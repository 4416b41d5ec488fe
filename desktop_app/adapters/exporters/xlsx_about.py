"""The sheets beside the answers: what was asked, and what was changed by hand."""

from __future__ import annotations

from typing import Any

from desktop_app.adapters.exporters.xlsx_cells import Cells, Looks, on_paper
from desktop_app.domain.runs.about import CHANGE_HEADINGS, CHANGES, about, changes
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP

_NAMES, _VALUES = 34, 100
"""Widths of the columns, in characters."""

_POINTS_OF_A_LINE = 15

HIGHEST_ROW = 409
"""In points, by Excel's limits."""


def write_about(job: ExportJob, book: Any, looks: Looks) -> None:
    """A sheet from which the run can be repeated."""
    sheet = book.add_worksheet(job.translate(QT_TRANSLATE_NOOP("run_table", "About this run")))
    sheet.set_column(0, 0, _NAMES)
    sheet.set_column(1, 1, _VALUES)
    sheet.fit_to_pages(1, 0)
    cells = Cells(sheet, looks)
    for row, (name, value) in enumerate(about(job.table, job.translate)):
        # Not every program makes a row as high as what is in it.
        lines = max(_lines(name, _NAMES), _lines(str(value), _VALUES))
        sheet.set_row(row, min(lines * _POINTS_OF_A_LINE, HIGHEST_ROW))
        cells.text(row, 0, name)
        cells.write(row, 1, value, looks.figure)


def write_changes(job: ExportJob, book: Any, looks: Looks) -> None:
    """A sheet with what the answers said and what counts instead; none where nothing was changed."""
    found = changes(job.table, job.translate)
    first = next(found, None)
    if first is None:
        return
    sheet = book.add_worksheet(job.translate(CHANGES))
    widths = (28, 28, 40, 40)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    cells = Cells(sheet, looks)
    for place, heading in enumerate(CHANGE_HEADINGS):
        cells.heading(0, place, job.translate(heading))
    row = 0
    for row, change in enumerate((first, *found), start=1):
        for place, value in enumerate(change):
            cells.write(row, place, value)
    sheet.autofilter(0, 0, row, len(CHANGE_HEADINGS) - 1)
    sheet.freeze_panes(1, 0)
    on_paper(sheet, sum(widths))


def _lines(text: str, width: int) -> int:
    """About how many the text takes in a column; Chinese letters are twice as wide as others."""
    return sum(
        1 + sum(2 if letter > "\u2e80" else 1 for letter in line) // width for line in text.split("\n")
    )
