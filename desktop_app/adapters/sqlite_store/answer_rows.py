"""SQL about turns and answers, and how rows become the domain's values."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.adapters.sqlite_store.picture_rows import paths_of
from desktop_app.adapters.sqlite_store.records import from_json, from_time, path_of
from desktop_app.domain.answers import FinishReason, SentPicture, Timings, Usage
from desktop_app.domain.conversations import (
    Answer,
    AnswerFailure,
    AnswerState,
    AskOptions,
    Conversation,
    Turn,
)
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture

_ANSWER = (
    "SELECT id, state, created, text, reasoning, evidence, pictures, finish, model, server,"
    " prompt_tokens, completion_tokens, first_token_s, total_s, failure, turn_id FROM answers"
)


def load_conversation(connection: sqlite3.Connection, conversation_id: int) -> Conversation | None:
    """All of it except hidden turns."""
    pictures = _pictures_of(connection, conversation_id)
    if not pictures:
        return None
    rows = connection.execute(
        "SELECT id, question, options, regions FROM turns"
        " WHERE conversation_id = ? AND hidden_at IS NULL ORDER BY id",
        (conversation_id,),
    ).fetchall()
    answers = _answers_of(connection, [row[0] for row in rows])
    turns = [replace(_turn(row), answers=tuple(answers.get(row[0], ()))) for row in rows]
    return Conversation(conversation_id, pictures, tuple(turns))


def load_answer(connection: sqlite3.Connection, answer_id: int) -> Answer:
    return _answer(connection.execute(f"{_ANSWER} WHERE id = ?", (answer_id,)).fetchone())


def _pictures_of(connection: sqlite3.Connection, conversation_id: int) -> tuple[Picture, ...]:
    origins = dict(
        connection.execute(
            "SELECT p.path, p.origin FROM conversation_pictures c JOIN pictures p ON p.id = c.picture_id"
            " WHERE c.conversation_id = ?",
            (conversation_id,),
        ).fetchall()
    )
    return tuple(Picture(path_of(key), origins[key]) for key in paths_of(connection, conversation_id))


def _answers_of(connection: sqlite3.Connection, turn_ids: Sequence[int]) -> dict[int, list[Answer]]:
    answers: dict[int, list[Answer]] = {}
    marks = ", ".join("?" * len(turn_ids))
    for row in connection.execute(f"{_ANSWER} WHERE turn_id IN ({marks}) ORDER BY id", turn_ids):
        answers.setdefault(row[-1], []).append(_answer(row))
    return answers


def _turn(row: Sequence[Any]) -> Turn:
    turn_id, question, options, regions = row
    return Turn(
        turn_id, question, from_json(options, AskOptions), regions=from_json(regions, tuple[Box | None, ...])
    )


def _answer(row: Sequence[Any]) -> Answer:
    (answer_id, state, created, text, reasoning, evidence, pictures, finish, model, server) = row[:10]
    (prompt_tokens, completion_tokens, first_token_s, total_s, failure) = row[10:15]
    return Answer(
        id=answer_id,
        state=AnswerState(state),
        created=from_time(created),
        text=text,
        reasoning=reasoning,
        evidence=from_json(evidence, tuple[Evidence, ...]),
        pictures=from_json(pictures, tuple[SentPicture, ...]),
        finish=FinishReason(finish) if finish else None,
        model=model,
        server=server,
        usage=None if prompt_tokens is None else Usage(prompt_tokens, completion_tokens),
        timings=None if total_s is None else Timings(first_token_s, total_s),
        failure=failure_of(failure),
    )


def failure_of(text: str | None) -> AnswerFailure | None:
    """What was kept of an error; None when there was none."""
    if text is None:
        return None
    try:
        return from_json(text, AnswerFailure)
    except ValueError:  # a code that this version no longer has
        return AnswerFailure(ErrorCode.UNEXPECTED, detail=text)
