"""How runs and their items stand in the library's rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.adapters.sqlite_store.answer_rows import failure_of
from desktop_app.adapters.sqlite_store.item_answers import answer_of
from desktop_app.adapters.sqlite_store.owners import Owner
from desktop_app.adapters.sqlite_store.records import from_json, from_time, path_text, storable, to_json
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.records import form_of, record_of
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import (
    AskingMethod,
    ItemState,
    Run,
    RunCounts,
    RunPlan,
    RunScope,
    RunServer,
    RunState,
    RunWish,
)

RUN_COLUMNS = "id, name, created, state, plan, form, method, failure, worked_s, wish, owner"
ITEMS = (
    "SELECT id, position, path, name, state, cells, problems, details, edited, note, shared_from, failure,"
    " attempts FROM run_items LEFT JOIN item_answers ON item_id = id"
)


@dataclass(frozen=True, slots=True)
class _StoredPlan:
    """The plan without what has columns of its own."""

    options: AskOptions
    servers: tuple[RunServer, ...]
    scope: RunScope
    program_version: str
    concurrency: int


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


def run_of(row: Sequence[Any], counts: RunCounts, is_elsewhere: bool) -> Run:
    run_id, name, created, state, plan, form, method, failure, worked_s, wish, _owner = row
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
        wish=RunWish(wish) if wish and is_elsewhere else None,
    )


def item_of(row: Sequence[Any]) -> RunItem:
    item_id, position, path, name, state, cells, problems, details = row[:8]
    edited, note, shared_from, failure, attempts = row[8:]
    return RunItem(
        id=item_id,
        position=position,
        path=path_text(path),
        name=name,
        state=ItemState(state),
        answer=None if cells is None else answer_of(cells, problems, details),
        edited=json.loads(edited) if edited else {},
        note=note,
        shared_from=shared_from,
        failure=failure_of(failure),
        attempts=attempts,
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


def is_elsewhere(of: str | None, owner: Owner) -> bool:
    """Whether another process that still lives works on a run."""
    return of is not None and of != owner.id and owner.is_alive(of)


def refuse_if_elsewhere(connection: sqlite3.Connection, run_id: int, owner: Owner) -> None:
    row = connection.execute("SELECT name, owner FROM runs WHERE id = ?", (run_id,)).fetchone()
    if row is None:
        raise AppError(ErrorCode.RUN_UNKNOWN, name=str(run_id))
    if is_elsewhere(row[1], owner):
        raise AppError(ErrorCode.RUN_IN_USE, name=row[0])
