"""From which state into which a picture of a run may go."""

from __future__ import annotations

import sqlite3

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import ALLOWED_MOVES, ItemState


def check_move(connection: sqlite3.Connection, item_id: int, to: ItemState) -> None:
    state = state_of(connection, item_id)
    if state is None or to not in ALLOWED_MOVES[state]:
        raise not_allowed(item_id, state, to)


def state_of(connection: sqlite3.Connection, item_id: int) -> ItemState | None:
    row = connection.execute("SELECT state FROM run_items WHERE id = ?", (item_id,)).fetchone()
    return None if row is None else ItemState(row[0])


def not_allowed(item_id: int, state: ItemState | None, to: ItemState) -> AppError:
    """A move that is not allowed is a mistake of the program; it must not cost an answer that is there."""
    before = "gone" if state is None else state.value
    return AppError(ErrorCode.UNEXPECTED, detail=f"item {item_id}: {before} to {to.value}")
