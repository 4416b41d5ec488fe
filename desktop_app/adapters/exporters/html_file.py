"""One HTML file with everything inside: no script, nothing fetched, readable on screen and on paper."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import IO

from desktop_app.adapters.exporters.writing import new_file
from desktop_app.domain.pictures import EncodedPicture, Note
from desktop_app.domain.runs.about import about
from desktop_app.domain.runs.exports import ExportFormat, ExportJob
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.table import Column, ExportValue, Fact, Translate, is_formula, writable
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP

_JOINER = "\u2060"
"""Seen by nobody. Before text that looks like a formula, it keeps a spreadsheet from running what is copied
out of the page."""

_STYLE = """
:root { color-scheme: light dark; --ground: #ffffff; --text: #1d1d1d; --soft: #5c5c5c; --line: #d9d9d9;
  --head: #f1f1f1; --bad: #a11d1d; }
@media (prefers-color-scheme: dark) { :root { --ground: #1b1b1b; --text: #e8e8e8; --soft: #a8a8a8;
  --line: #3a3a3a; --head: #262626; --bad: #ff8f8f; } }
* { box-sizing: border-box; }
body { margin: 24px; background: var(--ground); color: var(--text);
  font: 14px/1.45 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 20px; margin: 0 0 16px; }
h2 { font-size: 16px; margin: 32px 0 8px; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid var(--line); padding: 6px 10px; text-align: left; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: break-word; max-width: 36em; mso-number-format: "\\@"; }
thead th { position: sticky; top: 0; background: var(--head); white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; mso-number-format: General; }
td.day { white-space: nowrap; }
tr.failed td { color: var(--bad); }
td.picture img { display: block; max-width: 128px; max-height: 128px; }
.about th { color: var(--soft); font-weight: normal; white-space: nowrap; }
@media print { :root { --ground: #ffffff; --text: #000000; --soft: #444444; --line: #bbbbbb; --head: #ffffff;
  --bad: #7a0000; } body { margin: 0; font-size: 11px; } thead { display: table-header-group; }
  thead th { position: static; } tr { break-inside: avoid; } }
"""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


class HtmlExporter:
    """Fulfils `RunExporter`."""

    format = ExportFormat.HTML

    def write(self, job: ExportJob) -> Sequence[Note]:
        with new_file(job.path) as temporary, temporary.open("w", encoding="utf-8") as file:
            _write_head(file, job)
            for item in job.items():
                file.write(_row(job, item))
            file.write("</tbody></table>\n")
            _write_about(file, job)
            file.write("</body></html>\n")
        return ()


def _write_head(file: IO[str], job: ExportJob) -> None:
    title = escape(writable(job.table.run.plan.name))
    cells = "".join(f"<th>{escape(heading)}</th>" for heading in _headings(job))
    file.write(
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n"
        f"<table><thead><tr>{cells}</tr></thead><tbody>\n"
    )


def _headings(job: ExportJob) -> Iterator[str]:
    if job.options.pictures:
        yield ""
    for column in _columns(job):
        yield _shown(column.heading if column.fact is None else job.translate(column.heading))


def _columns(job: ExportJob) -> list[Column]:
    """All but the path, which tells a reader about somebody else's disk."""
    return [column for column in job.table.columns if column.fact is not Fact.PATH]


def _row(job: ExportJob, item: RunItem) -> str:
    translate: Translate = job.translate
    picture = _picture(job.picture(item), item) if job.options.pictures else ""
    cells = "".join(_cell(job.table.value(item, column, translate)) for column in _columns(job))
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


def _write_about(file: IO[str], job: ExportJob) -> None:
    translate = job.translate
    heading = escape(translate(QT_TRANSLATE_NOOP("run_table", "About this run")))
    file.write(f'<h2>{heading}</h2><table class="about"><tbody>\n')
    for name, value in about(job.table.run, translate):
        told = "" if value is None else escape(_shown(str(value)))
        file.write(f"<tr><th>{escape(_shown(name))}</th><td>{told}</td></tr>\n")
    file.write("</tbody></table>\n")
