"""What is left of runs in the library to ask about, and what became of the rest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from desktop_app.adapters.sqlite_store.item_answers import put_answer
from desktop_app.adapters.sqlite_store.item_moves import check_move, not_allowed, state_of
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.records import path_text, to_json
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem
from desktop_app.domain.runs.run import ALLOWED_MOVES, ItemState, RunState

_Changes: TypeAlias = Mapping[str, tuple[str | int | None, ...]]
"""Assignments, each with its values."""

_Change: TypeAlias = Callable[..., Awaitable[int]]
"""`Library.execute` or `Library.note`."""


class SqliteRunQueue:
    """Fulfils `RunQueue`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def queued(
        self, run_id: int, after: int, most: int, among: Sequence[int] | None = None
    ) -> list[QueuedItem]:
        def work(connection: sqlite3.Connection) -> list[QueuedItem]:
            which, values = _among(among)
            rows = connection.execute(
                "SELECT id, position, path, attempts, cells IS NOT NULL FROM run_items"
                f" WHERE run_id = ? AND state = ? AND position > ? AND {which} ORDER BY position LIMIT ?",
                (run_id, ItemState.QUEUED, after, *values, most),
            )
            return [
                QueuedItem(item_id, position, path_text(path), attempts, bool(has_answer))
                for item_id, position, path, attempts, has_answer in rows
            ]

        return await self._library.read(work)

    async def begin_item(self, item_id: int) -> None:
        await self._move(item_id, ItemState.ASKING, {"attempts = attempts + 1": ()}, self._library.note)

    async def answer_item(self, item_id: int, answer: ItemAnswer, must_fit: bool = False) -> None:
        fails = bool(answer.problems) and (must_fit or not answer.values)
        failure = to_json(AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)) if fails else None
        state = ItemState.FAILED if fails else ItemState.ANSWERED

        def work(connection: sqlite3.Connection) -> None:
            check_move(connection, item_id, state)
            put_answer(connection, item_id, state, answer, failure)

        await self._library.write(work)

    async def fail_item(self, item_id: int, failure: AnswerFailure) -> None:
        await self._move(item_id, ItemState.FAILED, {"failure = ?": (to_json(failure),)})

    async def requeue_item(self, item_id: int) -> None:
        await self._move(item_id, ItemState.QUEUED, {})

    async def requeue(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[int]:
        finished = (ItemState.ANSWERED, ItemState.FAILED, ItemState.SKIPPED)

        def work(connection: sqlite3.Connection) -> list[int]:
            named = _failed_ids(connection, run_id) if item_ids is None else item_ids
            which, values = _among(named)
            changed = connection.execute(
                "UPDATE run_items SET state = ?, failure = NULL"  # the answer stays until there is another
                f" WHERE {which} AND run_id = ? AND state IN (?, ?, ?)",
                (ItemState.QUEUED, *values, run_id, *finished),
            )
            if changed.rowcount:
                done = (RunState.PAUSED, run_id, RunState.DONE)
                connection.execute("UPDATE runs SET state = ? WHERE id = ? AND state = ?", done)
            queued = connection.execute(
                f"SELECT id FROM run_items WHERE run_id = ? AND state = ? AND {which} ORDER BY position",
                (run_id, ItemState.QUEUED, *values),
            )
            return [item_id for (item_id,) in queued]

        return await self._library.write(work)

    async def skip(self, item_ids: Sequence[int]) -> None:
        await self._library.execute(
            "UPDATE run_items SET state = ? WHERE id IN (SELECT value FROM json_each(?)) AND state IN (?, ?)",
            ItemState.SKIPPED,
            json.dumps(list(item_ids)),
            ItemState.QUEUED,
            ItemState.FAILED,
        )

    async def _move(
        self, item_id: int, state: ItemState, changes: _Changes, change: _Change | None = None
    ) -> None:
        """`change`: by default `Library.execute`."""
        values = [value for given in changes.values() for value in given]
        before = [one for one, allowed in ALLOWED_MOVES.items() if state in allowed]
        columns, states = ", ".join(("state = ?", *changes)), ", ".join("?" * len(before))
        move = f"UPDATE run_items SET {columns} WHERE id = ? AND state IN ({states})"
        if not await (change or self._library.execute)(move, state, *values, item_id, *before):
            found = await self._library.read(partial(state_of, item_id=item_id))
            raise not_allowed(item_id, found, state)


def _among(item_ids: Sequence[int] | None) -> tuple[str, tuple[str, ...]]:
    """A condition for these items, None for any, and its values."""
    if item_ids is None:
        return "true", ()
    return "id IN (SELECT value FROM json_each(?))", (json.dumps(list(item_ids)),)


def _failed_ids(connection: sqlite3.Connection, run_id: int) -> list[int]:
    rows = connection.execute(
        "SELECT id FROM run_items WHERE run_id = ? AND state = ?", (run_id, ItemState.FAILED)
    )
    return [item_id for (item_id,) in rows]
