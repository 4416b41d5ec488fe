"""Threads for opening pictures, which survive a share that stops answering.

A thread stuck in the operating system cannot be ended. A job is therefore given up after a time limit (the
caller gets PICTURE_TIMEOUT), its thread is replaced, and threads are daemons so that none keeps the program
from ending.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from desktop_app.domain.errors import AppError, ErrorCode

_Result = TypeVar("_Result")

MAX_STUCK_THREADS = 8
"""Replacements stop here: a share that hangs on every file must not cost a thread for each."""


@dataclass(eq=False)
class _Job:
    work: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    thread: threading.Thread | None = None
    started: float = 0.0


class PictureWorkers:
    """Runs blocking picture work, newest job first; lives on one event loop.

    A job whose awaiting task was cancelled before it began is dropped.
    """

    def __init__(self, threads: int = 2, limit_s: float = 20.0, name: str = "pictures") -> None:
        """`limit_s`: seconds a started job may take before it is given up."""
        self._name = name
        self._limit_s = limit_s
        self._wanted = threads
        self._waiting: list[_Job] = []
        self._changed = threading.Condition()
        self._threads: set[threading.Thread] = set()
        self._stuck: set[threading.Thread] = set()
        self._closed = False

    async def run(self, work: Callable[[], _Result], name: str) -> _Result:
        """Run `work` in a thread and return its result.

        Args:
            work: blocking callable.
            name: the picture's name, for the error's sentence.

        Raises:
            AppError: PICTURE_TIMEOUT when it took too long; whatever `work` raises otherwise.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Result] = loop.create_future()
        job = _Job(work, loop, future)
        self._enqueue(job)
        try:
            while not future.done():
                await asyncio.wait([future], timeout=self._limit_s)
                if not future.done() and self._give_up(job):
                    raise AppError(ErrorCode.PICTURE_TIMEOUT, name=name)
            return future.result()
        finally:
            future.cancel()

    def close(self) -> None:
        """Drop what waits and let the threads end; stuck ones are left behind as daemons."""
        with self._changed:
            self._closed = True
            for job in self._waiting:
                job.future.cancel()
            self._waiting.clear()
            self._changed.notify_all()
            leaving = self._threads - self._stuck
        for thread in leaving:
            thread.join(timeout=1.0)

    def _enqueue(self, job: _Job) -> None:
        with self._changed:
            if self._closed:
                raise asyncio.CancelledError
            self._waiting.append(job)
            self._start_threads()
            self._changed.notify()

    def _start_threads(self) -> None:
        while len(self._threads - self._stuck) < self._wanted and len(self._stuck) < MAX_STUCK_THREADS:
            thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._threads.add(thread)
            thread.start()

    def _give_up(self, job: _Job) -> bool:
        """Abandon the job when it has been running for too long; False while it still waits for a thread."""
        with self._changed:
            if job.thread is None or time.monotonic() - job.started < self._limit_s * 0.9:
                return False
            self._stuck.add(job.thread)
            self._start_threads()
            return True

    def _next_job(self) -> _Job | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            if not self._waiting:
                return None
            job = self._waiting.pop()
            job.thread, job.started = threading.current_thread(), time.monotonic()
            return job

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            if job.future.cancelled():
                continue
            try:
                result, failure = job.work(), None
            except Exception as problem:
                result, failure = None, problem
            _deliver(job, result, failure)
            del job, result, failure  # a waiting thread must not keep a picture's pixels alive
            if self._was_replaced():
                return
        self._leave()

    def _was_replaced(self) -> bool:
        """Whether this thread was given up as stuck and came back after all."""
        me = threading.current_thread()
        with self._changed:
            if me not in self._stuck:
                return False
            self._stuck.discard(me)
            self._threads.discard(me)
            return True

    def _leave(self) -> None:
        with self._changed:
            self._threads.discard(threading.current_thread())


def _deliver(job: _Job, result: Any, failure: Exception | None) -> None:
    future = job.future

    def settle() -> None:
        if future.done():
            return
        if failure is not None:
            future.set_exception(failure)
        else:
            future.set_result(result)

    if not job.loop.is_closed():
        job.loop.call_soon_threadsafe(settle)
