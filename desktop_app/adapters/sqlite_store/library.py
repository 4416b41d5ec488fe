"""The library file: one connection on one thread of its own, one transaction per job."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from desktop_app.adapters.sqlite_store.owners import Owner
from desktop_app.adapters.sqlite_store.schema import Schema, bring_up_to_date, current_schema, refuse_newer
from desktop_app.adapters.sqlite_store.troubles import as_app_error
from desktop_app.domain.errors import AppError, ErrorCode

_Result = TypeVar("_Result")

_DURABLE = "PRAGMA synchronous = FULL"
"""An answer that was shown as kept survives a power cut, not only a crash."""


class Library:
    """Runs jobs on the library file in the order they come; repositories share one.

    The file is opened, and brought up to date, by the first job; a job that comes after a failed opening
    tries again. Several processes may use one file.
    """

    def __init__(self, path: Path, schema: Schema | None = None, busy_timeout_s: float = 3.0) -> None:
        """`busy_timeout_s`: how long a job waits for another process to let go of the file."""
        self._path = path
        self._schema = schema
        self._busy_timeout_s = busy_timeout_s
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="library")
        self._connection: sqlite3.Connection | None = None
        self._owner: Owner | None = None
        self._closed = False

    async def read(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Run `work` on one unchanging view of the library.

        Raises:
            AppError: STORE_UNAVAILABLE, STORE_NEWER or DISK_FULL.
        """
        return await self._submit(partial(self._run, work, "BEGIN"))

    async def write(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Run `work` as one transaction; when this returns it is on disk, when it raises nothing changed.

        Raises:
            AppError: as `read`.
        """
        return await self._submit(partial(self._run, work, "BEGIN IMMEDIATE"))

    async def note(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """As `write`, but without waiting for the disk: a power cut may undo it, the program's end does not.

        For marks that nothing is lost with; on a slow disk most of the time goes into waiting for it.
        """
        return await self._submit(partial(self._run_noting, work))

    async def owner(self) -> Owner:
        """This process as owner of what it is working on."""
        return await self._submit(self._opened_owner)

    async def close(self) -> None:
        """Finish the jobs that wait and close the file. Calling it again does nothing."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close_connection)
        self._thread.shutdown()

    async def _submit(self, job: Callable[[], _Result]) -> _Result:
        if self._closed:
            raise AppError(ErrorCode.STORE_UNAVAILABLE, detail="the library was closed")
        return await asyncio.get_running_loop().run_in_executor(self._thread, job)

    def _run(self, work: Callable[[sqlite3.Connection], _Result], begin: str) -> _Result:
        connection = self._opened()
        try:
            connection.execute(begin)
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException as problem:
            if connection.in_transaction:  # SQLite itself rolls back when the disk is full
                connection.execute("ROLLBACK")
            self._raise_ours(problem)
            raise
        return result

    def _run_noting(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        self._opened().execute("PRAGMA synchronous = NORMAL")
        try:
            return self._run(work, "BEGIN IMMEDIATE")
        finally:
            self._opened().execute(_DURABLE)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._connection = _open(self._path, self._schema or current_schema(), self._busy_timeout_s)
            except (sqlite3.Error, OSError) as problem:
                self._raise_ours(problem)
                # Whatever else is wrong with the file, for example tables of another program.
                detail = f"{problem} ({self._path})"
                raise AppError(ErrorCode.STORE_UNAVAILABLE, detail=detail) from problem
        return self._connection

    def _opened_owner(self) -> Owner:
        self._opened()
        if self._owner is None:
            try:
                self._owner = Owner(self._path.with_name(f"{self._path.name}-owners"))
            except OSError as problem:
                self._raise_ours(problem)
                raise
        return self._owner

    def _raise_ours(self, problem: BaseException) -> None:
        ours = as_app_error(problem, self._path) if isinstance(problem, Exception) else None
        if ours is not None:
            raise ours from problem

    def _close_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._owner is not None:
            self._owner.release()
            self._owner = None


def _open(path: Path, schema: Schema, busy_timeout_s: float) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its side files the permissions of this one.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=busy_timeout_s, isolation_level=None)
    try:
        refuse_newer(connection, schema)
        _use_write_ahead_log(connection, busy_timeout_s)
        connection.execute(_DURABLE)
        connection.execute("PRAGMA foreign_keys = ON")
        bring_up_to_date(connection, path, schema)
    except BaseException:
        connection.close()
        raise
    return connection


def _use_write_ahead_log(connection: sqlite3.Connection, busy_timeout_s: float) -> None:
    """Two processes may switch a new file at once; SQLite does not wait by itself in that case."""
    deadline = time.monotonic() + busy_timeout_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            threading.Event().wait(0.02)
        else:
            return
