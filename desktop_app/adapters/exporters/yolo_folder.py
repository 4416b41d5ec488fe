"""Boxes as YOLO has them: a folder with a text file for each picture, and what names the classes."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from desktop_app.adapters.exporters.boxes import MarkedBox, box_fields, boxes_of, safe_name
from desktop_app.adapters.exporters.writing import check_folder
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import FormField
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_errors import as_export_error
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.export_notes import ExportNoteCode, NoteCounter
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.table import writable

OF_WHICH_ONE_IS_HELD_BACK = 5
"""So many pictures, of which a model learns from all but one; that one is for trying it."""


class YoloExporter:
    """Fulfils `RunExporter`. Boxes are centre and size in parts of the picture's width and height.

    Trainers look for `images/a/b.jpg` beside `labels/a/b.txt`. The pictures are copied there when that is
    asked for; otherwise `pictures.txt` tells where they are. `train.txt` and `val.txt` part them, so that a
    model is not tried on what it has learnt.
    """

    format = ExportFormat.YOLO

    def in_the_way(self, job: ExportJob) -> int:
        """None: a folder with something in it is refused.

        Raises:
            AppError: EXPORT_FOLDER, FOLDER_MISSING, EXPORT_DENIED.
        """
        check_folder(job.path.parent, job.path)
        with as_export_error(job.path):
            _check_empty(job.path)
        return 0

    def write(self, job: ExportJob) -> Sequence[Note]:
        fields = box_fields(job.table.run.plan.form)
        with as_export_error(job.path), _new_folder(job.path) as folder:
            _write_classes(job, fields, folder)
            return _write_labels(job, fields, folder)


@contextlib.contextmanager
def _new_folder(path: Path) -> Iterator[Path]:
    """A folder beside `path`, which takes its place when the block ends well.

    Raises:
        AppError: EXPORT_FOLDER when there is something in a folder at `path`; none of it is touched.
    """
    _check_empty(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:48]}.{secrets.token_hex(4)}")
    temporary.mkdir()
    try:
        yield temporary
        if path.exists():
            path.rmdir()
        temporary.replace(path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _check_empty(path: Path) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise AppError(ErrorCode.EXPORT_FOLDER, name=path.name)


def _write_classes(job: ExportJob, fields: Sequence[FormField], folder: Path) -> None:
    names = [" ".join(writable(one.label).split()) for one in fields]
    (folder / "classes.txt").write_text("".join(f"{name}\n" for name in names), "utf-8")
    run = " ".join(writable(job.table.run.plan.name).split())
    # A text in JSON is one in YAML too, unless letters are escaped there in halves.
    classes = "".join(
        f"  {number}: {json.dumps(name, ensure_ascii=False)}\n" for number, name in enumerate(names)
    )
    (folder / "data.yaml").write_text(
        f"# Written by Lightdesk from the run {run}.\n"
        "# Pictures belong below images/ under the names that their labels have below labels/.\n"
        # No `path`: trainers then start at this file; "." would be their own folder for data sets.
        f"train: train.txt\nval: val.txt\nnames:\n{classes}",
        "utf-8",
    )


def _write_labels(job: ExportJob, fields: list[FormField], folder: Path) -> Sequence[Note]:
    notes, taken, names = NoteCounter(), set[str](), list[PurePosixPath]()
    (folder / "labels").mkdir()
    with (folder / "pictures.txt").open("w", encoding="utf-8") as pictures:
        for item in job.items():
            marked = boxes_of(item, fields)
            if marked is None:
                notes.add(ExportNoteCode.NO_BOXES_KNOWN, item.name)
                continue
            name = safe_name(writable(item.name))
            label = name.with_suffix(".txt")
            if str(label).casefold() in taken:  # two names that differ in nothing else, on most systems one
                notes.add(ExportNoteCode.NAMES_SHARED, item.name)
                continue
            taken.add(str(label).casefold())
            if not marked[1]:
                notes.add(ExportNoteCode.WITHOUT_BOXES, item.name)
            _write_text(folder / "labels" / label, _lines(*marked))
            pictures.write(f"{name}\t{' '.join(writable(item.path).splitlines())}\n")
            if not job.options.copy_pictures or _is_copied(item, folder / "images" / name, notes):
                names.append(name)
    _write_parts(folder, names)
    return notes.notes


def _write_parts(folder: Path, names: Sequence[PurePosixPath]) -> None:
    """Two lists of pictures, as trainers take them; with a single picture it is in both."""
    held_back = [name for place, name in enumerate(names) if place % OF_WHICH_ONE_IS_HELD_BACK == 1]
    learnt = [name for place, name in enumerate(names) if place % OF_WHICH_ONE_IS_HELD_BACK != 1]
    for file, part in (("train.txt", learnt), ("val.txt", held_back or learnt)):
        (folder / file).write_text("".join(f"./images/{name}\n" for name in part), "utf-8")


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _lines(size: Size, boxes: Sequence[MarkedBox]) -> str:
    return "".join(f"{box.category} {normalised(box, size)}\n" for box in boxes)


def normalised(box: MarkedBox, size: Size) -> str:
    """Centre and size of the box in parts of the picture's width and height."""
    left, top, right, bottom = box.sides
    parts = (
        (left + right) / 2 / size.width,
        (top + bottom) / 2 / size.height,
        (right - left) / size.width,
        (bottom - top) / size.height,
    )
    return " ".join(f"{part:.6f}" for part in parts)


def _is_copied(item: RunItem, to: Path, notes: NoteCounter) -> bool:
    source = Path(item.path)
    try:
        with source.open("rb"):
            pass
    except OSError:
        notes.add(ExportNoteCode.NOT_COPIED, item.name)
        return False
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)
    return True
