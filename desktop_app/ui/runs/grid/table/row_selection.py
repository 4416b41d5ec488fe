"""Selected rows of the grid as stretches; never one by one, as there may be 100,000."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionRange

from desktop_app.ui.runs.grid.table.item_model import GridItemModel

MOST_PARTS = 5_000
"""Stretches of selected rows that are kept when the order changes; more would hold the window up."""


def stretches_of(selection: QItemSelection) -> list[range]:
    """The rows that are selected, in order."""
    parts = [selection.at(number) for number in range(selection.count())]
    return sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda rows: rows.start)


def selection_of(model: GridItemModel, item_ids: Iterable[int]) -> QItemSelection | None:
    """These items, as far as they are shown; None when they are scattered too widely."""
    selection, last = QItemSelection(), model.columnCount() - 1
    parts = _stretches(model.rows_of(item_ids))
    if len(parts) > MOST_PARTS:
        return None
    for rows in parts:
        selection.append(QItemSelectionRange(model.index(rows.start, 0), model.index(rows.stop - 1, last)))
    return selection


def _stretches(rows: Sequence[int]) -> list[range]:
    if rows and rows[-1] - rows[0] + 1 == len(rows):
        return [range(rows[0], rows[-1] + 1)]
    parts: list[range] = []
    for row in rows:
        if parts and parts[-1].stop == row:
            parts[-1] = range(parts[-1].start, row + 1)
        else:
            parts.append(range(row, row + 1))
    return parts
