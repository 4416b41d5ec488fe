"""Jobs for a thread of their own, in the order they come; changes that wait together are done together."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any


@dataclass(eq=False, slots=True)
class Job:
    """Something to do with the library.

    Attributes:
        work: what to do. Of a change it may be called twice, the first time without effect.
        begin: how a transaction of its own begins, "" for a single statement, which is one by itself.
        is_durable: whether a change waits for the disk; None for what changes nothing.
        future: whoever waits for it.
        result, failure: what came of it; set by whoever does it.
    """

    work: Callable[[sqlite3.Connection], Any]
    begin: str
    is_durable: bool | None
    future: asyncio.Future[Any]
    result: Any = None
    failure: BaseException | None = None


class JobThread:
    """Used on one event loop at a time.

    Jobs are taken up a little later than they come, and results of a group are handed over together: each
    time two threads change places takes longer than most jobs.
    """

    def __init__(self, do: Callable[[Sequence[Job]], None]) -> None:
        """`do`: does one job, or several changes; leaves results and failures in them."""
        self._do = do
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="library")
        self._waiting: deque[Job] = deque()
        self._is_busy = self._is_closed = False
        self._lock = threading.Lock()

    def put(self, job: Job) -> None:
        """Do it when those before it are done."""
        with self._lock:
            self._waiting.append(job)
            is_busy, self._is_busy = self._is_busy, True
        if not is_busy:
            # Two turns of the loop: one job often brings about another, as an answer that is kept lets the
            # next picture be asked about, and then both are done in one go.
            loop = job.future.get_loop()
            loop.call_soon(loop.call_soon, self._begin)

    async def close(self, last: Callable[[], None]) -> None:
        """Do the jobs that wait, then `last`."""
        self._is_closed = True

        def end() -> None:
            self._work()
            last()

        await asyncio.get_running_loop().run_in_executor(self._thread, end)
        self._thread.shutdown()

    def _begin(self) -> None:
        if not self._is_closed:
            self._thread.submit(self._work)

    def _work(self) -> None:
        while jobs := self._next():
            self._do(jobs)
            with contextlib.suppress(RuntimeError):  # the loop may have ended meanwhile
                jobs[0].future.get_loop().call_soon_threadsafe(_hand_over, jobs)

    def _next(self) -> list[Job]:
        """The next job; a change with the changes right behind it. Those nobody waits for are dropped."""
        jobs: list[Job] = []
        with self._lock:
            while self._waiting and (not jobs or _may_join(jobs[-1], self._waiting[0])):
                job = self._waiting.popleft()
                if not job.future.cancelled():
                    jobs.append(job)
            self._is_busy = bool(jobs)
        return jobs


def _may_join(before: Job, job: Job) -> bool:
    return before.is_durable is not None and job.is_durable is not None


def _hand_over(jobs: Sequence[Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.failure is not None:
            job.future.set_exception(job.failure)
        else:
            job.future.set_result(job.result)
