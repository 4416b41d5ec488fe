"""Work of which only the latest counts, such as a look-up for what is typed now."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeAlias


class Cancellable(Protocol):
    """Running work that can be called off."""

    def cancel(self) -> object: ...


StartCancellable: TypeAlias = Callable[[Coroutine[Any, Any, None]], Cancellable | None]
"""Runs a coroutine on the loop and returns a handle to cancel it; `Tasks.start` does."""


class LatestWork:
    """Starts work by name; what begins takes the place of the earlier work of its name."""

    def __init__(self, start: StartCancellable) -> None:
        self._start = start
        self._running: dict[str, Cancellable | None] = {}

    def begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self.cancel(name)
        self._running[name] = self._start(work)

    def cancel(self, *names: str) -> None:
        """Call off the work of these names; what has ended stays as it is."""
        for name in names:
            running = self._running.pop(name, None)
            if running is not None:
                running.cancel()

    def cancel_all(self) -> None:
        self.cancel(*self._running)
