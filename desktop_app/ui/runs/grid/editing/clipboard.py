"""Values of cells on the clipboard: exact between cells of this program, as text from and for any other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData

from desktop_app.domain.forms.form import Choices, Date, FormField, Items, Number, Places, YesNo
from desktop_app.domain.forms.values import problem_with
from desktop_app.domain.runs.rows import GridColumn
from desktop_app.ui.runs.grid.editing.cell_editor import boxes_in
from desktop_app.ui.runs.grid.words import BETWEEN, GridWords

_FORMAT = "application/x-lightdesk-value"
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_SEVERAL = re.compile(rf"[\n;,]|{re.escape(BETWEEN)}")


def copied(words: GridWords, column: GridColumn, value: Any) -> QMimeData:
    """A cell's value, whole, as text and as it is."""
    data = QMimeData()
    data.setText(_as_text(words, column, value))
    if column.field is not None and value is not None:
        data.setData(_FORMAT, QByteArray(json.dumps(value).encode()))
    return data


def pasted(words: GridWords, field: FormField, data: QMimeData) -> Any:
    """What is on the clipboard, as the field takes it where it can; otherwise something that it refuses."""
    typed = None
    for typed in _readings(words, field, data):
        if problem_with(field, typed) is None:
            break
    return typed


def _readings(words: GridWords, field: FormField, data: QMimeData) -> Iterator[Any]:
    if data.hasFormat(_FORMAT):
        yield json.loads(bytes(data.data(_FORMAT).data()))
    yield _from_text(words, field, data.text().strip())


def _as_text(words: GridWords, column: GridColumn, value: Any) -> str:
    match value:
        case list() if column.field is not None and isinstance(column.field.kind, Places):
            return "\n".join(", ".join(map(str, box)) for box in value)
        case list():
            return "\n".join(map(str, value))
        case str():
            return value
        case _:
            return words.value(column, value)


def _from_text(words: GridWords, field: FormField, text: str) -> Any:
    match field.kind:
        case YesNo():
            told = {words.values.yes_no(one).casefold(): one for one in (True, False)}
            return told.get(text.casefold(), text)
        case Number(unit=unit):
            number = text.removesuffix(unit).strip() if unit else text
            # In the grid, and in English spreadsheets, a comma stands between thousands.
            return number.replace(",", "") if _THOUSANDS.fullmatch(number) else text
        case Choices():
            return [part.strip() for part in _SEVERAL.split(text) if part.strip()]
        case Items():
            parts = text.split("\n") if "\n" in text else text.split(BETWEEN)
            return [part.strip() for part in parts if part.strip()]
        case Places():
            return boxes_in(text)
        case Date():
            return text.partition("T")[0].partition(" ")[0]
        case _:
            return text
