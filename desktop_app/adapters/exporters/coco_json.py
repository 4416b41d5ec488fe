"""Boxes as COCO has them: one JSON file; boxes are left, top, width, height in pixels as seen."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from typing import IO, Any

from desktop_app.adapters.exporters.boxes import MarkedBox, box_fields, boxes_of
from desktop_app.adapters.exporters.writing import OneFile, new_file
from desktop_app.domain.forms.form import FormField
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.export_notes import ExportNoteCode, NoteCounter
from desktop_app.domain.runs.exports import ExportJob


class CocoExporter(OneFile):
    """Fulfils `RunExporter`. Categories are the form's fields for boxes, numbered from 1."""

    format = ExportFormat.COCO

    def write(self, job: ExportJob) -> Sequence[Note]:
        fields = box_fields(job.table.run.plan.form)
        notes = NoteCounter()
        with (
            new_file(job.path) as temporary,
            temporary.open("wb") as file,
            tempfile.TemporaryFile() as annotations,  # they stand behind all pictures in the file
        ):
            file.write(_head(job, fields))
            _write_pictures(job, fields, file, annotations, notes)
            file.write(b'],\n"annotations": [')
            annotations.seek(0)
            shutil.copyfileobj(annotations, file)
            file.write(b"]}\n")
        return notes.notes


def _head(job: ExportJob, fields: Sequence[FormField]) -> bytes:
    run = job.table.run
    info = {
        "description": run.plan.name,
        "version": run.plan.program_version,
        "date_created": run.created.isoformat(),
    }
    categories = [
        {"id": number, "name": one.label, "supercategory": run.plan.form.name}
        for number, one in enumerate(fields, start=1)
    ]
    return (
        b'{"info": '
        + _json(info)
        + b',\n"licenses": [],\n"categories": '
        + _json(categories)
        + b',\n"images": ['
    )


def _write_pictures(
    job: ExportJob, fields: list[FormField], file: IO[bytes], annotations: IO[bytes], notes: NoteCounter
) -> None:
    pictures = boxes = 0
    for item in job.items():
        marked = boxes_of(item, fields)
        if marked is None:
            notes.add(ExportNoteCode.NO_BOXES_KNOWN, item.name)
            continue
        size, found = marked
        if not found:
            notes.add(ExportNoteCode.WITHOUT_BOXES, item.name)
        entry = {"id": item.id, "file_name": item.name, "width": size.width, "height": size.height}
        file.write((b",\n" if pictures else b"\n") + _json(entry))
        pictures += 1
        for box in found:
            boxes += 1
            annotations.write((b",\n" if boxes > 1 else b"\n") + _json(_annotation(boxes, item.id, box)))


def _annotation(number: int, picture: int, box: MarkedBox) -> dict[str, Any]:
    left, top, right, bottom = box.sides
    width, height = right - left, bottom - top
    return {
        "id": number,
        "image_id": picture,
        "category_id": box.category + 1,
        "bbox": [left, top, width, height],
        "area": width * height,
        "segmentation": [],
        "iscrowd": 0,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
