"""Tells which rows of the answer grid are on screen, when it has come to rest."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.table.pinned_table import PinnedTable

_REST_MS = 60


class RowsOnScreen(QObject):
    """Signals:
    changed: ids on screen, and those around them that come next.
    """

    changed = Signal(object, object)

    def __init__(self, table: PinnedTable, model: GridItemModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._tell)
        table.verticalScrollBar().valueChanged.connect(self.look)
        model.modelReset.connect(self.look)

    def look(self) -> None:
        """Others may be on screen now."""
        self._rest.start()

    def _tell(self) -> None:
        model, rows = self._model, self._table.visible_rows()
        count, total = len(rows), model.rowCount()
        below = range(rows.stop, min(total, rows.stop + count))
        above = range(max(0, rows.start - count), rows.start)
        nearby = [model.item_id(row) for row in (*below, *reversed(above))]
        self.changed.emit([model.item_id(row) for row in rows], nearby)
