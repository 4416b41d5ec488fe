"""Brings a library file to this program's schema; an older one is copied first, a newer one left alone."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode

SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Schema:
    """A version of the library's tables and the way to it.

    Attributes:
        version: kept in the file as SQLite's `user_version`; 0 is an empty file.
        script: SQL that makes all of it in an empty file.
        steps: for each older version the SQL that leads to the next one.
    """

    version: int
    script: str = field(repr=False)
    steps: Mapping[int, str] = field(default_factory=dict, repr=False)


def current_schema() -> Schema:
    return Schema(SCHEMA_VERSION, _sql("schema"), {1: _sql("runs")})


def refuse_newer(connection: sqlite3.Connection, schema: Schema) -> None:
    """Raise STORE_NEWER for a file written by a newer program; to be called before anything is changed."""
    version = version_of(connection)
    if version > schema.version:
        raise AppError(ErrorCode.STORE_NEWER, detail=f"library version {version}, program {schema.version}")


def bring_up_to_date(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Make the tables or take the missing steps, all in one transaction.

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
        if version == 0:
            _execute(connection, schema.script)
        elif version < schema.version:
            back_up(path, path.with_name(f"{path.stem}.version-{version}{path.suffix}"))
            for step in range(version, schema.version):
                _execute(connection, schema.steps[step])
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


def _sql(name: str) -> str:
    return resources.files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


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
