"""Runs in the library."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.records import path_key, storable, to_time, utc_now
from desktop_app.adapters.sqlite_store.run_rows import (
    RUN_COLUMNS,
    counts_of,
    form_json,
    is_elsewhere,
    plan_json,
    refuse_if_elsewhere,
    run_of,
)
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import ItemState, Run, RunPlan, RunState


class SqliteRuns:
    """Fulfils `RunRepository`."""

    def __init__(self, library: Library, now: Callable[[], datetime] = utc_now) -> None:
        self._library = library
        self._now = now

    async def create(self, plan: RunPlan, pictures: Sequence[tuple[str, str]]) -> Run:
        if not pictures:
            raise AppError(ErrorCode.RUN_EMPTY)
        values = (storable(plan.name), to_time(self._now()), RunState.READY, plan_json(plan), form_json(plan))

        def work(connection: sqlite3.Connection) -> int:
            if connection.execute("SELECT 1 FROM runs WHERE name = ?", values[:1]).fetchone():
                raise AppError(ErrorCode.RUN_NAME_TAKEN, name=plan.name)
            row = connection.execute(
                "INSERT INTO runs (name, created, state, plan, form) VALUES (?, ?, ?, ?, ?) RETURNING id",
                values,
            ).fetchone()
            run_id = int(row[0])
            connection.executemany(
                "INSERT INTO run_items (run_id, position, path, name, state) VALUES (?, ?, ?, ?, ?)",
                (
                    (run_id, position, path_key(path), storable(name), ItemState.QUEUED)
                    for position, (path, name) in enumerate(pictures)
                ),
            )
            return run_id

        return await self.load(await self._library.write(work))

    async def all(self) -> list[Run]:
        return await self._runs("ORDER BY id DESC", ())

    async def find(self, name: str) -> Run | None:
        return next(iter(await self._runs("WHERE name = ?", (storable(name),))), None)

    async def load(self, run_id: int) -> Run:
        for run in await self._runs("WHERE id = ?", (run_id,)):
            return run
        raise AppError(ErrorCode.RUN_UNKNOWN, name=str(run_id))

    async def delete(self, run_id: int) -> None:
        owner = await self._library.owner()

        def work(connection: sqlite3.Connection) -> None:
            refuse_if_elsewhere(connection, run_id, owner)
            connection.execute("DELETE FROM runs WHERE id = ?", (run_id,))

        await self._library.write(work)

    async def _runs(self, which: str, values: tuple[str | int, ...]) -> list[Run]:
        owner = await self._library.owner()

        def work(connection: sqlite3.Connection) -> list[Run]:
            rows = connection.execute(f"SELECT {RUN_COLUMNS} FROM runs {which}", values).fetchall()
            counts = counts_of(connection, [row[0] for row in rows])
            return [run_of(row, counts[row[0]], is_elsewhere(row[-1], owner)) for row in rows]

        return await self._library.read(work)
