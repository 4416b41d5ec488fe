"""How far runs in the library are: who works on them, what is left to ask about, what became of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from desktop_app.adapters.sqlite_store.item_answers import copy_answer, put_answer
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.records import path_text, to_json
from desktop_app.adapters.sqlite_store.run_rows import plan_with_server, refuse_if_elsewhere
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem
from desktop_app.domain.runs.run import ALLOWED_MOVES, AskingMethod, ItemState, RunServer, RunState

_Changes: TypeAlias = Mapping[str, tuple[str | int | None, ...]]
"""Assignments, each with its values."""

_Change: TypeAlias = Callable[..., Awaitable[int]]
"""`Library.execute` or `Library.note`."""


class SqliteRunQueue:
    """Fulfils `RunQueue`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def take(self, run_id: int) -> None:
        owner = await self._library.owner()

        def work(connection: sqlite3.Connection) -> None:
            refuse_if_elsewhere(connection, run_id, owner)
            _queue_what_was_asked(connection, run_id)
            connection.execute("UPDATE runs SET owner = ? WHERE id = ?", (owner.id, run_id))

        await self._library.write(work)

    async def release(self, run_id: int) -> None:
        owner = await self._library.owner()
        await self._library.execute(
            "UPDATE runs SET owner = NULL WHERE id = ? AND owner = ?", run_id, owner.id
        )

    async def recover(self) -> int:
        owner = await self._library.owner()

        def work(connection: sqlite3.Connection) -> int:
            rows = connection.execute("SELECT id, owner FROM runs WHERE owner IS NOT NULL").fetchall()
            left = [run_id for run_id, of in rows if not owner.is_alive(of)]
            for run_id in left:
                _queue_what_was_asked(connection, run_id)
                connection.execute(
                    "UPDATE runs SET state = ?, failure = NULL WHERE id = ? AND state IN (?, ?)",
                    (RunState.PAUSED, run_id, RunState.RUNNING, RunState.WAITING),
                )
                connection.execute("UPDATE runs SET owner = NULL WHERE id = ?", (run_id,))
            return len(left)

        return await self._library.write(work)

    async def set_state(self, run_id: int, state: RunState, failure: AnswerFailure | None = None) -> None:
        told = to_json(failure) if failure else None
        await self._library.execute(
            "UPDATE runs SET state = ?, failure = ? WHERE id = ?", state, told, run_id
        )

    async def add_worked(self, run_id: int, seconds: float) -> None:
        await self._library.execute("UPDATE runs SET worked_s = worked_s + ? WHERE id = ?", seconds, run_id)

    async def set_method(self, run_id: int, method: AskingMethod) -> None:
        await self._library.execute("UPDATE runs SET method = ? WHERE id = ?", method, run_id)

    async def freeze_server(self, run_id: int, before: RunServer, now: RunServer) -> None:
        def work(connection: sqlite3.Connection) -> None:
            row = connection.execute("SELECT plan FROM runs WHERE id = ?", (run_id,)).fetchone()
            if row is not None:
                plan = plan_with_server(row[0], before, now)
                connection.execute("UPDATE runs SET plan = ? WHERE id = ?", (plan, run_id))

        await self._library.write(work)

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
            _check_move(connection, item_id, state)
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

    async def answered_with(self, run_id: int, content_hash: str) -> int | None:
        def work(connection: sqlite3.Connection) -> int | None:
            row = connection.execute(
                "SELECT id FROM run_items WHERE run_id = ? AND content_hash = ? AND state = ?"
                " ORDER BY position LIMIT 1",
                (run_id, content_hash, ItemState.ANSWERED),
            ).fetchone()
            return None if row is None else int(row[0])

        return await self._library.read(work)

    async def share_answer(self, item_id: int, from_item: int) -> None:
        def work(connection: sqlite3.Connection) -> None:
            _check_move(connection, item_id, ItemState.ANSWERED)
            if not copy_answer(connection, item_id, from_item):
                raise AppError(ErrorCode.UNEXPECTED, detail=f"item {from_item} has no answer to share")

        await self._library.write(work)

    async def note_content(self, contents: Mapping[int, str]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE run_items SET content_hash = ? WHERE id = ? AND state != ?",
                [(content, item_id, ItemState.ANSWERED) for item_id, content in contents.items()],
            )

        await self._library.write(work)

    async def twins(self, run_id: int, content_hash: str) -> list[int]:
        def work(connection: sqlite3.Connection) -> list[int]:
            rows = connection.execute(
                "SELECT id FROM run_items WHERE run_id = ? AND content_hash = ? AND state IN (?, ?)"
                " ORDER BY position",
                (run_id, content_hash, ItemState.QUEUED, ItemState.FAILED),
            )
            return [item_id for (item_id,) in rows]

        return await self._library.read(work)

    async def _move(
        self, item_id: int, state: ItemState, changes: _Changes, change: _Change | None = None
    ) -> None:
        """`change`: by default `Library.execute`."""
        values = [value for given in changes.values() for value in given]
        before = [one for one, allowed in ALLOWED_MOVES.items() if state in allowed]
        columns, states = ", ".join(("state = ?", *changes)), ", ".join("?" * len(before))
        move = f"UPDATE run_items SET {columns} WHERE id = ? AND state IN ({states})"
        if not await (change or self._library.execute)(move, state, *values, item_id, *before):
            found = await self._library.read(partial(_state_of, item_id=item_id))
            raise _not_allowed(item_id, found, state)


def _check_move(connection: sqlite3.Connection, item_id: int, to: ItemState) -> None:
    state = _state_of(connection, item_id)
    if state is None or to not in ALLOWED_MOVES[state]:
        raise _not_allowed(item_id, state, to)


def _state_of(connection: sqlite3.Connection, item_id: int) -> ItemState | None:
    row = connection.execute("SELECT state FROM run_items WHERE id = ?", (item_id,)).fetchone()
    return None if row is None else ItemState(row[0])


def _not_allowed(item_id: int, state: ItemState | None, to: ItemState) -> AppError:
    """A move that is not allowed is a mistake of the program; it must not cost an answer that is there."""
    before = "gone" if state is None else state.value
    return AppError(ErrorCode.UNEXPECTED, detail=f"item {item_id}: {before} to {to.value}")


def _queue_what_was_asked(connection: sqlite3.Connection, run_id: int) -> None:
    connection.execute(
        "UPDATE run_items SET state = ? WHERE run_id = ? AND state = ?",
        (ItemState.QUEUED, run_id, ItemState.ASKING),
    )


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
