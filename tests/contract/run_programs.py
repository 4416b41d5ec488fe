"""Programs that use the same runs, and what tests of them say again and again."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.run_answers import SqliteRunAnswers
from desktop_app.adapters.sqlite_store.run_holding import SqliteRunHolding
from desktop_app.adapters.sqlite_store.run_queue import SqliteRunQueue
from desktop_app.adapters.sqlite_store.run_twins import SqliteRunTwins
from desktop_app.adapters.sqlite_store.runs import SqliteRuns
from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.services.runs.ports import RunAnswers, RunHolding, RunQueue, RunRepository, RunTwins
from tests.fakes.made_runs import answer, pictures, plan

BROKEN = AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", "图.jpg"), ("line", 3)), "truncated")
FULL = ItemAnswer(
    values={
        "rust": False,
        "kind": None,
        "width": 12.5,
        "count": 10**30,
        "words": 'Zeile\n"文字" \t\\ 🙂',
        "day": "2024-02-29",
        "names": ["a", ""],
        "where": [[0, 1, 4000, 3000], [5, 6, 7, 8]],
        "nowhere": [],
    },
    raw='```json\n{"rust": "no", "words": "…"}\n```',
    problems=(FieldProblem("depth", ProblemKind.OUT_OF_RANGE), FieldProblem("", ProblemKind.CUT_OFF)),
    confidence={"rust": 0.123456789012345, "kind": 1.0, "other": 0.0},
    content_hash="f" * 64,
    original_size=answer().original_size,
    server="the box 箱",
    model="qwen2-vl",
    usage=Usage(123456, 789),
    seconds=0.1 + 0.2,
    repaired=True,
    asked="Is “图.jpg” rusty?\n{}",
    sent_size=Size(1008, 28),
    family="qwen2.5-vl",
)


@dataclass(frozen=True)
class RunProgram:
    """What one program has of the runs."""

    runs: RunRepository
    holding: RunHolding
    queue: RunQueue
    twins: RunTwins
    answers: RunAnswers


class RunPrograms:
    """Programs that use the same library; two of them are two processes to each other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._running: list[tuple[RunProgram, Library]] = []

    def start(self) -> RunProgram:
        library = Library(self._path)
        program = RunProgram(
            SqliteRuns(library),
            SqliteRunHolding(library),
            SqliteRunQueue(library),
            SqliteRunTwins(library),
            SqliteRunAnswers(library),
        )
        self._running.append((program, library))
        return program

    async def end(self, program: RunProgram) -> None:
        """End the program, whatever it was working on."""
        for running, library in self._running:
            if running is program:
                await library.close()

    async def end_all(self) -> None:
        for _, library in self._running:
            await library.close()


async def made(program: RunProgram, count: int = 1, name: str = "Bridge") -> tuple[int, list[RunItem]]:
    run = await program.runs.create(plan(name), pictures(count))
    return run.id, await program.answers.items(run.id)


async def item_of(program: RunProgram, run_id: int, item_id: int) -> RunItem:
    (item,) = await program.answers.items(run_id, [item_id])
    return item


async def refusal(awaited: Awaitable[object]) -> ErrorCode:
    with pytest.raises(AppError) as caught:
        await awaited
    return caught.value.code
