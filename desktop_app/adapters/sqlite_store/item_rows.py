"""Reads a run's items for the answer grid: 100,000 at once, so nothing that only their details need.

The decoder of answers is told what a value of each field can be and need not find out, which takes half of
the time; it skips what is not asked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Literal

import msgspec

from desktop_app.adapters.sqlite_store.answer_rows import failure_of
from desktop_app.domain.forms.form import Choice, Choices, Date, FieldKind, Form, Text, YesNo
from desktop_app.domain.forms.records import form_of
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.runs.rows import RunRows
from desktop_app.domain.runs.run import ItemState

AT_ONCE = 5_000
"""Items in a piece, so that a running answer can be saved in between."""

_STATES = {state.value: state for state in ItemState}

ROWS = (
    "SELECT id, name, state, answer, edited, note, shared_from, failure FROM run_items"
    " WHERE {which} ORDER BY position"
)
_PIECE = "run_id = ? AND position >= ? AND position < ?"
NAMED = "+run_id = ? AND id IN (SELECT value FROM json_each(?))"
"""The plus keeps SQLite from looking through the whole run for a few items."""


class RowReader:
    """Reads the rows of one run; to be called where the library's jobs are done."""

    def __init__(self, form: Form, run_id: int) -> None:
        self._form = form
        self._run_id = run_id
        # Keys of forms may be words that mean something to Python, so the attributes have names of their own.
        self._names = {one.key: f"value_{number}" for number, one in enumerate(form.fields)}
        self._unsure = [one.key for one in form.fields if isinstance(one.kind, YesNo | Choice)]
        fields = {self._names[one.key]: (one.key, _type_of(one.kind)) for one in form.fields}
        values = _struct("Values", fields)
        confidence = _struct("Confidence", {self._names[key]: (key, float) for key in self._unsure})
        answer: Any = msgspec.defstruct(
            "Answer",
            [("values", values), ("confidence", confidence), ("problems", tuple[tuple[str, str], ...])],
            frozen=True,
            gc=False,
        )
        self._decode = msgspec.json.Decoder(answer).decode
        self._nothing = answer(values(), confidence(), ())

    def piece(self, connection: sqlite3.Connection, start: int, most: int) -> RunRows:
        """The items from a position on; empty behind the last one."""
        return self._read(connection, _PIECE, (start, start + most))

    def named(self, connection: sqlite3.Connection, item_ids: Sequence[int]) -> RunRows:
        """These items."""
        return self._read(connection, NAMED, (json.dumps(list(item_ids)),))

    def _read(self, connection: sqlite3.Connection, which: str, values: tuple[Any, ...]) -> RunRows:
        found = connection.execute(ROWS.format(which=which), (self._run_id, *values)).fetchall()
        if not found:
            return RunRows()
        ids, names, states, texts, edited, notes, shared, failures = zip(*found, strict=True)
        answers = [self._nothing if text is None else self._decode(text) for text in texts]
        rows = self._answered(answers)
        rows.ids, rows.names = list(ids), list(names)
        rows.states = list(map(_STATES.__getitem__, states))
        rows.notes = {place: note for place, note in enumerate(notes) if note}
        rows.shares = {place for place, item_id in enumerate(shared) if item_id is not None}
        for place, text in enumerate(failures):
            told = failure_of(text)
            if told is not None:
                rows.failures[place] = told
        for place, text in enumerate(edited):
            if text:
                _set_edited(rows, place, json.loads(text))
        return rows

    def _answered(self, answers: Sequence[Any]) -> RunRows:
        """What the vision models told, as columns."""
        values, sure = [one.values for one in answers], [one.confidence for one in answers]
        rows = RunRows(
            values={
                one.key: _shared(one.kind, list(map(attrgetter(self._names[one.key]), values)))
                for one in self._form.fields
            },
            confidence={key: list(map(attrgetter(self._names[key]), sure)) for key in self._unsure},
        )
        for place, one in enumerate(answers):
            if one.problems:
                rows.problems[place] = {key: ProblemKind(kind) for key, kind in one.problems}
        return rows


def form_of_run(connection: sqlite3.Connection, run_id: int) -> Form | None:
    """What a run asks; None when there is no such run."""
    row = connection.execute("SELECT form FROM runs WHERE id = ?", (run_id,)).fetchone()
    return None if row is None else form_of(json.loads(row[0]))


def _struct(name: str, attributes: dict[str, tuple[str, Any]]) -> Any:
    """A type with known places for these attributes, each with its key in JSON and its type."""
    rename = {attribute: key for attribute, (key, _) in attributes.items()}
    fields = [(attribute, kind | None, None) for attribute, (_, kind) in attributes.items()]
    return msgspec.defstruct(name, fields, rename=rename, frozen=True, gc=False)


def _type_of(kind: FieldKind) -> Any:
    """What a value of the library can be; options come out as one object each, whatever their number."""
    match kind:
        case YesNo():
            return bool
        case Choice(options=options):
            return Literal[options]
        case Choices(options=options):
            return list[Literal[options]]  # type: ignore[valid-type]
        case Text() | Date():
            return str
        case _:
            return object


def _shared(kind: FieldKind, column: list[Any]) -> list[Any]:
    """The column with equal values as one object, where they are few: less memory, and nothing that Python's
    garbage collector has to look through.
    """
    known: dict[Any, Any] = {}
    match kind:
        case Date():
            return list(map(known.setdefault, column, column))
        case Choices():
            return [None if value is None else known.setdefault(tuple(value), value) for value in column]
        case _:
            return column


def _set_edited(rows: RunRows, place: int, edited: dict[str, Any]) -> None:
    rows.edited[place] = edited
    rows.answered[place] = {key: column[place] for key, column in rows.values.items()}
    for key, value in edited.items():
        if key in rows.values:
            rows.values[key][place] = value
