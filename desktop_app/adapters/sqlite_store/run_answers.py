"""What runs in the library hold of their pictures."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from desktop_app.adapters.sqlite_store.item_rows import NAMED, RowReader, form_of_run
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.records import path_key, storable
from desktop_app.adapters.sqlite_store.run_rows import ITEMS, item_of
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.rows import RunRows
from desktop_app.domain.runs.run import ItemState

_IDS_AT_ONCE = 10_000
_ROWS_AT_ONCE = 5_000
"""Read in one go, so that a running answer can be saved in between."""


class SqliteRunAnswers:
    """Fulfils `RunAnswers`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]:
        if item_ids is not None:
            return await self._library.read(partial(_named_items, run_id=run_id, item_ids=item_ids))
        found: list[RunItem] = []
        # In pieces, so that a running answer can be saved in between.
        while piece := await self._library.read(
            partial(_next_items, run_id=run_id, after=found[-1].position if found else -1)
        ):
            found += piece
        return found

    async def first_rows(self, run_id: int, most: int) -> RunRows:
        def work(connection: sqlite3.Connection) -> RunRows:
            form = form_of_run(connection, run_id)
            rows = RunRows()
            if form is not None:
                RowReader(form, run_id).more(connection, rows, most)
            return rows

        return await self._library.read(work)

    async def rows(self, run_id: int, item_ids: Sequence[int] | None = None) -> RunRows:
        read, found = self._library.read, RunRows()
        form = await read(partial(form_of_run, run_id=run_id))
        if form is None:
            return found
        reader = RowReader(form, run_id)
        if item_ids is not None:
            return await read(partial(reader.named, item_ids=item_ids))
        # Decoded where they are read: a second thread would wait for Python's lock as long as it saves.
        await self._read_on(partial(reader.more, rows=found, most=_ROWS_AT_ONCE))
        return found

    async def _read_on(self, more: Callable[[sqlite3.Connection], int]) -> None:
        """Again and again until there is no more.

        The next time waits its turn already while one is read: whoever would have to ask for it may be
        drawing, and the library would stand still.
        """
        times = deque(asyncio.ensure_future(self._library.read(more)) for _ in range(2))
        try:
            while await times.popleft():
                times.append(asyncio.ensure_future(self._library.read(more)))
        finally:
            for one in times:
                one.cancel()

    async def failed(self, run_id: int) -> list[RunItem]:
        def work(connection: sqlite3.Connection) -> list[RunItem]:
            rows = connection.execute(
                f"{ITEMS} WHERE run_id = ? AND state = ? ORDER BY position",
                (run_id, ItemState.FAILED),
            )
            return [item_of(row) for row in rows]

        return await self._library.read(work)

    async def item_about(self, run_id: int, path: str) -> RunItem | None:
        def work(connection: sqlite3.Connection) -> RunItem | None:
            row = connection.execute(
                f"{ITEMS} WHERE path = ? AND run_id = ? ORDER BY position LIMIT 1",
                (path_key(path), run_id),
            ).fetchone()
            return None if row is None else item_of(row)

        return await self._library.read(work)

    async def edit(self, edited: Mapping[int, Mapping[str, CellValue]]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE run_items SET edited = ? WHERE id = ?",
                [(_edited_text(values), item_id) for item_id, values in edited.items()],
            )

        await self._library.write(work)

    async def annotate(self, notes: Mapping[int, str]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE run_items SET note = ? WHERE id = ?",
                [(storable(note), item_id) for item_id, note in notes.items()],
            )

        await self._library.write(work)

    async def states_of(self, paths: Sequence[str]) -> dict[str, ItemState]:
        keys = {path_key(path): path for path in paths}

        def work(connection: sqlite3.Connection) -> dict[str, ItemState]:
            rows = connection.execute(
                "SELECT i.path, i.state, max(i.run_id) FROM json_each(?) w"
                " JOIN run_items i ON i.path = w.value WHERE i.state != ? GROUP BY i.path",
                (json.dumps(list(keys)), ItemState.QUEUED),
            )
            # SQLite takes the other columns from the row that holds the maximum.
            return {keys[key]: ItemState(state) for key, state, _ in rows}

        return await self._library.read(work)

    async def field_values(self, run_name: str, key: str, content_hash: str) -> CellValue:
        def work(connection: sqlite3.Connection) -> CellValue:
            row = connection.execute(
                f"{ITEMS} WHERE content_hash = ? AND state = ?"
                " AND run_id = (SELECT id FROM runs WHERE name = ?) ORDER BY position LIMIT 1",
                (content_hash, ItemState.ANSWERED, storable(run_name)),
            ).fetchone()
            return None if row is None else item_of(row).value(key)

        return await self._library.read(work)


def _edited_text(values: Mapping[str, CellValue]) -> str | None:
    return storable(json.dumps(dict(values), ensure_ascii=False)) if values else None


def _next_items(connection: sqlite3.Connection, run_id: int, after: int) -> list[RunItem]:
    rows = connection.execute(
        f"{ITEMS} WHERE run_id = ? AND position > ? ORDER BY position LIMIT ?",
        (run_id, after, _IDS_AT_ONCE),
    )
    return [item_of(row) for row in rows]


def _named_items(connection: sqlite3.Connection, run_id: int, item_ids: Sequence[int]) -> list[RunItem]:
    rows = connection.execute(
        f"{ITEMS} WHERE {NAMED} ORDER BY position",
        (run_id, json.dumps(list(item_ids))),
    )
    return [item_of(row) for row in rows]
