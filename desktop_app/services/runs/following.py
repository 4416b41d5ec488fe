"""What other programs do to the runs of the library while somebody looks at them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.run import RestCause, Run
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.ports import RunChanges
from desktop_app.services.runs.progress import WINDOW_S, RunProgress
from desktop_app.services.runs.runs import Runs
from desktop_app.services.runs.wishes import Reactions

POLL_S = 1.0
"""The library is looked at this often, in seconds; a large one less often, see `_RESTS`."""

_RESTS = 9
"""Looking takes a tenth of the time at most: it rests this many times as long as it took."""


@dataclass(frozen=True, slots=True)
class RunNews:
    """How the runs stand after another program changed something.

    Attributes:
        runs: all of them, newest first.
        moved: those that another program changed.
    """

    runs: tuple[Run, ...]
    moved: tuple[RunProgress, ...]


class RunFollower:
    """Lives on one event loop. Runs that work in this process are told of by `RunsAtWork.watch`."""

    def __init__(
        self,
        runs: Runs,
        at_work: RunsAtWork,
        changes: RunChanges,
        clock: Callable[[], float] = time.monotonic,
        poll_s: float = POLL_S,
    ) -> None:
        self._runs = runs
        self._at_work = at_work
        self._changes = changes
        self._clock = clock
        self._poll_s = poll_s
        self._known: dict[int, Run] | None = None
        self._paces: dict[int, ObservedPace] = {}
        self._reactions = Reactions(clock)
        self._silent: set[int] = set()
        self._left_alone: set[int] = set()

    async def news(self, looked_at: Callable[[], int | None]) -> AsyncGenerator[RunNews, None]:
        """Without end; a library that cannot be read now is looked at again later.

        Args:
            looked_at: the run whose items are on screen; a value or a note changed there matters too.
        """
        while True:
            began, news = self._clock(), None
            with suppress(AppError):
                news = await self.look(looked_at())
            rest_s = max(self._poll_s, _RESTS * (self._clock() - began))
            if news is not None:
                yield news
            await asyncio.sleep(rest_s)

    async def look(self, looked_at: int | None = None) -> RunNews | None:
        """What changed since the last time; None for nothing. The first time, how things stand.

        Raises:
            AppError: when the library cannot be read.
        """
        is_changed, known = await self._changes.is_changed(), self._known
        # The end of a program changes nothing in the library: who holds a run is looked at in any case.
        if known is not None and not is_changed and not any(run.is_elsewhere for run in known.values()):
            return None
        runs = await self._as_they_stand()
        silent = {run.id for run in runs if self._reactions.is_missing(run)}
        turned, self._silent = silent ^ self._silent, silent
        self._known = {run.id: run for run in runs}
        if known is None:
            return RunNews(runs, ())
        await self._forget_gone(known, self._known)
        looked_into = looked_at if is_changed else None
        moved = [run for run in runs if known.get(run.id) != run or run.id == looked_into or run.id in turned]
        others = [run for run in moved if not self._at_work.is_working(run.id)]
        return RunNews(runs, tuple([await self._progress(run) for run in others]))

    async def _as_they_stand(self) -> tuple[Run, ...]:
        """All runs, newest first, none of them left alone."""
        runs = await self._runs.all()
        self._left_alone = {run.id for run in runs if self._is_left_alone(run)}
        if self._left_alone:
            await self._runs.recover()
            runs = await self._runs.all()
        return tuple(runs)

    async def _forget_gone(self, before: Mapping[int, Run], now: Mapping[int, Run]) -> None:
        there = {run.identity for run in now.values()}
        for run in before.values():
            if run.identity not in there:
                self._paces.pop(run.id, None)
                await self._changes.forget(run.id)

    def _is_left_alone(self, run: Run) -> bool:
        """It goes on, but nobody works on it: its program ended without a word."""
        return run.state.goes_on and not run.is_elsewhere and not self._at_work.is_working(run.id)

    async def _progress(self, run: Run) -> RunProgress:
        items = tuple(await self._changes.items(run.id))
        if not run.is_elsewhere:
            self._paces.pop(run.id, None)
            cause = RestCause.LEFT_ALONE if run.id in self._left_alone else None
            return RunProgress(run, changed=items, cause=cause)
        pace = self._paces.setdefault(run.id, ObservedPace())
        pace.seen(self._clock(), run.counts.done)
        return RunProgress(
            run,
            pace.per_minute,
            pace.seconds_for(run.counts.left),
            run.counts.asking,
            changed=items,
            does_not_react=run.id in self._silent,
        )


class ObservedPace:
    """How fast a count grows, going by what was seen of it in the last minute."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def seen(self, at: float, done: int) -> None:
        """So many were done at that moment; fewer than before is a new beginning."""
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((at, done))
        while len(self._seen) > 2 and self._seen[1][0] <= at - WINDOW_S:
            self._seen.popleft()

    @property
    def per_minute(self) -> float | None:
        """None until it has grown."""
        if not self._seen:
            return None
        (first_at, first), (last_at, last) = self._seen[0], self._seen[-1]
        return 60 * (last - first) / (last_at - first_at) if last > first and last_at > first_at else None

    def seconds_for(self, count: int) -> float | None:
        """How long so many more take; None while that cannot be told."""
        pace = self.per_minute
        return None if pace is None else 60 * count / pace
