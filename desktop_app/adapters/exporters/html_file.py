"""One HTML file with everything inside: no script, nothing fetched, readable on screen and on paper.

A table wider than the window moves in a box of its own, its headings and its first column staying in sight.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import IO

from desktop_app.adapters.exporters.html_style import STYLE
from desktop_app.adapters.exporters.writing import OneFile, new_file
from desktop_app.domain.pictures import EncodedPicture, Note
from desktop_app.domain.runs.about import CHANGE_HEADINGS, CHANGES, about, changes
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.table import Column, ExportValue, Fact, Translate, is_formula, writable
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP

_JOINER = "\u2060"
"""Seen by nobody. Before text that looks like a formula, it keeps a spreadsheet from running what is copied
out of the page."""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


class HtmlExporter(OneFile):
    """Fulfils `RunExporter`."""

    format = ExportFormat.HTML

    def write(self, job: ExportJob) -> Sequence[Note]:
        with new_file(job.path) as temporary, temporary.open("w", encoding="utf-8") as file:
            columns = _columns(job)
            _write_head(file, job, columns)
            for item in job.items():
                file.write(_row(job, columns, item))
            file.write("</tbody></table></div>\n")
            _write_changes(file, job)
            _write_about(file, job)
            file.write("</body></html>\n")
        return ()


def _write_head(file: IO[str], job: ExportJob, columns: Sequence[Column]) -> None:
    title = escape(writable(job.table.run.plan.name))
    file.write(
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLE % job.options.pictures.px}</style></head>\n<body><h1>{title}</h1>\n"
    )
    answers = escape(job.translate(QT_TRANSLATE_NOOP("run_table", "Answers")))
    # Reached by the Tab key, so that the arrow keys can move it.
    file.write(f'<div class="box" tabindex="0" role="region" aria-label="{answers}">\n')
    file.write(_head(_headings(job, columns)))


def _head(headings: Iterable[str]) -> str:
    cells = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>\n"


def _headings(job: ExportJob, columns: Sequence[Column]) -> Iterator[str]:
    if job.options.pictures.px:
        yield ""
    for column in columns:
        yield _shown(column.heading if column.fact is None else job.translate(column.heading))


def _columns(job: ExportJob) -> list[Column]:
    """All but the path, which tells a reader about somebody else's disk."""
    return [column for column in job.table.told_columns() if column.fact is not Fact.PATH]


def _row(job: ExportJob, columns: Sequence[Column], item: RunItem) -> str:
    translate: Translate = job.translate
    picture = _picture(job.picture(item), item) if job.options.pictures.px else ""
    cells = "".join(_cell(job.table.value(item, column, translate)) for column in columns)
    return f'<tr class="{item.state.value}">{picture}{cells}</tr>\n'


def _picture(small: EncodedPicture | None, item: RunItem) -> str:
    if small is None:
        return '<td class="picture"></td>'
    data = base64.b64encode(small.data).decode()
    size = f'width="{small.size.width}" height="{small.size.height}"'
    alt = escape(writable(item.name))
    return f'<td class="picture"><img {size} alt="{alt}" src="data:{small.mime};base64,{data}"></td>'


def _cell(value: ExportValue) -> str:
    match value:
        case None:
            return "<td></td>"
        case str():
            return f"<td>{escape(_shown(value))}</td>"
        case date():
            return f'<td class="day">{value.isoformat()}</td>'
        case _:
            return f'<td class="number">{value}</td>'


def _shown(text: str) -> str:
    text = writable(text)
    return _JOINER + text if is_formula(text) else text


def _write_changes(file: IO[str], job: ExportJob) -> None:
    found = changes(job.table, job.translate)
    first = next(found, None)
    if first is None:
        return
    file.write(f'<h2>{escape(job.translate(CHANGES))}</h2><div class="rest">')
    file.write(_head(job.translate(heading) for heading in CHANGE_HEADINGS))
    for change in (first, *found):
        file.write(f"<tr>{''.join(map(_cell, change))}</tr>\n")
    file.write("</tbody></table></div>\n")


def _write_about(file: IO[str], job: ExportJob) -> None:
    translate = job.translate
    heading = escape(translate(QT_TRANSLATE_NOOP("run_table", "About this run")))
    file.write(f'<h2>{heading}</h2><div class="rest"><table class="about"><tbody>\n')
    for name, value in about(job.table, translate):
        told = "" if value is None else escape(_shown(str(value)))
        file.write(f"<tr><th>{escape(_shown(name))}</th><td>{told}</td></tr>\n")
    file.write("</tbody></table></div>\n")
