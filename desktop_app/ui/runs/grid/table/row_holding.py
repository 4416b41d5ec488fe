"""Rows stay where they are on screen while others come above them, or go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.table.pinned_table import PinnedTable

Held: TypeAlias = Sequence[tuple[int, int]]
"""Items that were on screen, the most wanted first, and how far down each was."""


class RowHolding:
    """Of one table; what is held is known by its item, as the number of its row changes."""

    def __init__(self, table: PinnedTable, model: GridItemModel) -> None:
        self._table = table
        self._model = model

    def held(self) -> Held:
        """What is on screen, first the row with the keyboard.

        Without it there is nothing to hold at the very top: what comes in there is to be seen.
        """
        table, model = self._table, self._model
        seen = {model.item_id(row): table.rowViewportPosition(row) for row in table.visible_rows()}
        current = table.currentIndex()
        item_id = model.item_id(current.row()) if current.isValid() else None
        if item_id in seen:
            return [(item_id, seen.pop(item_id)), *seen.items()]
        return list(seen.items()) if table.verticalScrollBar().value() else []

    def hold(self, held: Held) -> None:
        """Scroll so that the first of these that is still there is as far down as it was."""
        table = self._table
        table.updateGeometries()  # else the scroll bar ends where it ended before
        for item_id, down in held:
            row = self._model.row_of(item_id)
            if row is not None:
                table.verticalScrollBar().setValue(table.verticalHeader().sectionPosition(row) - down)
                return
