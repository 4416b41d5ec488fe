"""Puts rows of the grid on the clipboard, some at a time, so that the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from desktop_app.domain.runs.rows import GridColumn, RunRows
from desktop_app.domain.runs.table import inert
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.words import GridWords

MOST = 5_000
"""Rows that go to the clipboard; for more there is the export."""

_AT_ONCE = 200


class RowCopying(QObject):
    """As a spreadsheet takes them, with the names of the columns. The last copy that was begun counts.

    Signals:
        cut_short(how many): only so many of the rows were copied.
    """

    cut_short = Signal(int)

    def __init__(self, model: GridItemModel, words: GridWords) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._rows = RunRows()
        self._columns: Sequence[GridColumn] = ()
        self._left: Iterator[int] = iter(())
        self._lines: list[str] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._go_on)

    def begin(self, stretches: Sequence[range]) -> None:
        """Copy these rows of the model; a few are on the clipboard at once."""
        model = self._model
        shown = chain.from_iterable(model.shown[part.start : part.stop] for part in stretches)
        self._left = iter(list(islice(shown, MOST)))
        self._rows, self._columns = model.rows, model.columns
        self._lines = [_line(_safe(self._words.heading(one)) for one in self._columns)]
        self._go_on()
        if sum(map(len, stretches)) > MOST:
            self.cut_short.emit(MOST)

    def _go_on(self) -> None:
        places = list(islice(self._left, _AT_ONCE))
        self._lines += [_line(self._text(place, one) for one in self._columns) for place in places]
        if len(places) == _AT_ONCE:
            self._next.start(0)
        else:
            QGuiApplication.clipboard().setText("\n".join(self._lines))

    def _text(self, place: int, column: GridColumn) -> str:
        value = self._rows.value(place, column)
        text = self._words.value(column, value)
        return text if isinstance(value, int | float) else _safe(text)


def _safe(text: str) -> str:
    """With a sign before what a spreadsheet would run; it takes the sign away when the text is pasted."""
    return str(inert(text))


def _line(texts: Iterator[str]) -> str:
    return "\t".join(" ".join(text.split()) for text in texts)
