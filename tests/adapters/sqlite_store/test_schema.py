from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.schema import Schema, current_schema
from desktop_app.domain.errors import AppError, ErrorCode
from tests.adapters.sqlite_store.conftest import OpenLibrary, rows

STEPS = (
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);",
    "ALTER TABLE notes ADD COLUMN colour TEXT;\nUPDATE notes SET colour = 'red; blue';",
    """
        CREATE TABLE tags (note INTEGER REFERENCES notes (id), tag TEXT);
        CREATE TRIGGER tag_new AFTER INSERT ON notes BEGIN
            INSERT INTO tags VALUES (new.id, 'new');
            UPDATE notes SET colour = 'blue' WHERE id = new.id;
        END;
        INSERT INTO notes (body) VALUES ('from the step')
    """,
)
OLD = Schema(STEPS[:1])
NEW = Schema(STEPS)


async def make_old(open_library: OpenLibrary) -> None:
    library = open_library(OLD)
    await library.write(lambda c: c.execute("INSERT INTO notes (body) VALUES ('kept')").fetchone())
    await library.close()


async def test_an_older_library_is_copied_and_takes_every_step(path: Path, open_library: OpenLibrary) -> None:
    await make_old(open_library)
    await open_library(NEW).read(lambda connection: None)

    assert rows(path, "SELECT body, colour FROM notes") == [("kept", "red; blue"), ("from the step", "blue")]
    assert rows(path, "SELECT * FROM tags") == [(2, "new")]
    assert rows(path, "PRAGMA user_version") == [(3,)]
    copy = path.with_name("library.version-1.sqlite")
    assert rows(copy, "SELECT * FROM notes") == [(1, "kept")]
    assert rows(copy, "PRAGMA user_version") == [(1,)]


async def test_a_new_library_takes_every_step_and_needs_no_copy(
    path: Path, open_library: OpenLibrary
) -> None:
    await open_library(NEW).read(lambda connection: None)

    assert rows(path, "SELECT body, colour FROM notes") == [("from the step", "blue")]
    assert rows(path, "PRAGMA user_version") == [(3,)]
    assert list(path.parent.glob("*.version-*")) == []


async def test_the_copy_holds_what_was_only_in_the_log(path: Path, open_library: OpenLibrary) -> None:
    await make_old(open_library)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as second_window:
        second_window.execute("PRAGMA wal_autocheckpoint = 0")
        second_window.execute("INSERT INTO notes (body) VALUES ('in the log')")
        await open_library(NEW).read(lambda connection: None)

    copy = path.with_name("library.version-1.sqlite")
    assert rows(copy, "SELECT body FROM notes") == [("kept",), ("in the log",)]


async def test_a_step_that_fails_changes_nothing(path: Path, open_library: OpenLibrary) -> None:
    await make_old(open_library)
    broken = Schema((*STEPS[:2], "INSERT INTO nowhere VALUES (1);"))
    with pytest.raises(AppError) as caught:
        await open_library(broken).read(lambda connection: None)

    assert caught.value.code is ErrorCode.STORE_UNAVAILABLE
    assert "nowhere" in caught.value.detail
    assert rows(path, "SELECT * FROM notes") == [(1, "kept")]
    assert rows(path, "PRAGMA user_version") == [(1,)]


async def test_a_newer_library_is_left_exactly_as_it_is(path: Path, open_library: OpenLibrary) -> None:
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as newer:
        newer.execute("CREATE TABLE novel (id INTEGER)")
        newer.execute(f"PRAGMA user_version = {current_schema().version + 1}")
        newer.commit()
    before = hashlib.sha256(path.read_bytes()).digest()  # noqa: ASYNC240
    with pytest.raises(AppError) as caught:
        await open_library().write(lambda connection: None)

    assert caught.value.code is ErrorCode.STORE_NEWER
    assert hashlib.sha256(path.read_bytes()).digest() == before  # noqa: ASYNC240
