"""Progress of a run on standard error: a bar in a terminal, a plain line now and then everywhere else."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desktop_app.cli.output import advised, tell
from desktop_app.cli.run_words import duration, failure_words
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.run import RunCounts, RunState
from desktop_app.services.runs.progress import RunProgress

DRAW_EVERY_S = 0.1
TELL_EVERY_S = 10.0
"""A log that somebody reads the next morning needs no more lines than this."""

_BAR_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Goal:
    """What this command wants done.

    Attributes:
        before: the run's counts when it begins.
        most: so many pictures now, None for all of the run.
    """

    before: RunCounts
    most: int | None = None

    def reached(self, counts: RunCounts) -> tuple[int, int]:
        """How many are done, and of how many."""
        if self.most is None:
            return counts.done, counts.total
        return counts.done - self.before.done, min(self.most, self.before.left)


class Shown(Protocol):
    """What shows progress."""

    def show(self, progress: RunProgress) -> None: ...

    def say(self, text: str) -> None:
        """A line in between."""
        ...

    def close(self) -> None:
        """What follows begins on a line of its own."""
        ...


def shown_on_stderr(goal: Goal) -> Shown:
    """The bar when standard error is a terminal, lines otherwise."""
    if sys.stderr is not None and sys.stderr.isatty():
        return ProgressBar(goal)
    return ProgressLines(goal)


def progress_words(progress: RunProgress, goal: Goal) -> str:
    """ "450 of 1,000, 3 failed, 120/min, about 5 min left"."""
    done, of = goal.reached(progress.run.counts)
    parts = [f"{done:,} of {of:,}"]
    if progress.run.counts.failed:
        parts.append(f"{progress.run.counts.failed:,} failed")
    if progress.per_minute is not None:
        parts.append(f"{progress.per_minute:,.0f}/min")
    if progress.seconds_left is not None and goal.most is None and done < of:
        parts.append(f"about {duration(progress.seconds_left)} left")
    return ", ".join(parts)


class _News:
    """Notices that a run waits for its server or for room, or does without a server; a trouble is told once
    until work goes on, or until that server is back.
    """

    def __init__(self) -> None:
        self._told: tuple[AnswerFailure | None, int] | None = None
        self._resting: set[tuple[str, ErrorCode]] = set()
        self._had_no_room = False

    def news(self, progress: RunProgress) -> str:
        """What to tell now, "" for nothing."""
        return self._waits(progress) or self._rests(progress) or self._has_no_room(progress)

    def _has_no_room(self, progress: RunProgress) -> str:
        had_no_room, self._had_no_room = self._had_no_room, bool(progress.unsaved)
        failure = progress.run.failure
        if had_no_room or not progress.unsaved or failure is None:
            return ""
        return (
            f"Waiting: {failure_words(failure)} Answers that have come are kept as soon as that is possible; "
            "the run pauses then."
        )

    def _rests(self, progress: RunProgress) -> str:
        if progress.run.state is not RunState.RUNNING:
            return ""
        resting = {(one.name, one.failure.code): one for one in progress.resting}
        new = [one for place, one in resting.items() if place not in self._resting]
        self._resting = set(resting)
        lines = [f"Without {one.name} for now: {advised(one.failure.as_error())}" for one in new]
        return "\n".join([*lines, "The run goes on with the other servers."]) if lines else ""

    def _waits(self, progress: RunProgress) -> str:
        run = progress.run
        if run.state is not RunState.WAITING:
            return ""
        now = (run.failure, run.counts.done)
        if now == self._told:
            return ""
        self._told = now
        why = f"{failure_words(run.failure)} " if run.failure is not None else ""
        return f"Waiting: {why}The run goes on by itself when a server answers; Ctrl+C pauses it."


class ProgressLines:
    """A line now and then."""

    def __init__(
        self,
        goal: Goal,
        write: Callable[[str], None] = tell,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._goal = goal
        self._write = write
        self._clock = clock
        self._due = clock() + TELL_EVERY_S
        self._news = _News()

    def show(self, progress: RunProgress) -> None:
        if news := self._news.news(progress):
            self.say(news)
        if self._clock() < self._due or progress.run.state is not RunState.RUNNING:
            return
        self._due = self._clock() + TELL_EVERY_S
        self._write(progress_words(progress, self._goal))

    def say(self, text: str) -> None:
        self._write(text)

    def close(self) -> None:
        return


class ProgressBar:
    """One line that is drawn again and again."""

    def __init__(
        self,
        goal: Goal,
        write: Callable[[str], None] = lambda text: tell(text, end=""),
        clock: Callable[[], float] = time.monotonic,
        width: Callable[[], int] = lambda: shutil.get_terminal_size().columns,
    ) -> None:
        self._goal = goal
        self._write = write
        self._clock = clock
        self._width = width
        self._due = clock()
        self._drawn = 0
        self._last: RunProgress | None = None
        self._news = _News()

    def show(self, progress: RunProgress) -> None:
        self._last = progress
        if news := self._news.news(progress):
            self.say(news)
        if self._clock() >= self._due:
            self._due = self._clock() + DRAW_EVERY_S
            self._draw(progress)

    def say(self, text: str) -> None:
        self._clear()
        self._write(f"{text}\n")

    def close(self) -> None:
        """The last state stays on the screen."""
        if self._last is not None:
            self._draw(self._last)
            self._write("\n")
            self._last, self._drawn = None, 0

    def _draw(self, progress: RunProgress) -> None:
        done, of = self._goal.reached(progress.run.counts)
        share = done / of if of else 1.0
        full = int(share * _BAR_WIDTH)
        bar = f"[{'#' * full}{'.' * (_BAR_WIDTH - full)}] {int(share * 100):3d}%  "
        # A line as wide as the terminal would wrap, and the next one be drawn below it.
        line = (bar + progress_words(progress, self._goal))[: max(1, self._width() - 1)]
        self._write("\r" + line.ljust(self._drawn))
        self._drawn = len(line)

    def _clear(self) -> None:
        self._write("\r" + " " * self._drawn + "\r")
        self._drawn = 0
