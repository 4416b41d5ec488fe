"""What an exporter is told to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.pictures import EncodedPicture
from desktop_app.domain.runs.export_format import ExportOptions
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.table import RunTable, Translate


@dataclass(frozen=True, slots=True)
class ExportJob:
    """What an exporter writes, and what it may ask for meanwhile.

    Attributes:
        table: what to write.
        path: the file, or the folder for formats that are folders.
        options: how.
        items: the table's rows, each once, in order; raises to end an export that is to stop.
        picture: a small JPEG of a row's picture, None when it cannot be had; call it at most once for each
            row, in the order of the rows, so that pictures can be made ready ahead.
        go_on: raises to end an export that is to stop; for work behind the last row that takes its time.
        translate: headings and words for people, from English to the user's language.
    """

    table: RunTable
    path: Path
    options: ExportOptions
    items: Callable[[], Iterator[RunItem]]
    picture: Callable[[RunItem], EncodedPicture | None]
    go_on: Callable[[], None] = lambda: None
    translate: Translate = str
