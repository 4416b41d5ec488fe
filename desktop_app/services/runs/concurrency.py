"""How many requests one server gets at the same time: additive increase, multiplicative decrease."""

from __future__ import annotations

FIRST = 8
"""Requests in flight to begin with; one server's preparation of pictures is rarely busy with fewer."""

SLOWER = 3.0
"""A server whose answers take this many times its quickest pace is queueing rather than working."""

_SMOOTHING = 0.2

_PATIENCE = 3
"""Decreases after which answers that come no quicker are taken to need that long: larger pictures, longer
answers."""


class Concurrency:
    """The limit for one server.

    The limit grows by one for each round of as many answers as are allowed in flight, and is halved when the
    server says it has too much or does not answer in time. Answers that grow slower and slower take a fifth
    of it: vLLM accepts any number of requests and lets them wait, so it never says so itself. A server that
    went away starts with one request and gets one more for each answer, up to half of what it had.
    """

    def __init__(self, most: int) -> None:
        """`most`: the user's cap."""
        self._most = most
        self._limit = float(min(FIRST, most))
        self._quickly_to = 0.0
        self._in_flight = 0
        self._pace: float | None = None
        self._quickest = 0.0
        self._since_decrease = 0
        self._slowed = 0

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

    def begin(self) -> None:
        self._in_flight += 1

    def end(self) -> None:
        self._in_flight -= 1

    def answered(self, seconds: float) -> None:
        """An answer came, after so many seconds."""
        if self._pace is None:
            self._pace = self._quickest = seconds
        self._pace += _SMOOTHING * (seconds - self._pace)
        self._quickest = min(self._quickest, self._pace)
        self._since_decrease += 1
        if self._pace > SLOWER * self._quickest:
            self._slow_down(self._pace)
            return
        self._slowed = 0
        if self._limit < self._quickly_to:
            self._limit = min(self._quickly_to, self._limit + 1)
        elif self._in_flight >= self.limit - 1:  # a limit that is not used says nothing about the server
            self._limit = min(float(self._most), self._limit + 1 / self._limit)

    def overloaded(self) -> None:
        """The server said it has too much to do, or did not answer in time."""
        self._decrease(0.5)

    def lost(self) -> None:
        """The server went away; what comes back may not bear what was lost with it."""
        self._quickly_to = max(self._quickly_to, self._limit / 2)
        self._limit = 1.0
        self._since_decrease = 0

    def _slow_down(self, pace: float) -> None:
        if self._slowed == _PATIENCE:
            self._quickest, self._slowed = pace, 0
        elif self._decrease(0.8):
            self._slowed += 1

    def _decrease(self, factor: float) -> bool:
        """At most once a round: the requests now in flight all tell of the same trouble."""
        if self._since_decrease < self.limit:
            return False
        self._since_decrease = 0
        self._limit = max(1.0, self._limit * factor)
        self._quickly_to = 0.0
        return True
