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

GATHERING_TURNS = 8
"""Of the loop, until the first change is taken up. One change often brings about another, as an answer that
is kept lets the next picture be asked about, and then both are done in one go. A busy loop's turns take
longer, so that more is gathered when that matters.
"""


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

    Changes are taken up a little later than they come, and results of a group are handed over together:
    each time two threads change places takes longer than most jobs.
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
            turns = 0 if job.is_durable is None else GATHERING_TURNS
            _in_turns(turns, job.future.get_loop(), self._begin)

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


def _in_turns(turns: int, loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call it after so many turns of the loop."""
    if turns:
        loop.call_soon(_in_turns, turns - 1, loop, call)
    else:
        call()


def _hand_over(jobs: Sequence[Job]) -> None:
    """Changes at once, notes one in each turn of the loop: what was noted begins now, and things that begin
    at the same moment would go on in step and always be in each other's way.
    """
    notes = deque(job for job in jobs if job.is_durable is False)
    for job in jobs:
        if job.is_durable is not False:
            _settle(job)
    _hand_over_notes(notes)


def _hand_over_notes(notes: deque[Job]) -> None:
    if notes:
        job = notes.popleft()
        _settle(job)
        job.future.get_loop().call_soon(_hand_over_notes, notes)


def _settle(job: Job) -> None:
    if job.future.done():
        return
    if job.failure is not None:
        job.future.set_exception(job.failure)
    else:
        job.future.set_result(job.result)
