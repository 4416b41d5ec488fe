"""The library file: one connection on one thread of its own.

Changes that come while another one is being written share the next transaction, and so one wait for the
disk. That is still one change after the other for everybody who waits: none returns before it is on disk, and
one that fails takes nothing along.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.adapters.sqlite_store.jobs import Job, JobThread
from desktop_app.adapters.sqlite_store.owners import Owner
from desktop_app.adapters.sqlite_store.schema import Schema, bring_up_to_date, current_schema, refuse_newer
from desktop_app.adapters.sqlite_store.troubles import as_app_error, is_busy
from desktop_app.domain.errors import AppError, ErrorCode

_Result = TypeVar("_Result")

_DURABLE = "PRAGMA synchronous = FULL"
"""An answer that was shown as kept survives a power cut, not only a crash."""

_NOTING = "PRAGMA synchronous = NORMAL"
_CHANGING = "BEGIN IMMEDIATE"


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
        self._thread = JobThread(self._do)
        self._connection: sqlite3.Connection | None = None
        self._owner: Owner | None = None
        self._is_noting = False
        self._closed = False

    async def read(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Run `work` on one unchanging view of the library.

        Raises:
            AppError: STORE_UNAVAILABLE, STORE_NEWER, STORE_BROKEN or DISK_FULL.
        """
        return await self._done(work, "BEGIN", None)

    async def write(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Run `work` as one transaction; when this returns it is on disk, when it raises nothing changed.

        It may run a second time after the first one was undone, so it must change nothing but the library.

        Raises:
            AppError: as `read`.
        """
        return await self._done(work, _CHANGING, True)

    async def execute(self, statement: str, *values: str | float | None) -> int:
        """As `write`, for a single statement; how many rows it changed."""
        return await self._done(lambda one: one.execute(statement, values).rowcount, "", True)

    async def note(self, statement: str, *values: str | float | None) -> int:
        """As `execute`, without waiting for the disk: a power cut may undo it, the program's end does not.

        For marks that nothing is lost with; on a slow disk most of the time goes into waiting for it.
        """
        return await self._done(lambda one: one.execute(statement, values).rowcount, "", False)

    async def owner(self) -> Owner:
        """This process as owner of what it is working on."""
        return await self._done(lambda _: self._opened_owner(), "", None)

    async def close(self) -> None:
        """Finish the jobs that wait and close the file. Calling it again does nothing."""
        if self._closed:
            return
        self._closed = True
        await self._thread.close(self._close_connection)

    async def _done(
        self, work: Callable[[sqlite3.Connection], _Result], begin: str, is_durable: bool | None
    ) -> _Result:
        if self._closed:
            raise AppError(ErrorCode.STORE_UNAVAILABLE, detail="the library was closed")
        future: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        self._thread.put(Job(work, begin, is_durable, future))
        return await future

    def _do(self, jobs: Sequence[Job]) -> None:
        if len(jobs) > 1 and self._do_together(jobs):
            return
        for job in jobs:
            try:
                job.result = self._run(job.work, job.begin, job.is_durable)
            except BaseException as problem:
                job.failure = problem

    def _do_together(self, jobs: Sequence[Job]) -> bool:
        """In one transaction; False when one of them may have failed it, and nothing was changed.

        While another process holds the library all of them fail: each by itself would wait as long again.
        """
        try:
            results = self._run(
                lambda connection: [job.work(connection) for job in jobs],
                _CHANGING,
                any(job.is_durable for job in jobs),
            )
        except AppError as problem:
            if not is_busy(problem.__cause__):
                return False
            for job in jobs:
                job.failure = AppError(problem.code, detail=problem.detail)
            return True
        except Exception:
            return False
        for job, result in zip(jobs, results, strict=True):
            job.result = result
        return True

    def _run(self, work: Callable[[sqlite3.Connection], Any], begin: str, is_durable: bool | None) -> Any:
        connection = self._opened()
        try:
            if is_durable is not None:
                self._wait_for_disk(connection, is_durable)
            if not begin:
                return work(connection)
            connection.execute(begin)
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException as problem:
            if connection.in_transaction:  # SQLite itself rolls back when the disk is full
                connection.execute("ROLLBACK")
            self._raise_ours(problem)
            raise
        return result

    def _wait_for_disk(self, connection: sqlite3.Connection, is_durable: bool) -> None:
        if self._is_noting is is_durable:
            connection.execute(_DURABLE if is_durable else _NOTING)
            self._is_noting = not is_durable

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
        if self._owner is None:
            self._owner = Owner(self._path.with_name(f"{self._path.name}-owners"))
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
            if not is_busy(problem) or time.monotonic() > deadline:
                raise
            threading.Event().wait(0.02)
        else:
            return
