"""Threads for opening pictures, which survive a share that stops answering.

A thread stuck in the operating system cannot be ended. A job is therefore given up after a time limit (the
caller gets PICTURE_TIMEOUT), its thread is replaced, and threads are daemons so that none keeps the program
from ending.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from desktop_app.domain.errors import AppError, ErrorCode

_Result = TypeVar("_Result")

MAX_STUCK_THREADS = 8
"""Replacements stop here: a share that hangs on every file must not cost a thread for each."""

CLOSE_WITHIN_S = 1.0


@dataclass(eq=False)
class _Job:
    """`thread` and `started` are set while a thread works on it, `done` when that thread is through."""

    work: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    thread: threading.Thread | None = None
    started: float = 0.0
    done: bool = False


class PictureWorkers:
    """Runs blocking picture work, newest job first; lives on one event loop.

    A job whose awaiting task was cancelled before it began is dropped.
    """

    def __init__(self, threads: int = 2, limit_s: float = 20.0, name: str = "pictures") -> None:
        """`limit_s`: seconds a started job may take before it is given up."""
        self._name = name
        self._limit_s = limit_s
        self._wanted = threads
        self._waiting: dict[_Job, None] = {}  # in order of arrival, and quick to take one out of
        self._changed = threading.Condition()
        self._threads: set[threading.Thread] = set()
        self._stuck: set[threading.Thread] = set()
        self._closed = False

    @property
    def threads(self) -> int:
        """How many jobs are done at the same time."""
        return self._wanted

    async def run(self, work: Callable[[], _Result], name: str) -> _Result:
        """Run `work` in a thread and return its result.

        Args:
            work: blocking callable.
            name: the picture's name, for the error's sentence.

        Raises:
            AppError: PICTURE_TIMEOUT when it took too long, or when every thread is stuck and none came
                back in that time; whatever `work` raises otherwise.
            asyncio.CancelledError: after `close`.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Result] = loop.create_future()
        job = _Job(work, loop, future)
        self._enqueue(job)
        try:
            while not future.done():
                await asyncio.wait([future], timeout=self._time_left(job))
                if not future.done() and self._give_up(job):
                    raise AppError(ErrorCode.PICTURE_TIMEOUT, name=name)
            return future.result()
        finally:
            self._forget(job)

    async def run_all(self, jobs: Sequence[tuple[Callable[[], _Result], str]]) -> list[_Result]:
        """As `run` for each work and name, several at a time; results in the given order.

        Raises:
            AppError: that of the first work, in order, that failed; only after all of them have ended.
        """
        runs = [asyncio.ensure_future(self.run(work, name)) for work, name in jobs]
        await asyncio.gather(*runs, return_exceptions=True)
        return [run.result() for run in runs]

    def close(self) -> None:
        """Drop what waits and let the threads end; stuck ones are left behind as daemons.

        Waits a second at most for jobs that are being worked on.
        """
        with self._changed:
            self._closed = True
            for job in self._waiting:
                job.future.cancel()
            self._waiting.clear()
            self._changed.notify_all()
            leaving = self._threads - self._stuck
        deadline = time.monotonic() + CLOSE_WITHIN_S
        for thread in leaving:
            thread.join(timeout=max(0.0, deadline - time.monotonic()))

    def _enqueue(self, job: _Job) -> None:
        with self._changed:
            if self._closed:
                raise asyncio.CancelledError
            self._waiting[job] = None
            self._start_threads()
            self._changed.notify()

    def _start_threads(self) -> None:
        while len(self._threads - self._stuck) < self._wanted and len(self._stuck) < MAX_STUCK_THREADS:
            thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._threads.add(thread)
            thread.start()

    def _time_left(self, job: _Job) -> float:
        """Seconds until it is worth looking whether the job must be given up."""
        with self._changed:
            if job.thread is None:
                return self._limit_s
            return max(0.01, job.started + self._limit_s - time.monotonic())

    def _give_up(self, job: _Job) -> bool:
        """Abandon the job when it has been running for too long, or when there is no thread left for it."""
        with self._changed:
            if job.thread is None:
                return not self._threads - self._stuck
            if job.done or time.monotonic() - job.started < self._limit_s:
                return False
            self._stuck.add(job.thread)
            self._start_threads()
            return True

    def _forget(self, job: _Job) -> None:
        """Nobody waits for the job any more: drop it, or have its thread replaced if that hangs."""
        if job.future.done() and not job.future.cancelled():
            job.future.exception()  # looked at, so that asyncio does not complain when it is collected
        job.future.cancel()
        with self._changed:
            self._waiting.pop(job, None)
            is_running = job.thread is not None and not job.done and job.thread not in self._stuck
        if is_running:
            job.loop.call_later(self._time_left(job), self._give_up, job)

    def _next_job(self) -> _Job | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            if not self._waiting:
                return None
            job, _ = self._waiting.popitem()
            job.thread, job.started = threading.current_thread(), time.monotonic()
            return job

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            if not job.future.cancelled():
                result, failure = _do(job)
                stays = self._finish(job)
                _deliver(job, result, failure)
                del result, failure  # a waiting thread must not keep a picture's pixels alive
            else:
                stays = self._finish(job)
            del job
            if not stays:
                return
        self._leave()

    def _finish(self, job: _Job) -> bool:
        """Note that the thread is through with the job; False when it was given up and replaced meanwhile."""
        me = threading.current_thread()
        with self._changed:
            job.done = True
            self._stuck.discard(me)
            if len(self._threads - self._stuck) <= self._wanted:
                return True
            self._threads.discard(me)
            return False

    def _leave(self) -> None:
        with self._changed:
            self._threads.discard(threading.current_thread())


def _do(job: _Job) -> tuple[Any, Exception | None]:
    try:
        return job.work(), None
    except Exception as problem:
        return None, problem


def _deliver(job: _Job, result: Any, failure: Exception | None) -> None:
    future = job.future

    def settle() -> None:
        if future.done():
            return
        if failure is not None:
            future.set_exception(failure)
        else:
            future.set_result(result)

    # The program may have ended while this thread was stuck; then nobody waits for the result.
    with contextlib.suppress(RuntimeError):
        job.loop.call_soon_threadsafe(settle)
