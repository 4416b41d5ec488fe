"""The answer grid's item model: places of a run's rows in the order shown. `data` only looks things up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_app.domain.forms.form import Number
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.runs.rows import LOW_CONFIDENCE, GridColumn, RowFact, RunRows
from desktop_app.domain.runs.run import ItemState
from desktop_app.ui.runs.grid.row_order import Order, order_of
from desktop_app.ui.runs.grid.words import GridWords

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows.

    Attributes:
        text: one line.
        place: of its row.
        is_edited: a person has set it.
        problem: why there is no value, or not all of it.
        is_unsure: the vision model was not sure.
        failure: why the picture failed; in the cells of the form's fields only.
    """

    text: str
    place: int
    is_edited: bool = False
    problem: ProblemKind | None = None
    is_unsure: bool = False
    failure: str = ""


class GridItemModel(QAbstractTableModel):
    """Rows are known by the ids of their items; a row's number changes with every filter."""

    def __init__(self, words: GridWords) -> None:
        super().__init__()
        self._words = words
        self._rows = RunRows()
        self._columns: Sequence[GridColumn] = ()
        self._order = Order()
        self.tip_of: Callable[[int], str] = lambda item_id: ""
        """More for the tip of a row with problems: its raw answer when it is known."""

    @property
    def columns(self) -> Sequence[GridColumn]:
        return self._columns

    @property
    def rows(self) -> RunRows:
        return self._rows

    @property
    def shown(self) -> Sequence[int]:
        """Places of the rows, in the order shown."""
        return self._order.places

    def replace(self, rows: RunRows, columns: Sequence[GridColumn]) -> None:
        """Another run, all of its rows in its order."""
        self.beginResetModel()
        self._rows, self._columns = rows, columns
        self._order = order_of(range(len(rows)), len(rows))
        self.endResetModel()

    def is_same_run(self, rows: RunRows, columns: Sequence[GridColumn]) -> bool:
        """Whether the rows begin with those that are here."""
        here = self._rows.ids
        return bool(here) and rows.ids[: len(here)] == here and columns == self._columns

    def renew(self, rows: RunRows) -> None:
        """The same run as it is now; rows that were not here come behind the others, all in their order."""
        before, after = len(self._rows), len(rows)
        if before < after:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._rows, self._order = rows, order_of(range(after), after)
            self.endInsertRows()
        else:
            self._rows = rows
        self.announce(range(before))

    def arrange(self, order: Order) -> None:
        """Show these rows in this order."""
        self.beginResetModel()
        self._order = order
        self.endResetModel()

    def announce(self, places: Iterable[int]) -> None:
        """These rows have changed."""
        known = self._order.numbers  # rows that just came may be announced before they are shown
        numbers = sorted(known[place] for place in places if place < len(known) and known[place] >= 0)
        if not numbers:
            return
        last = self.columnCount() - 1
        if len(numbers) > _MOST_SIGNALS:
            self.dataChanged.emit(self.index(numbers[0], 0), self.index(numbers[-1], last))
            return
        for number in numbers:
            self.dataChanged.emit(self.index(number, 0), self.index(number, last))

    def row_of(self, item_id: int) -> int | None:
        """The number of an item's row; None when it is not shown."""
        place = self._rows.places.get(item_id)
        if place is None or place >= len(self._order.numbers) or self._order.numbers[place] < 0:
            return None
        return self._order.numbers[place]

    def rows_of(self, item_ids: Iterable[int]) -> list[int]:
        """The rows of those items that are shown, in order; for 100,000 at once."""
        numbers, places = self._order.numbers, map(self._rows.places.get, item_ids)
        return sorted(number for place in places if place is not None and (number := numbers[place]) >= 0)

    def ids_of(self, rows: range) -> list[int]:
        """The items of a stretch of rows."""
        return list(map(self._rows.ids.__getitem__, self._order.places[rows.start : rows.stop]))

    def item_id(self, row: int) -> int:
        return self._rows.ids[self._order.places[row]]

    def is_editable(self, index: _Index) -> bool:
        """Fields of pictures that were asked about, and notes."""
        column, rows = self._columns[index.column()], self._rows  # asked for every cell that is drawn
        if column.field is None:
            return column.fact is RowFact.NOTE
        place = self._order.places[index.row()]
        return rows.states[place] not in _NOT_ASKED or rows.values[column.field.key][place] is not None

    def editable_ids(self, item_ids: Sequence[int], number: int) -> tuple[int, ...]:
        """Those of them whose value in a column can be changed; for 100,000 at once."""
        column, rows = self._columns[number], self._rows
        if column.field is None:
            return tuple(item_ids) if column.fact is RowFact.NOTE else ()
        places, states, values = rows.places, rows.states, rows.values[column.field.key]
        return tuple(
            one
            for one in item_ids
            if states[(place := places[one])] not in _NOT_ASKED or values[place] is not None
        )

    def rowCount(self, parent: _Index = _NO_PARENT()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._order.places)

    def columnCount(self, parent: _Index = _NO_PARENT()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._order.places):
            return None
        place, column = self._order.places[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words.value(column, self._rows.value(place, column))
            case Qt.ItemDataRole.EditRole:
                return self._rows.value(place, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if is_number(column) else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(place, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(place, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words.heading(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            hint = column.field.hint if column.field is not None else ""
            return "\n".join(text for text in (self._words.heading(column), hint) if text)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITABLE if self.is_editable(index) else _PLAIN

    def cell(self, place: int, column: GridColumn) -> Cell:
        """All that is drawn of a cell."""
        rows = self._rows
        text = self._words.value(column, rows.value(place, column))
        if column.field is None:
            sure = rows.least_confidence(place) if column.fact is RowFact.CONFIDENCE else None
            return Cell(text, place, is_unsure=sure is not None and sure < LOW_CONFIDENCE)
        key = column.field.key
        failure = rows.failures.get(place) if rows.states[place] is ItemState.FAILED else None
        if failure is not None and not rows.edited.get(place):
            return Cell(text, place, failure=self._words.failure(failure))
        problem, sure = rows.problem(place, key), rows.sure(place, key)
        return Cell(
            self._words.short_problem(problem) if problem and rows.value(place, column) is None else text,
            place,
            is_edited=rows.is_edited(place, key),
            problem=problem,
            is_unsure=sure is not None and sure < LOW_CONFIDENCE,
        )

    def _tip(self, place: int, column: GridColumn) -> str:
        parts = [self._whole(place, column), *self._remarks(place, column)]
        has_problem = place in self._rows.problems and column.fact is not RowFact.NAME
        raw = self.tip_of(self._rows.ids[place]) if has_problem else ""
        if raw:
            parts.append(self.tr("The whole answer:") + "\n" + _shortened(raw))
        return "\n".join(part for part in parts if part)

    def _spoken(self, place: int, column: GridColumn) -> str:
        parts = [self._words.value(column, self._rows.value(place, column)), *self._remarks(place, column)]
        return ", ".join(part for part in parts if part) or self.tr("no value")

    def _whole(self, place: int, column: GridColumn) -> str:
        value = self._rows.value(place, column)
        if column.field is None:
            return self.tr("no note") if value is None else self._words.value(column, value)
        return "" if value is None else self._words.values.whole(column.field, value)

    def _remarks(self, place: int, column: GridColumn) -> list[str]:
        """What there is to say about a value beside the value."""
        rows, words = self._rows, self._words
        failure = rows.failures.get(place) if rows.states[place] is ItemState.FAILED else None
        remarks = [words.failure_in_full(failure)] if failure and column.fact is not RowFact.NAME else []
        if column.fact is RowFact.STATE and place in rows.shares:
            remarks.append(self.tr("Shared with a picture whose file is identical"))
        if column.field is None:
            return remarks
        key = column.field.key
        problem, sure = rows.problem(place, key), rows.sure(place, key)
        if rows.is_edited(place, key):
            remarks.append(words.values.by_hand(column.field, rows.original(place, key)))
        if problem is not None and failure is None:
            remarks.append(words.values.problem(problem))
        if sure is not None:
            remarks.append(words.sure(sure))
        return remarks


# Made once: putting flags together takes longer than drawing a cell's text.
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable

_NOT_ASKED = (ItemState.QUEUED, ItemState.ASKING)

_MOST_SIGNALS = 50
"""Rows announced one by one; more are announced as one range."""

_MOST_OF_RAW = 800


def is_number(column: GridColumn) -> bool:
    """Whether its values stand at the right, digit under digit."""
    return column.fact is RowFact.CONFIDENCE or (
        column.field is not None and isinstance(column.field.kind, Number)
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_OF_RAW else text[:_MOST_OF_RAW] + "…"
