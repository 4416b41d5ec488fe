"""SQL about pictures: which thread belongs to which files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.adapters.sqlite_store.records import path_key
from desktop_app.domain.pictures import Picture


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Size and time of change of a file; while both stay the same its bytes count as the same."""

    size_bytes: int
    modified_ns: int


def picture_row(connection: sqlite3.Connection, picture: Picture) -> int:
    """The row of the picture's path, made when missing."""
    connection.execute(
        "INSERT INTO pictures (path, origin) VALUES (?, ?)"
        " ON CONFLICT (path) DO UPDATE SET origin = coalesce(excluded.origin, origin)",
        (path_key(picture.path), picture.origin),
    )
    row = connection.execute("SELECT id FROM pictures WHERE path = ?", (path_key(picture.path),)).fetchone()
    picture_id: int = row[0]
    return picture_id


def remember_content(
    connection: sqlite3.Connection, picture: Picture, content_hash: str, stamp: FileStamp | None
) -> int:
    """Note what is in the file; returns the picture's row."""
    picture_id = picture_row(connection, picture)
    connection.execute(
        "UPDATE pictures SET content_hash = ?, size_bytes = ?, modified_ns = ? WHERE id = ?",
        (
            content_hash,
            stamp.size_bytes if stamp else None,
            stamp.modified_ns if stamp else None,
            picture_id,
        ),
    )
    return picture_id


def conversation_by_path(connection: sqlite3.Connection, keys: Sequence[str]) -> int | None:
    """The newest conversation about exactly these paths in this order."""
    candidates = connection.execute(
        "SELECT c.conversation_id FROM conversation_pictures c JOIN pictures p ON p.id = c.picture_id"
        " WHERE c.position = 0 AND p.path = ? ORDER BY c.conversation_id DESC",
        (keys[0],),
    ).fetchall()
    for (conversation_id,) in candidates:
        if paths_of(connection, conversation_id) == list(keys):
            return int(conversation_id)
    return None


def conversation_by_content(
    connection: sqlite3.Connection, keys: Sequence[str], hashes: Sequence[str]
) -> int | None:
    """The newest conversation whose pictures have these paths or these contents, place by place."""
    candidates = connection.execute(
        "SELECT conversation_id FROM conversation_pictures WHERE position = 0 AND content_hash = ?"
        " UNION SELECT c.conversation_id FROM conversation_pictures c JOIN pictures p ON p.id = c.picture_id"
        " WHERE c.position = 0 AND p.path = ? ORDER BY 1 DESC",
        (hashes[0], keys[0]),
    ).fetchall()
    for (conversation_id,) in candidates:
        rows = connection.execute(
            "SELECT p.path, c.content_hash FROM conversation_pictures c"
            " JOIN pictures p ON p.id = c.picture_id WHERE c.conversation_id = ? ORDER BY c.position",
            (conversation_id,),
        ).fetchall()
        if len(rows) == len(keys) and all(
            path == key or content == wanted
            for (path, content), key, wanted in zip(rows, keys, hashes, strict=True)
        ):
            return int(conversation_id)
    return None


def paths_of(connection: sqlite3.Connection, conversation_id: int) -> list[str]:
    """Keys of the conversation's paths in the order of their numbers."""
    rows = connection.execute(
        "SELECT p.path FROM conversation_pictures c JOIN pictures p ON p.id = c.picture_id"
        " WHERE c.conversation_id = ? ORDER BY c.position",
        (conversation_id,),
    )
    return [path for (path,) in rows]


def known_content(connection: sqlite3.Connection, key: str, stamp: FileStamp) -> str | None:
    """The hash noted for the path, if the file has not changed since."""
    row = connection.execute(
        "SELECT content_hash FROM pictures WHERE path = ? AND size_bytes = ? AND modified_ns = ?",
        (key, stamp.size_bytes, stamp.modified_ns),
    ).fetchone()
    return None if row is None else row[0]


def may_be_known(connection: sqlite3.Connection, size_bytes: int) -> bool:
    """Whether any thread is about a file of this size; if not, hashing is wasted."""
    query = "SELECT 1 FROM conversation_pictures WHERE size_bytes = ? LIMIT 1"
    return connection.execute(query, (size_bytes,)).fetchone() is not None


def answered(connection: sqlite3.Connection, keys: Sequence[str]) -> list[tuple[str, str]]:
    """Path key and state of the newest shown answer, for those paths that have one."""
    rows = connection.execute(
        """
        WITH asked AS MATERIALIZED (
            SELECT p.path, p.id, p.content_hash FROM json_each(?) w JOIN pictures p ON p.path = w.value
        ), threads AS (
            SELECT a.path, c.conversation_id FROM asked a
                JOIN conversation_pictures c ON c.picture_id = a.id
            UNION
            SELECT a.path, c.conversation_id FROM asked a
                JOIN conversation_pictures c ON c.content_hash = a.content_hash
        )
        SELECT h.path, s.state, max(s.id) FROM threads h
            JOIN turns t ON t.conversation_id = h.conversation_id AND t.hidden_at IS NULL
            JOIN answers s ON s.turn_id = t.id
            GROUP BY h.path
        """,
        (json.dumps(list(keys)),),
    )
    # SQLite takes the other columns from the row that holds the maximum.
    return [(path, state) for path, state, _ in rows]
