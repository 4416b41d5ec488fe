"""Whether a run is to end, and how soon."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any


class GivenUpError(Exception):
    """What was going on was given up, because the run is to end."""


class Stopping:
    """Asked for once, or again when it is to be sooner; lives on one event loop."""

    def __init__(self) -> None:
        self._asked = asyncio.Event()
        self._at_once = asyncio.Event()
        self._answers_too = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._limits: set[asyncio.Timeout] = set()

    @property
    def is_asked(self) -> bool:
        return self._asked.is_set()

    @property
    def is_at_once(self) -> bool:
        """What is being asked is to be given up, too."""
        return self._at_once.is_set()

    def ask(self, at_once: bool = False) -> None:
        """Begin nothing more; `at_once`: give up what is going on."""
        self._asked.set()
        for task in self._tasks:
            task.cancel()
        if at_once:
            self._at_once.set()
            while self._limits:  # each once: one that is ending cannot be told again
                self._limits.pop().reschedule(asyncio.get_running_loop().time())

    @property
    def gives_up_answers(self) -> bool:
        """Answers that the library has no room for are to be given up, too."""
        return self._answers_too.is_set()

    def give_up_answers(self) -> None:
        """Give up what is going on, and after one more try every answer that cannot be kept."""
        self._answers_too.set()
        self.ask(at_once=True)

    @contextmanager
    def cancels(self, task: asyncio.Task[Any]) -> Iterator[None]:
        """While this is open, asking cancels the task."""
        if self.is_asked:
            task.cancel()
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    @asynccontextmanager
    async def unless_at_once(self) -> AsyncIterator[None]:
        """Around work that is given up when it is to end at once.

        Raises:
            GivenUpError: then.
        """
        if self.is_at_once:
            raise GivenUpError
        limit = asyncio.timeout(None)
        try:
            async with limit:
                self._limits.add(limit)
                try:
                    yield
                finally:
                    self._limits.discard(limit)
        except TimeoutError as problem:
            if limit.expired():
                raise GivenUpError from problem
            raise

    async def shielded(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what must be done in any case. Being cancelled meanwhile only asks to be quick about it,
        whatever is lost; the cancelling goes on afterwards.
        """
        doing, cancelled = asyncio.ensure_future(work), False
        while not doing.done():
            try:
                await asyncio.wait({doing})
            except asyncio.CancelledError:
                cancelled = True
                self.give_up_answers()
        doing.result()
        if cancelled:
            raise asyncio.CancelledError

    async def asked_within(self, seconds: float) -> bool:
        """Wait so long; sooner and True when ending is asked for."""
        return await _set_within(self._asked, seconds)

    async def at_once_within(self, seconds: float) -> bool:
        """Wait so long; sooner and True when everything is to be given up."""
        return await _set_within(self._at_once, seconds)

    async def hastened_within(self, seconds: float) -> None:
        """Wait so long; sooner when it is to be sooner than now."""
        await _set_within(self._answers_too if self.is_at_once else self._at_once, seconds)


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
