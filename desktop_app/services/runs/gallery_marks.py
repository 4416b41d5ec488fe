"""Tells the gallery how the newest run about each picture stands, while it changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Protocol

from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.runs.run import ItemState
from desktop_app.services.gallery_marks import Tell
from desktop_app.services.newer_news import NewerNews

AT_ONCE = 2_000
"""Pictures whose marks are found out at once, so that the window is not held up by 100,000."""

_MARKS = {
    ItemState.ASKING: AnswerState.STREAMING,
    ItemState.ANSWERED: AnswerState.DONE,
    ItemState.FAILED: AnswerState.FAILED,
}


class States(Protocol):
    """Where the states of pictures in runs are kept; `RunAnswers` is one."""

    async def states_of(self, paths: Sequence[str]) -> dict[str, ItemState]: ...


class RunMarks:
    """Marks of pictures that runs are about."""

    def __init__(
        self,
        states: States,
        tell: Tell,
        all_marks: Callable[[Sequence[str]], Awaitable[Mapping[str, AnswerState]]],
        start: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        """
        Args:
            tell: given the new mark of each picture's path; None where there is none any more.
            all_marks: what pictures are marked with by now, whoever asked about them.
            start: runs a coroutine on the loop.
        """
        self._states = states
        self._tell = tell
        self._all_marks = all_marks
        self._start = start
        self._news = NewerNews()

    async def of(self, paths: Sequence[str]) -> dict[str, AnswerState]:
        """The marks by the newest run about each path."""
        states = await self._states.states_of(paths)
        return {path: _MARKS[state] for path, state in states.items() if state in _MARKS}

    def changed(self, states: Mapping[str, ItemState]) -> None:
        """A run's pictures are in these states now."""
        self._news.tell(states)
        self._tell({path: _MARKS[state] for path, state in states.items() if state in _MARKS})
        others = [path for path, state in states.items() if state not in _MARKS]
        if others:
            self.look_again(others)

    def look_again(self, paths: Sequence[str]) -> None:
        """Runs no longer ask about these: they keep what else is known of them, or lose their mark."""
        self._start(self._look_again(paths))

    async def _look_again(self, paths: Sequence[str]) -> None:
        for first in range(0, len(paths), AT_ONCE):
            piece = paths[first : first + AT_ONCE]
            with self._news.reading() as newer:
                found = await self._all_marks(piece)
            self._tell({path: found.get(path) for path in piece if path not in newer})
