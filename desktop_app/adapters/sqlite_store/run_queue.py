"""What is left of runs in the library to ask about, and what became of the rest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import partial

from desktop_app.adapters.sqlite_store.item_answers import put_answer
from desktop_app.adapters.sqlite_store.item_moves import may_become, not_allowed
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.records import path_text, to_json
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem
from desktop_app.domain.runs.run import ItemState, RunState

_BEGIN = (
    f"UPDATE run_items SET state = '{ItemState.ASKING}', attempts = attempts + 1"
    f" WHERE id = ? AND {may_become(ItemState.ASKING)}"
)
_FAIL = (
    f"UPDATE run_items SET state = '{ItemState.FAILED}', failure = ?"
    f" WHERE id = ? AND {may_become(ItemState.FAILED)}"
)
_REQUEUE = (
    f"UPDATE run_items SET state = '{ItemState.QUEUED}' WHERE id = ? AND {may_become(ItemState.QUEUED)}"
)


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
        await self._refuse_unless(await self._library.note(_BEGIN, item_id), item_id, ItemState.ASKING)

    async def answer_item(self, item_id: int, answer: ItemAnswer, must_fit: bool = False) -> None:
        fails = answer.lacks_values if must_fit else not answer.is_usable
        failure = to_json(AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)) if fails else None
        state = ItemState.FAILED if fails else ItemState.ANSWERED

        def work(connection: sqlite3.Connection) -> None:
            if not put_answer(connection, item_id, state, answer, failure):
                raise not_allowed(connection, item_id, state)

        await self._library.write(work)

    async def fail_item(self, item_id: int, failure: AnswerFailure) -> None:
        moved = await self._library.execute(_FAIL, to_json(failure), item_id)
        await self._refuse_unless(moved, item_id, ItemState.FAILED)

    async def requeue_item(self, item_id: int) -> None:
        moved = await self._library.execute(_REQUEUE, item_id)
        await self._refuse_unless(moved, item_id, ItemState.QUEUED)

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

    async def _refuse_unless(self, moved: int, item_id: int, to: ItemState) -> None:
        if not moved:
            raise await self._library.read(partial(not_allowed, item_id=item_id, to=to))


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
