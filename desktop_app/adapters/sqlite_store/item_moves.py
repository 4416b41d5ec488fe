"""From which state into which a picture of a run may go."""

from __future__ import annotations

import sqlite3
from functools import cache

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import ALLOWED_MOVES, ItemState


@cache
def may_become(to: ItemState) -> str:
    """A condition for the items that may go into this state."""
    before = ", ".join(f"'{state}'" for state, allowed in ALLOWED_MOVES.items() if to in allowed)
    return f"state IN ({before})"


def not_allowed(connection: sqlite3.Connection, item_id: int, to: ItemState) -> AppError:
    """A move that is not allowed is a mistake of the program; it must not cost an answer that is there."""
    row = connection.execute("SELECT state FROM run_items WHERE id = ?", (item_id,)).fetchone()
    before = "gone" if row is None else row[0]
    return AppError(ErrorCode.UNEXPECTED, detail=f"item {item_id}: {before} to {to.value}")
