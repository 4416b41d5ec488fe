"""Runs with answers, ready to be handed over."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AnswerFailure, AskOptions
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    Form,
    FormField,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture
from desktop_app.domain.runs.export_format import ExportOptions
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.domain.runs.run import (
    AskingMethod,
    ItemState,
    Run,
    RunCounts,
    RunPlan,
    RunScope,
    RunServer,
    RunState,
)
from desktop_app.domain.runs.table import Translate, table_of

READ = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)

SURVEY = Form(
    "Survey",
    (
        FormField("rust", "Is there rust?", YesNo()),
        FormField("width", "Width", Number("mm", 0, 5000)),
        FormField("count", "Bolts", Number(whole=True)),
        FormField("words", "What is seen", Text()),
        FormField("colour", "Colour", Choice(("red", "grey"))),
        FormField("parts", "Parts", Choices(("bolt", "nut"))),
        FormField("day", "Day", Date()),
        FormField("names", "Names", Items()),
        FormField("damage", "Damage <1>", Places()),
        FormField("sign", "Sign", Places(), required=False),
    ),
    "Look at the steel.",
    version=3,
)

VALUES: dict[str, CellValue] = {
    "rust": True,
    "width": 12.5,
    "count": 4,
    "words": 'Heavy, "deep" rust,\nnear the flange',
    "colour": "red",
    "parts": ["bolt", "nut"],
    "day": "2026-03-09",
    "names": ["Ann", "王伟"],
    "damage": [[10, 20, 110, 220], [0, 0, 5, 5]],
    "sign": None,
}


def run(form: Form = SURVEY, folder: Path = Path("/pictures"), name: str = "Span 4") -> Run:
    plan = RunPlan(
        name,
        form,
        AskOptions(system="Be brief.", temperature=0.2),
        (RunServer("gpu-box", "http://gpu-box:8000/v1", "Qwen2-VL-7B"),),
        RunScope(folder),
        "1.2.3",
    )
    counts = RunCounts(answered=2, failed=1)
    made = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
    return Run(7, plan, RunState.DONE, made, counts, AskingMethod.SCHEMA)


def answer(values: Mapping[str, CellValue] | None = None) -> ItemAnswer:
    return ItemAnswer(
        VALUES if values is None else values,
        "{}",
        (),
        {"rust": 0.914, "colour": 0.75},
        "ab" * 32,
        Size(400, 300),
        "gpu-box",
        "Qwen2-VL-7B",
        Usage(300, 40),
        1.25,
    )


def answered(
    number: int = 1,
    values: Mapping[str, CellValue] | None = None,
    name: str = "",
    path: str = "",
    edited: Mapping[str, CellValue] | None = None,
    note: str = "",
) -> RunItem:
    name = name or f"span/IMG_{number:04}.jpg"
    path = path or f"/pictures/{name}"
    return RunItem(
        number, number - 1, path, name, ItemState.ANSWERED, answer(values), edited or {}, note, attempts=1
    )


def failed(number: int = 2, name: str = "broken.jpg") -> RunItem:
    failure = AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", name),), "truncated")
    return RunItem(number, number - 1, f"/pictures/{name}", name, ItemState.FAILED, failure=failure)


def small_picture(colour: str = "red", size: tuple[int, int] = (128, 96)) -> EncodedPicture:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return EncodedPicture(buffer.getvalue(), "image/jpeg", Size(*size), "")


def job(
    path: Path,
    *items: RunItem,
    of: Run | None = None,
    options: ExportOptions | None = None,
    ends_after: int | None = None,
    translate: Translate = str,
) -> ExportJob:
    """What an exporter gets; `ends_after` so many rows the export is broken off."""
    table = table_of(of or run(), items, READ)

    def rows() -> Iterator[RunItem]:
        for number, item in enumerate(items):
            if number == ends_after:
                raise BrokenOffError
            yield item

    return ExportJob(
        table, path, options or ExportOptions(), rows, lambda item: small_picture(), translate=translate
    )


class BrokenOffError(Exception):
    """Stands for whatever ends an export half way."""
