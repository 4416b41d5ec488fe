"""Pictures of runs in the library that hold the same bytes, and the answers they share."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from desktop_app.adapters.sqlite_store.item_answers import copy_answer
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import ItemState


class SqliteRunTwins:
    """Fulfils `RunTwins`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def note_content(self, contents: Mapping[int, str]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE run_items SET content_hash = ? WHERE id = ? AND state != ?",
                [(content, item_id, ItemState.ANSWERED) for item_id, content in contents.items()],
            )

        await self._library.write(work)

    async def waiting_with(self, run_id: int, content_hash: str) -> list[int]:
        def work(connection: sqlite3.Connection) -> list[int]:
            rows = connection.execute(
                "SELECT id FROM run_items WHERE run_id = ? AND content_hash = ? AND state IN (?, ?)"
                " ORDER BY position",
                (run_id, content_hash, ItemState.QUEUED, ItemState.FAILED),
            )
            return [item_id for (item_id,) in rows]

        return await self._library.read(work)

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
            if not copy_answer(connection, item_id, from_item):
                detail = f"item {item_id} cannot share an answer of {from_item}"
                raise AppError(ErrorCode.UNEXPECTED, detail=detail)

        await self._library.write(work)
