"""A text file for each picture, beside it or in a folder of its own, as trainers of picture models want it.

Text files are easily somebody's work. In each folder a hidden file therefore remembers what Lightdesk wrote
there; what is not in it, or was changed since, is not written over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from desktop_app.adapters.atomic_file import SHARED, replacing
from desktop_app.adapters.exporters.boxes import safe_name
from desktop_app.adapters.exporters.writing import check_folder, new_file
from desktop_app.domain.forms.form import Form
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_errors import as_export_error
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.export_notes import ExportNoteCode, NoteCounter
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.table import export_value, writable

RECORD = ".lightdesk-captions.json"


class CaptionExporter:
    """Fulfils `RunExporter`."""

    format = ExportFormat.CAPTIONS

    def in_the_way(self, job: ExportJob) -> int:
        """How many texts of somebody else would be replaced; none unless that was asked for.

        Raises:
            AppError: FOLDER_MISSING, EXPORT_DENIED, EXPORT_FAILED.
        """
        captions = _Captions(job)
        check_folder(job.path if captions.is_beside else job.path.parent, job.path)
        if not job.options.overwrite:
            return 0
        return sum(captions.is_somebodys(item) for item in job.items())

    def write(self, job: ExportJob) -> Sequence[Note]:
        captions = _Captions(job)
        try:
            for item in job.items():
                captions.write(item)
        finally:
            captions.close()
        return captions.notes.notes


def caption_of(form: Form, item: RunItem, key: str) -> str:
    """The field's text, or all fields, a labelled line for each where there are several; "" for none."""
    fields = [one for one in form.fields if key in ("", one.key)]
    told = [(one.label, export_value(one, item.value(one.key))) for one in fields]
    given = [(label, str(value)) for label, value in told if value is not None and str(value).strip()]
    if len(fields) == 1:
        return "".join(text for _, text in given)
    return "\n".join(f"{writable(label)}: {text}" for label, text in given)


class _Captions:
    """Writes the files and keeps account of them."""

    def __init__(self, job: ExportJob) -> None:
        self._job = job
        self._form = job.table.run.plan.form
        self.is_beside = job.path == job.table.run.plan.scope.folder
        self._records: dict[Path, dict[str, str]] = {}
        self._taken: set[str] = set()
        self.notes = NoteCounter()

    def write(self, item: RunItem) -> None:
        text = caption_of(self._form, item, self._job.options.caption)
        if not text:
            self.notes.add(ExportNoteCode.NO_CAPTION, item.name)
            return
        path = self._path(item)
        if str(path).casefold() in self._taken:
            self.notes.add(ExportNoteCode.NAMES_SHARED, item.name)
            return
        self._taken.add(str(path).casefold())
        content = _content(text)
        if not self._job.options.overwrite and self._is_foreign(path, content):
            self.notes.add(ExportNoteCode.CAPTIONS_KEPT, path.name)
            return
        with new_file(path, sync=False) as temporary:
            temporary.write_bytes(content)
        self._record(path.parent)[path.name] = _digest(content)

    def is_somebodys(self, item: RunItem) -> bool:
        """Whether there is a text in the way that Lightdesk did not write as it is now."""
        text = caption_of(self._form, item, self._job.options.caption)
        return bool(text) and self._is_foreign(self._path(item), _content(text))

    def close(self) -> None:
        """Write down what was written, also when not all of it could be."""
        for folder, record in self._records.items():
            if record:
                # Of the texts a person knows, of this file they do not.
                with as_export_error(folder), replacing(folder / RECORD, SHARED, sync=False) as temporary:
                    temporary.write_text(json.dumps(record, ensure_ascii=False, indent=0), "utf-8")

    def _path(self, item: RunItem) -> Path:
        if self.is_beside:
            return Path(item.path).with_suffix(".txt")
        return self._job.path / safe_name(item.name).with_suffix(".txt")

    def _is_foreign(self, path: Path, content: bytes) -> bool:
        with as_export_error(path):
            try:
                there = path.read_bytes()
            except FileNotFoundError:
                return False
        return there != content and self._record(path.parent).get(path.name) != _digest(there)

    def _record(self, folder: Path) -> dict[str, str]:
        if folder not in self._records:
            self._records[folder] = _read_record(folder / RECORD)
        return self._records[folder]


def _read_record(path: Path) -> dict[str, str]:
    """What is known of a folder; a record that cannot be read protects everything in it."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in record.items()} if isinstance(record, dict) else {}


def _content(text: str) -> bytes:
    return text.encode("utf-8", "replace") + b"\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
