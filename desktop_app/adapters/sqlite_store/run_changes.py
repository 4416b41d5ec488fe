"""What other processes change in the library, and in which items of a run."""

from __future__ import annotations

import sqlite3

from desktop_app.adapters.sqlite_store.library import Library

_STAMP = (
    "state || '/' || attempts || '/' || coalesce(content_hash, '') || '/' || coalesce(shared_from, '')"
    " || '/' || coalesce(edited, '') || '/' || note"
)
"""Another text once an item was asked, answered, given up, corrected or annotated."""

_NEW = "queued/0////"
"""The stamp of an item that nothing has happened to since its run was made."""

# A temporary table belongs to this connection alone; SQLite compares 100,000 items without Python.
_SEEN = (
    "CREATE TEMP TABLE IF NOT EXISTS seen_items"
    " (run_id INTEGER NOT NULL, item_id INTEGER NOT NULL, stamp TEXT NOT NULL, PRIMARY KEY (run_id, item_id))"
    " WITHOUT ROWID"
)
_CHANGED = (
    f"SELECT i.id, {_STAMP} FROM run_items i"
    " LEFT JOIN temp.seen_items s ON s.run_id = i.run_id AND s.item_id = i.id"
    f" WHERE i.run_id = ? AND coalesce(s.stamp, '{_NEW}') != {_STAMP} ORDER BY i.position"
)


class SqliteRunChanges:
    """Fulfils `RunChanges`."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._version: int | None = None

    async def is_changed(self) -> bool:
        def work(connection: sqlite3.Connection) -> int:
            # Stays the same when this connection writes, and this process has no other one.
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

        before, self._version = self._version, await self._library.read(work)
        return self._version != before

    async def items(self, run_id: int) -> list[int]:
        def work(connection: sqlite3.Connection) -> list[int]:
            connection.execute(_SEEN)
            found = connection.execute(_CHANGED, (run_id,)).fetchall()
            connection.executemany(
                "INSERT OR REPLACE INTO temp.seen_items VALUES (?, ?, ?)",
                ((run_id, item_id, stamp) for item_id, stamp in found),
            )
            return [item_id for item_id, _ in found]

        return await self._library.read(work)

    async def forget(self, run_id: int) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute(_SEEN)
            connection.execute("DELETE FROM temp.seen_items WHERE run_id = ?", (run_id,))

        await self._library.read(work)
