"""A clock for tests, as `time.monotonic` is called."""

from __future__ import annotations


class Clock:
    """Stands still until `now` is moved."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now
