"""How runs and their items stand in the library's rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from desktop_app.adapters.sqlite_store.answer_rows import failure_of
from desktop_app.adapters.sqlite_store.records import from_json, from_time, path_text, storable, to_json
from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.records import form_of, record_of
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.geometry import Size
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

RUN_COLUMNS = "id, name, created, state, plan, form, method, failure, worked_s, owner"
ITEM_COLUMNS = "id, position, path, name, state, answer, edited, note, shared_from, failure, attempts"


@dataclass(frozen=True, slots=True)
class _StoredPlan:
    """The plan without what has columns of its own."""

    options: AskOptions
    servers: tuple[RunServer, ...]
    scope: RunScope
    program_version: str
    concurrency: int


class _StoredAnswer(msgspec.Struct, frozen=True):
    """An `ItemAnswer` in JSON; a struct, because 100,000 of them are read at once."""

    values: dict[str, Any]
    raw: str
    problems: list[tuple[str, str]]
    confidence: dict[str, float]
    content_hash: str
    size: tuple[int, int]
    server: str
    model: str
    usage: tuple[int, int] | None
    seconds: float
    repaired: bool


_answers = msgspec.json.Decoder(_StoredAnswer)


def plan_json(plan: RunPlan) -> str:
    stored = _StoredPlan(plan.options, plan.servers, plan.scope, plan.program_version, plan.concurrency)
    return to_json(stored)


def plan_with_server(text: str, before: RunServer, now: RunServer) -> str:
    stored = from_json(text, _StoredPlan)
    servers = tuple(now if server == before else server for server in stored.servers)
    return to_json(replace(stored, servers=servers))


def form_json(plan: RunPlan) -> str:
    """Raises FORM_BROKEN for a form that could not be read again: its run would be in the way of all."""
    record = record_of(plan.form)
    form_of(record)
    return storable(json.dumps(record, ensure_ascii=False))


def answer_json(answer: ItemAnswer) -> str:
    usage, size = answer.usage, answer.original_size
    stored = _StoredAnswer(
        values=dict(answer.values),
        raw=answer.raw,
        problems=[(problem.key, problem.kind.value) for problem in answer.problems],
        confidence=dict(answer.confidence),
        content_hash=answer.content_hash,
        size=(size.width, size.height),
        server=answer.server,
        model=answer.model,
        usage=None if usage is None else (usage.prompt_tokens, usage.completion_tokens),
        seconds=answer.seconds,
        repaired=answer.repaired,
    )
    return storable(json.dumps(msgspec.to_builtins(stored), ensure_ascii=False))


def run_of(row: Sequence[Any], counts: RunCounts, is_elsewhere: bool) -> Run:
    run_id, name, created, state, plan, form, method, failure, worked_s, _owner = row
    stored = from_json(plan, _StoredPlan)
    return Run(
        id=run_id,
        plan=RunPlan(
            name,
            form_of(json.loads(form)),
            stored.options,
            stored.servers,
            stored.scope,
            stored.program_version,
            stored.concurrency,
        ),
        state=RunState(state),
        created=from_time(created),
        counts=counts,
        method=AskingMethod(method) if method else None,
        failure=failure_of(failure),
        worked_s=worked_s,
        is_elsewhere=is_elsewhere,
    )


def item_of(row: Sequence[Any]) -> RunItem:
    item_id, position, path, name, state, answer, edited, note, shared_from, failure, attempts = row
    return RunItem(
        id=item_id,
        position=position,
        path=path_text(path),
        name=name,
        state=ItemState(state),
        answer=None if answer is None else answer_of(answer),
        edited=json.loads(edited) if edited else {},
        note=note,
        shared_from=shared_from,
        failure=failure_of(failure),
        attempts=attempts,
    )


def answer_of(text: str) -> ItemAnswer:
    stored = _answers.decode(text)
    return ItemAnswer(
        values=stored.values,
        raw=stored.raw,
        problems=tuple(FieldProblem(key, ProblemKind(kind)) for key, kind in stored.problems),
        confidence=stored.confidence,
        content_hash=stored.content_hash,
        original_size=Size(*stored.size),
        server=stored.server,
        model=stored.model,
        usage=None if stored.usage is None else Usage(*stored.usage),
        seconds=stored.seconds,
        repaired=stored.repaired,
    )


def counts_of(connection: sqlite3.Connection, run_ids: Sequence[int]) -> Mapping[int, RunCounts]:
    """Items by state and their tokens, for several runs at once."""
    marks = ", ".join("?" * len(run_ids))
    rows = connection.execute(
        "SELECT run_id, state, count(*), count(shared_from), sum(prompt_tokens), sum(completion_tokens)"
        f" FROM run_items WHERE run_id IN ({marks}) GROUP BY run_id, state",
        run_ids,
    ).fetchall()
    gathered: dict[int, dict[str, int]] = {run_id: {} for run_id in run_ids}
    for run_id, state, count, shared, prompt, completion in rows:
        of_run = gathered[run_id]
        of_run[state] = count
        if state == ItemState.ANSWERED:  # one that waits again still has the shared answer
            of_run["shared"] = shared
        of_run["prompt_tokens"] = of_run.get("prompt_tokens", 0) + (prompt or 0)
        of_run["completion_tokens"] = of_run.get("completion_tokens", 0) + (completion or 0)
    return {run_id: RunCounts(**of_run) for run_id, of_run in gathered.items()}
