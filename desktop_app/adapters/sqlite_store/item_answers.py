"""Answers of a run's pictures in the library.

What the answer grid needs of an answer stands in its picture's row: with all of an answer there SQLite would
have to read through 100,000 of them. The rest has a table of its own.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import msgspec

from desktop_app.adapters.sqlite_store.item_moves import may_become
from desktop_app.adapters.sqlite_store.records import storable
from desktop_app.domain.answers import Usage
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.runs.run import ItemState

_PUT = (
    "UPDATE run_items SET state = ?, failure = ?, content_hash = ?, cells = ?, problems = ?,"
    " prompt_tokens = coalesce(prompt_tokens, 0) + ?, completion_tokens = coalesce(completion_tokens, 0) + ?,"
    " shared_from = NULL WHERE id = ? AND "
)
_COPY = (
    "UPDATE run_items SET state = ?, failure = NULL, content_hash = s.content_hash, cells = s.cells,"
    " problems = s.problems, shared_from = s.id"
    " FROM (SELECT id, content_hash, cells, problems FROM run_items WHERE id = ?) s"
    f" WHERE run_items.id = ? AND s.cells IS NOT NULL AND {may_become(ItemState.ANSWERED)}"
)
_PUT_DETAILS = "INSERT OR REPLACE INTO item_answers (item_id, details) VALUES (?, ?)"
_COPY_DETAILS = (
    "INSERT OR REPLACE INTO item_answers (item_id, details) SELECT ?, details FROM item_answers"
    " WHERE item_id = ?"
)


class _Cells(msgspec.Struct, frozen=True):
    """What the grid shows."""

    values: dict[str, Any]
    confidence: dict[str, float]


class _Details(msgspec.Struct, frozen=True, omit_defaults=True):
    """What only the details of one picture and exports tell."""

    raw: str
    content_hash: str
    size: tuple[int, int]
    server: str
    model: str
    usage: tuple[int, int] | None
    seconds: float
    repaired: bool
    asked: str = ""
    sent: tuple[int, int] | None = None
    family: str = ""


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_cells = msgspec.json.Decoder(_Cells)
_problems = msgspec.json.Decoder(list[tuple[str, str]])
_details = msgspec.json.Decoder(_Details)


def put_answer(
    connection: sqlite3.Connection, item_id: int, state: ItemState, answer: ItemAnswer, failure: str | None
) -> bool:
    """In place of the one that was there, in a transaction; False when the item may not go into the state."""
    usage, size = answer.usage, answer.original_size
    cells = _Cells(dict(answer.values), dict(answer.confidence))
    problems = [(problem.key, problem.kind.value) for problem in answer.problems]
    details = _Details(
        raw=answer.raw,
        content_hash=answer.content_hash,
        size=(size.width, size.height),
        server=answer.server,
        model=answer.model,
        usage=None if usage is None else (usage.prompt_tokens, usage.completion_tokens),
        seconds=answer.seconds,
        repaired=answer.repaired,
        asked=answer.asked,
        sent=None if answer.sent_size is None else (answer.sent_size.width, answer.sent_size.height),
        family=answer.family,
    )
    prompt_tokens, completion_tokens = details.usage or (0, 0)
    put = connection.execute(
        _PUT + may_become(state),
        (
            state,
            failure,
            answer.content_hash,
            _json(cells),
            _json(problems) if problems else None,
            prompt_tokens,
            completion_tokens,
            item_id,
        ),
    )
    if not put.rowcount:
        return False
    connection.execute(_PUT_DETAILS, (item_id, _json(details)))
    return True


def copy_answer(connection: sqlite3.Connection, item_id: int, from_item: int) -> bool:
    """Share another item's answer, in a transaction; False when that one has none, or this one is past it."""
    if not connection.execute(_COPY, (ItemState.ANSWERED, from_item, item_id)).rowcount:
        return False
    connection.execute(_COPY_DETAILS, (item_id, from_item))
    return True


def answer_of(cells: str, problems: str | None, details: str) -> ItemAnswer:
    shown, told = _cells.decode(cells), _details.decode(details)
    found = () if problems is None else _problems.decode(problems)
    return ItemAnswer(
        values=shown.values,
        raw=told.raw,
        problems=tuple(FieldProblem(key, ProblemKind(kind)) for key, kind in found),
        confidence=shown.confidence,
        content_hash=told.content_hash,
        original_size=Size(*told.size),
        server=told.server,
        model=told.model,
        usage=None if told.usage is None else Usage(*told.usage),
        seconds=told.seconds,
        repaired=told.repaired,
        asked=told.asked,
        sent_size=None if told.sent is None else Size(*told.sent),
        family=told.family,
    )


def _json(value: Any) -> str:
    return storable(_encoder.encode(msgspec.to_builtins(value)))
