"""Brings a library file to this program's schema; an older one is copied first, a newer one left alone."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode

_STEPS = ("conversations", "runs", "item_answers")
"""The SQL files in the order of the versions they lead to. What a released program may have made of a library
is never changed: a change of the tables is one more step."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The library's tables, told as the steps that lead to them; a new library takes all of them.

    Attributes:
        steps: SQL; the first begins with an empty file.
    """

    steps: tuple[str, ...] = field(repr=False)

    @property
    def version(self) -> int:
        """How many steps there are; a file keeps how many it took as SQLite's `user_version`."""
        return len(self.steps)


def current_schema() -> Schema:
    folder = resources.files(__package__)
    return Schema(tuple(folder.joinpath(f"{name}.sql").read_text("utf-8") for name in _STEPS))


def refuse_newer(connection: sqlite3.Connection, schema: Schema) -> None:
    """Raise STORE_NEWER for a file written by a newer program; to be called before anything is changed."""
    version = version_of(connection)
    if version > schema.version:
        raise AppError(ErrorCode.STORE_NEWER, detail=f"library version {version}, program {schema.version}")


def bring_up_to_date(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Take the missing steps, all in one transaction; a library that holds something is copied first.

    Another process may do the same at the same moment: the version is read again once the lock is held.

    Raises:
        AppError: STORE_NEWER.
        sqlite3.Error: nothing was changed then.
    """
    if version_of(connection) == schema.version:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        refuse_newer(connection, schema)
        version = version_of(connection)
        if 0 < version < schema.version:
            back_up(path, path.with_name(f"{path.stem}.version-{version}{path.suffix}"))
        for step in schema.steps[version:]:
            _execute(connection, step)
        connection.execute(f"PRAGMA user_version = {schema.version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def back_up(path: Path, copy: Path) -> None:
    """Copy the library including what is still in its write-ahead log."""
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(unfinished)) as target,
        ):
            source.backup(target)
        unfinished.replace(copy)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def version_of(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _execute(connection: sqlite3.Connection, script: str) -> None:
    """Run a script inside the open transaction; sqlite3's own `executescript` would commit it first."""
    for statement in _statements(script):
        connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        yield gathered
