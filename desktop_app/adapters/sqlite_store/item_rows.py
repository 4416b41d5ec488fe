"""Reads a run's items for the answer grid: 100,000 at once, so nothing that only their details need.

SQLite hands over whole columns of many items as one text each: it makes them without Python and without its
lock, and one call decodes all of their cells. The decoder is told what a value of each field can be and has
not to find out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Literal

import msgspec
from msgspec.structs import astuple

from desktop_app.adapters.sqlite_store.answer_rows import failure_of
from desktop_app.domain.forms.form import Choice, Choices, Date, FieldKind, Form, Text, YesNo
from desktop_app.domain.forms.records import form_of
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.runs.rows import RunRows
from desktop_app.domain.runs.run import ItemState

_TOGETHER = 1_000
"""Items whose columns are one text; with longer texts SQLite and Python spend more time on copying them."""

_STATES = {state.value: state for state in ItemState}
_VALUES, _CONFIDENCE = attrgetter("values"), attrgetter("confidence")
_BETWEEN = "\0"
"""Between names; no file system allows it in one."""

_MORE = "coalesce(problems, edited, shared_from, failure, nullif(note, ''))"
"""NULL for most items."""

_DENSE = (
    "SELECT '[' || group_concat(id) || ']', group_concat(name, char(0)), group_concat(state),"
    f" CAST('[' || group_concat(coalesce(cells, json_object())) || ']' AS BLOB), count({_MORE})"
    " FROM {source}"
)
_SPARSE = f"SELECT id, problems, edited, note, shared_from, failure FROM {{source}} AND {_MORE} IS NOT NULL"
_PIECE = "run_items INDEXED BY run_items_in_order WHERE run_id = ? AND position >= ? AND position < ?"
"""In the order of the index; to hand rows on from a sorted query would take a sixth longer."""

NAMED = "+run_id = ? AND id IN (SELECT value FROM json_each(?))"
"""The plus keeps SQLite from looking through the whole run for a few items."""

_NAMED = f"(SELECT * FROM run_items WHERE {NAMED} ORDER BY position) WHERE true"


class RowReader:
    """Reads the rows of one run; to be called where the library's jobs are done."""

    def __init__(self, form: Form, run_id: int) -> None:
        self._form = form
        self._run_id = run_id
        self._unsure = [one.key for one in form.fields if isinstance(one.kind, YesNo | Choice)]
        values = _struct("Values", {one.key: _type_of(one.kind) for one in form.fields})
        confidence = _struct("Confidence", dict.fromkeys(self._unsure, float))
        parts = [("values", values, values()), ("confidence", confidence, confidence())]
        cells: Any = msgspec.defstruct("Cells", parts, frozen=True, gc=False)
        self._cells = msgspec.json.Decoder(list[cells])
        self._shared = {one.key: _values_to_share(one.kind) for one in form.fields}

    def more(self, connection: sqlite3.Connection, rows: RunRows, most: int) -> int:
        """Put the next items behind rows that begin with the first one; how many there were."""
        before = len(rows)
        for first in range(before, before + most, _TOGETHER):
            end = min(before + most, first + _TOGETHER)
            rows.append(self._read(connection, _PIECE, (self._run_id, first, end)))
        return len(rows) - before

    def named(self, connection: sqlite3.Connection, item_ids: Sequence[int]) -> RunRows:
        """These items."""
        return self._read(connection, _NAMED, (self._run_id, json.dumps(list(item_ids))))

    def _read(self, connection: sqlite3.Connection, source: str, values: tuple[Any, ...]) -> RunRows:
        dense = connection.execute(_DENSE.format(source=source), values).fetchone()
        if dense[0] is None:
            return RunRows()
        *columns, has_more = dense
        rows = self._decoded(*columns)
        if has_more:
            for sparse in connection.execute(_SPARSE.format(source=source), values):
                _take(rows, *sparse)
        return rows

    def _decoded(self, ids: str, names: str, states: str, cells: bytes) -> RunRows:
        found = self._cells.decode(cells)
        values = zip(*map(astuple, map(_VALUES, found)), strict=True)
        sure = zip(*map(astuple, map(_CONFIDENCE, found)), strict=True)
        return RunRows(
            ids=msgspec.json.decode(ids, type=list[int]),
            names=names.split(_BETWEEN),
            states=list(map(_STATES.__getitem__, states.split(","))),
            values={
                one.key: self._column(one.key, column)
                for one, column in zip(self._form.fields, values, strict=True)
            },
            confidence={key: list(column) for key, column in zip(self._unsure, sure, strict=True)},
        )

    def _column(self, key: str, values: Iterable[Any]) -> list[Any]:
        known = self._shared[key]
        return list(values if known is None else map(known.__getitem__, values))


class _ValuesToShare(dict[Any, Any]):
    """Equal values as one object, where they are few: less memory, and nothing that Python's garbage
    collector has to look through. Lists come as tuples.
    """

    def __missing__(self, value: Any) -> Any:
        self[value] = kept = list(value) if isinstance(value, tuple) else value
        return kept


def form_of_run(connection: sqlite3.Connection, run_id: int) -> Form | None:
    """What a run asks; None when there is no such run."""
    row = connection.execute("SELECT form FROM runs WHERE id = ?", (run_id,)).fetchone()
    return None if row is None else form_of(json.loads(row[0]))


def _struct(name: str, kinds: dict[str, Any]) -> Any:
    """A type with known places for values of these kinds, by key; None for one that is missing."""
    # Keys of forms may be words that mean something to Python, so the attributes have names of their own.
    rename = {f"value_{number}": key for number, key in enumerate(kinds)}
    fields = [(attribute, kinds[key] | None, None) for attribute, key in rename.items()]
    return msgspec.defstruct(name, fields, rename=rename, frozen=True, gc=False)


def _type_of(kind: FieldKind) -> Any:
    """What a value of the library can be; options come out as one object each, whatever their number."""
    match kind:
        case YesNo():
            return bool
        case Choice(options=options):
            return Literal[options]
        case Choices(options=options):
            return tuple[Literal[options], ...]  # type: ignore[valid-type]
        case Text() | Date():
            return str
        case _:
            return object


def _take(
    rows: RunRows,
    item_id: int,
    problems: str | None,
    edited: str | None,
    note: str,
    shared_from: int | None,
    failure: str | None,
) -> None:
    """What only some items have."""
    place = rows.places[item_id]
    if problems:
        rows.problems[place] = {key: ProblemKind(kind) for key, kind in json.loads(problems)}
    if edited:
        _set_edited(rows, place, json.loads(edited))
    if note:
        rows.notes[place] = note
    if shared_from is not None:
        rows.shares.add(place)
    told = failure_of(failure)
    if told is not None:
        rows.failures[place] = told


def _values_to_share(kind: FieldKind) -> _ValuesToShare | None:
    return _ValuesToShare() if isinstance(kind, Date | Choices) else None


def _set_edited(rows: RunRows, place: int, edited: dict[str, Any]) -> None:
    rows.edited[place] = edited
    rows.answered[place] = {key: column[place] for key, column in rows.values.items()}
    for key, value in edited.items():
        if key in rows.values:
            rows.values[key][place] = value
