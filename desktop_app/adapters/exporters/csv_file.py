"""CSV as RFC 4180 has it: commas, quotes where needed, CR LF, UTF-8."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date

from desktop_app.adapters.exporters.writing import OneFile, new_file
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.table import ExportValue, inert


class CsvExporter(OneFile):
    """Fulfils `RunExporter`. For programs: fields go by their keys everywhere, and words stay English."""

    format = ExportFormat.CSV

    def write(self, job: ExportJob) -> Sequence[Note]:
        # Excel takes a file without the mark for one in the system's old code page.
        encoding = "utf-8-sig" if job.options.for_excel else "utf-8"
        with (
            new_file(job.path) as temporary,
            temporary.open("w", encoding=encoding, newline="") as file,
        ):
            rows = csv.writer(file)
            rows.writerow([column.key for column in job.table.columns])
            for item in job.items():
                rows.writerow([_written(value) for value in job.table.row(item)])
        return ()


def _written(value: ExportValue) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    safe = inert(value)
    return safe if isinstance(safe, str | int | float) else ""
