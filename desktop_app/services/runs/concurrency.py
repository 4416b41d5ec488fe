"""How many requests one server gets at the same time: additive increase, multiplicative decrease."""

from __future__ import annotations

import asyncio

FIRST = 8
"""Requests in flight to begin with; one server's preparation of pictures is rarely busy with fewer."""

SLOWER = 3.0
"""A server whose answers take this many times its quickest pace is queueing rather than working."""

_SMOOTHING = 0.2


class Concurrency:
    """The limit for one server; lives on one event loop.

    The limit grows by one for each round of as many answers as are allowed in flight, and is halved when the
    server says it has too much or does not answer in time. Answers that grow slower and slower take a fifth
    of it: vLLM accepts any number of requests and lets them wait, so it never says so itself.
    """

    def __init__(self, most: int, first: int = FIRST) -> None:
        """`most`: the user's cap."""
        self._most = most
        self._limit = float(min(first, most))
        self._in_flight = 0
        self._pace: float | None = None
        self._quickest: float | None = None
        self._since_decrease = 0
        self._room = asyncio.Event()
        self._room.set()

    @property
    def limit(self) -> int:
        """Requests that may be in flight now; at least 1."""
        return max(1, int(self._limit))

    @property
    def in_flight(self) -> int:
        return self._in_flight

    @property
    def has_room(self) -> bool:
        return self._in_flight < self.limit

    async def wait_for_room(self) -> None:
        """Return when another request may begin; somebody else may be quicker to begin it."""
        await self._room.wait()

    def begin(self) -> None:
        self._in_flight += 1
        self._tell_room()

    def end(self) -> None:
        self._in_flight -= 1
        self._tell_room()

    def answered(self, seconds: float) -> None:
        """An answer came, after so many seconds."""
        self._pace = seconds if self._pace is None else self._pace + _SMOOTHING * (seconds - self._pace)
        self._quickest = self._pace if self._quickest is None else min(self._quickest, self._pace)
        self._since_decrease += 1
        if self._pace > SLOWER * self._quickest:
            self._decrease(0.8)
        elif self._in_flight >= self.limit - 1:  # a limit that is not used says nothing about the server
            self._limit = min(float(self._most), self._limit + 1 / self._limit)
        self._tell_room()

    def overloaded(self) -> None:
        """The server said it has too much to do, or did not answer in time."""
        self._decrease(0.5)
        self._tell_room()

    def _decrease(self, factor: float) -> None:
        """At most once a round: the requests now in flight all tell of the same trouble."""
        if self._since_decrease < self.limit:
            return
        self._since_decrease = 0
        self._limit = max(1.0, self._limit * factor)

    def _tell_room(self) -> None:
        if self.has_room:
            self._room.set()
        else:
            self._room.clear()
