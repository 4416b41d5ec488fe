"""Who works on runs in the library, and how each run as a whole stands."""

from __future__ import annotations

import sqlite3

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.records import to_json
from desktop_app.adapters.sqlite_store.run_rows import is_elsewhere, plan_with_server, refuse_if_elsewhere
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.runs.run import AskingMethod, ItemState, RunServer, RunState, RunWish


class SqliteRunHolding:
    """Fulfils `RunHolding`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def take(self, run_id: int) -> None:
        owner = await self._library.owner()

        def work(connection: sqlite3.Connection) -> None:
            refuse_if_elsewhere(connection, run_id, owner)
            _queue_what_was_asked(connection, run_id)
            connection.execute("UPDATE runs SET owner = ?, wish = NULL WHERE id = ?", (owner.id, run_id))

        await self._library.write(work)

    async def release(self, run_id: int) -> None:
        owner = await self._library.owner()
        await self._library.execute(
            "UPDATE runs SET owner = NULL, wish = NULL WHERE id = ? AND owner = ?", run_id, owner.id
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
                connection.execute("UPDATE runs SET owner = NULL, wish = NULL WHERE id = ?", (run_id,))
            return len(left)

        return await self._library.write(work)

    async def wish(self, run_id: int, wish: RunWish) -> bool:
        owner = await self._library.owner()

        def work(connection: sqlite3.Connection) -> str | None:
            row = connection.execute("SELECT owner FROM runs WHERE id = ?", (run_id,)).fetchone()
            return None if row is None else row[0]

        of = await self._library.read(work)
        if not is_elsewhere(of, owner):
            return False
        # Nothing is lost with it: whoever wished waits for what comes of it.
        told = "UPDATE runs SET wish = ? WHERE id = ? AND owner = ?"
        return bool(await self._library.note(told, wish, run_id, of))

    async def wished(self, run_id: int) -> RunWish | None:
        owner = await self._library.owner()

        def work(connection: sqlite3.Connection) -> RunWish | None:
            row = connection.execute(
                "SELECT wish FROM runs WHERE id = ? AND owner = ? AND wish != ?",
                (run_id, owner.id, RunWish.HEARD),
            ).fetchone()
            return None if row is None else RunWish(row[0])

        return await self._library.read(work)

    async def hear(self, run_id: int, wish: RunWish) -> None:
        await self._library.note(
            "UPDATE runs SET wish = ? WHERE id = ? AND wish = ?", RunWish.HEARD, run_id, wish
        )

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


def _queue_what_was_asked(connection: sqlite3.Connection, run_id: int) -> None:
    connection.execute(
        "UPDATE run_items SET state = ? WHERE run_id = ? AND state = ?",
        (ItemState.QUEUED, run_id, ItemState.ASKING),
    )
