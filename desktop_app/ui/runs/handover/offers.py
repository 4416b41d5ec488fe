"""What the dialogs for handing a run over are told, and what the person chose in them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from desktop_app.domain.forms.form import FormField
from desktop_app.domain.runs.batch import BatchItems, BatchOptions
from desktop_app.domain.runs.export_format import SUFFIXES, ExportFormat, ExportOptions
from desktop_app.domain.settings import ExportSettings


@dataclass(frozen=True, slots=True)
class ExportOffer:
    """What can be chosen.

    Attributes:
        name: proposed for the file or folder, without an ending.
        folder: where the dialog begins.
        pictures: the run's folder, where captions lie beside their pictures.
        total: pictures of the run.
        shown: rows the grid shows.
        fields: of the form; any of them can become a caption.
        has_boxes: there is a field for boxes.
        last: what was chosen last.
    """

    name: str
    folder: Path
    pictures: Path
    total: int
    shown: int
    fields: Sequence[FormField]
    has_boxes: bool
    last: ExportSettings = field(default_factory=ExportSettings)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was chosen.

    Attributes:
        path: the file or folder; the run's folder for captions beside their pictures.
        shown_only: the rows the grid shows, and no others.
        folder: where the dialog is to begin the next time.
    """

    path: Path
    format: ExportFormat
    options: ExportOptions
    shown_only: bool
    folder: Path


@dataclass(frozen=True, slots=True)
class BatchOffer:
    """What can go to a batch service.

    Attributes:
        name: proposed for the file, without an ending.
        folder: where the dialog begins.
        pictures: the run's folder.
        counts: how many pictures each choice means; never none.
        lines: most questions in one file.
    """

    name: str
    folder: Path
    pictures: Path
    counts: dict[BatchItems, int]
    lines: int


@dataclass(frozen=True, slots=True)
class BatchChoice:
    """What was chosen: the (first) file, and how to write it."""

    path: Path
    options: BatchOptions


Check: TypeAlias = Callable[[ExportChoice], Awaitable[bool]]
"""Whether to go on with a choice; raises what is wrong with it, to be told in the dialog."""

BatchCheck: TypeAlias = Callable[[BatchChoice], Awaitable[bool]]


def with_ending(path: Path, ending: str) -> Path:
    """The path with the ending of a format, in place of that of another one; other dots are its name's."""
    wanted, has = SUFFIXES.get(ending), SUFFIXES.get(path.suffix.lower())
    if wanted is not None and wanted is has:
        return path
    return path.with_name((path.name if has is None else path.stem) + ending)
