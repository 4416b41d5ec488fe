"""How far a run is, how fast it goes, and when it will be done."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop_app.domain.runs.run import ItemState, RestCause, RestingServer, Run, RunCounts

WINDOW_S = 60.0
"""The pace is that of the last minute, or of all the time when it has not run that long."""


@dataclass(frozen=True, slots=True)
class RunProgress:
    """A run as it stands now.

    Attributes:
        run: with counts up to this moment.
        per_minute: pictures finished per minute, None until two are.
        seconds_left: until all that are asked about now are finished at this pace, None when it cannot be
            told.
        in_flight: requests at the servers now.
        changed: ids of the items that changed since the last time.
        resting: servers that it does without for now; none when there is no other.
        unsaved: names of the pictures whose answers the library has no room for; they wait for it, or are
            lost once the run has come to rest.
        cause: why it ends, or has ended, as far as that is not known from elsewhere.
        does_not_react: the process that works on it should have heard by now what is wanted of it.
    """

    run: Run
    per_minute: float | None = None
    seconds_left: float | None = None
    in_flight: int = 0
    changed: tuple[int, ...] = ()
    resting: tuple[RestingServer, ...] = ()
    unsaved: tuple[str, ...] = ()
    cause: RestCause | None = None
    does_not_react: bool = False


class ProgressMeter:
    """Counts along with a working run, so that nobody needs to count its rows."""

    def __init__(self, run: Run, clock: Callable[[], float] = time.monotonic) -> None:
        self._run = run
        self._clock = clock
        self._finished: deque[float] = deque()
        self._started = clock()

    @property
    def run(self) -> Run:
        return self._run

    def update(self, run: Run) -> None:
        """State, method or failure changed; counts stay."""
        self._run = replace(run, counts=self._run.counts)

    def recount(self, counts: RunCounts) -> None:
        """Somebody else changed items."""
        self._run = replace(self._run, counts=counts)

    def moved(
        self,
        before: ItemState,
        after: ItemState,
        shared: bool = False,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        """One item changed its state."""
        if after in (ItemState.ANSWERED, ItemState.FAILED):
            self._finished.append(self._clock())
        counts = self._run.counts
        # States are named as they are counted.
        by_state = {before: getattr(counts, before) - 1, after: getattr(counts, after) + 1}
        moved = replace(
            counts,
            **by_state,
            shared=counts.shared + shared,
            prompt_tokens=counts.prompt_tokens + prompt_tokens,
            completion_tokens=counts.completion_tokens + completion_tokens,
        )
        self._run = replace(self._run, counts=moved)

    def progress(self, left: int | None = None) -> RunProgress:
        """What the meter knows of it; `left`: pictures that are still to be asked about, None for all."""
        pace, left = self._per_second(), self._run.counts.left if left is None else left
        return RunProgress(self._run, None if pace is None else pace * 60, None if not pace else left / pace)

    def _per_second(self) -> float | None:
        now = self._clock()
        while self._finished and self._finished[0] < now - WINDOW_S:
            self._finished.popleft()
        seconds = min(WINDOW_S, now - self._started)
        return len(self._finished) / seconds if len(self._finished) > 1 and seconds > 0 else None
