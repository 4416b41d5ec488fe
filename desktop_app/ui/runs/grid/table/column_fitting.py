"""Keeps the columns of the answer grid at widths that suit them, until a person chooses others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from desktop_app.ui.runs.grid.table.answer_table import AnswerTable
from desktop_app.ui.runs.grid.table.column_widths import column_widths
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme


class ColumnFitting(QObject):
    """Signals:
    moved: columns are elsewhere, or wider or narrower.
    """

    moved = Signal()

    def __init__(self, theme: Theme, words: GridWords, table: AnswerTable, model: GridItemModel) -> None:
        super().__init__(table)
        self._theme = theme
        self._words = words
        self._table = table
        self._model = model
        self._were_chosen = False
        table.header.sectionResized.connect(self._resized)
        table.viewport().installEventFilter(self)

    def begin(self) -> None:
        """Other columns: what was chosen for those before does not count any more."""
        self._were_chosen = False
        self._table.horizontalScrollBar().setValue(0)
        self._table.doItemsLayout()  # the scroll bar takes its room before the columns do
        self.fit()

    def fit(self) -> None:
        """Use the room there is now, unless the person chose widths."""
        if self._were_chosen or not self._model.columns:
            return
        table, header = self._table, self._table.header
        widths = column_widths(self._model, self._words, self._theme, table.viewport().width())
        if widths == [header.sectionSize(number) for number in range(len(widths))]:
            return
        header.blockSignals(True)  # not the person's doing
        for number, width in enumerate(widths):
            table.setColumnWidth(number, width)
        header.blockSignals(False)
        table.updateGeometries()
        table.viewport().update()
        self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

    def _resized(self) -> None:
        self._were_chosen = True
        self.moved.emit()
