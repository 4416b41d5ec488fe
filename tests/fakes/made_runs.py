"""Runs, their pictures and answers for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import Choice, Form, FormField, Number, Places, YesNo
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.runs.run import Run, RunPlan, RunScope, RunServer
from desktop_app.services.runs.ports import RunAnswers
from desktop_app.services.runs.runs import Runs

FORM = Form(
    "Condition",
    (
        FormField("rust", "Is there rust?", YesNo()),
        FormField("kind", "Kind", Choice(("bolt", "plate", "其他")), "Look closely", required=False),
        FormField("width", "Width", Number("mm", 0, 99.5)),
        FormField("where", "Where", Places(3)),
    ),
    "What is in {{file}}? 请看。",
    version=3,
)
USAGE = Usage(1000, 20)


def plan(name: str = "Bridge", form: Form = FORM) -> RunPlan:
    """A plan in which nothing has its usual value."""
    return RunPlan(
        name,
        form,
        AskOptions(system="Be brief. 简短。", temperature=0.3, max_tokens=77, image_tokens=99),
        (
            RunServer("box", "http://box:8000/v1", "qwen", allow_outside=True, family="qwen2-vl"),
            RunServer("http://[::1]:1/v1", "http://[::1]:1/v1", "qwen"),
        ),
        RunScope(Path("/pictures/über"), recursive=True, match="*.jpg", source="filter"),
        "9.8.7",
        concurrency=5,
    )


def pictures(count: int, folder: str = "/pictures") -> list[tuple[str, str]]:
    return [(f"{folder}/{number}.jpg", f"{number}.jpg") for number in range(count)]


def answer(
    content_hash: str = "abc",
    values: Mapping[str, CellValue] | None = None,
    problems: tuple[FieldProblem, ...] = (),
    usage: Usage | None = USAGE,
    raw: str = "{}",
) -> ItemAnswer:
    return ItemAnswer(
        values={"rust": True} if values is None else values,
        raw=raw,
        problems=problems,
        confidence={"rust": 0.75},
        content_hash=content_hash,
        original_size=Size(4000, 3000),
        server="box",
        model="qwen",
        usage=usage,
        seconds=1.25,
    )


async def asked_again(runs: Runs, answers: RunAnswers, run: Run, name: str) -> Run:
    """Another run that asks the same of the same pictures."""
    items = await answers.items(run.id)
    return await runs.create(replace(run.plan, name=name), [(item.path, item.name) for item in items])
