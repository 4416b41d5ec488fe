"""What the library of version 2 in tests/data holds.

It was made by the program of that version: `python -m tests.adapters.sqlite_store.library_version_2 FILE`.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AnswerFailure
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
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.domain.runs.run import ItemState
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import pictures, plan

FORM = Form(
    "Everything",
    (
        FormField("class", "Rust", YesNo()),
        FormField("count", "Count", Number(whole=True)),
        FormField("width", "Width", Number("mm")),
        FormField("words", "Words", Text()),
        FormField("kind", "Kind", Choice(("a, b", 'c "d"', "空"))),
        FormField("kinds", "Kinds", Choices(("x", "y", "空"))),
        FormField("day", "Day", Date(), required=False),
        FormField("list", "List", Items()),
        FormField("where", "Where", Places()),
    ),
)
WHOLE = ItemAnswer(
    values={
        "class": False,
        "count": 10**30,
        "width": 0.1 + 0.2,
        "words": 'He said: "no", 是的\n\t\\ /\0 🙂',
        "kind": 'c "d"',
        "kinds": ["x", "空"],
        "day": None,
        "list": ["1", "", "zwei"],
        "where": [[0, 1, 4000, 3000], [5, 6, 7, 8]],
    },
    raw='```json\n{"class": "no", "words": "…"}\n```',
    problems=(),
    confidence={"class": 0.123456789012345, "kind": 1.0},
    content_hash="f" * 64,
    original_size=Size(4000, 3000),
    server="the box 箱",
    model="qwen2-vl",
    usage=Usage(123456, 789),
    seconds=1e-7,
    repaired=True,
)
HALF = ItemAnswer(
    values={"class": True, "words": "", "kinds": [], "list": [], "where": []},
    raw='{"class": true, "count": "many"}',
    problems=(FieldProblem("count", ProblemKind.WRONG_TYPE), FieldProblem("day", ProblemKind.NOT_A_DATE)),
    confidence={},
    content_hash="ab" * 32,
    original_size=Size(1, 1),
    server="box",
    model="qwen",
    usage=None,
    seconds=2.5,
)
UNREADABLE = ItemAnswer(
    values={},
    raw="",
    problems=(FieldProblem("", ProblemKind.NO_JSON),),
    confidence={},
    content_hash="cd" * 32,
    original_size=Size(2, 3),
    server="box",
    model="qwen",
    usage=Usage(1, 0),
    seconds=0.0,
)
BROKEN = AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", "图.jpg"), ("line", 3)), "truncated")
NO_FORM = AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)
CHANGED = {"width": 5.5, "class": None, "words": "改"}


def items() -> list[RunItem]:
    """The pictures of the first run, as the program of version 2 told them."""
    answered, failed, queued = ItemState.ANSWERED, ItemState.FAILED, ItemState.QUEUED
    paths = pictures(9)
    told: tuple[dict[str, Any], ...] = (
        {"state": answered, "answer": WHOLE, "attempts": 1},
        {"state": answered, "answer": HALF, "attempts": 1, "edited": {"count": 3}, "note": "看过\nonce"},
        {"state": failed, "answer": UNREADABLE, "attempts": 1, "failure": NO_FORM},
        {"state": failed, "attempts": 1, "failure": BROKEN},
        {"state": answered, "answer": WHOLE, "shared_from": 1, "edited": CHANGED},
        {"state": queued, "answer": HALF, "attempts": 1},
        {"state": ItemState.SKIPPED, "note": "blurred"},
        {"state": ItemState.ASKING, "attempts": 1},
        {"state": queued},
    )
    return [
        RunItem(id=place + 1, position=place, path=path, name=name, **given)
        for place, ((path, name), given) in enumerate(zip(paths, told, strict=True))
    ]


async def _fill(runs: LibraryRuns) -> None:
    run = await runs.create(plan("Everything", FORM), pictures(9))
    for item in items():
        if item.attempts:
            await runs.begin_item(item.id)
        if item.answer is not None and item.shared_from is None:
            await runs.answer_item(item.id, item.answer)
        elif item.state is ItemState.FAILED:
            await runs.fail_item(item.id, BROKEN)
        if item.shared_from is not None:
            await runs.share_answer(item.id, item.shared_from)
        if item.edited:
            await runs.edit({item.id: item.edited})
        if item.note:
            await runs.annotate({item.id: item.note})
    await runs.requeue(run.id, [6])
    await runs.skip([7])
    await runs.note_content({6: "ef" * 32})
    other = await runs.create(plan("Waiting"), pictures(2, "/elsewhere"))
    assert await runs.items(run.id) == items()
    assert len(await runs.items(other.id)) == 2


async def _make(path: Path) -> None:
    library = Library(path)
    await _fill(LibraryRuns(library))
    await library.close()


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        asyncio.run(_make(path))
        with contextlib.closing(sqlite3.connect(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            target.write_text(f"PRAGMA user_version = {version};\n" + "\n".join(connection.iterdump()) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
