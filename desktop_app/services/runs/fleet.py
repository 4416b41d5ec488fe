"""The servers of one run: the least busy one is asked, one that fails is rested."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.run import RunServer
from desktop_app.domain.servers import ServerTarget
from desktop_app.services.runs.concurrency import Concurrency

REST_S = 5.0
"""First rest of a server that does not answer, in seconds; doubled each time up to `LONGEST_REST_S`."""

LONGEST_REST_S = 60.0

Reach = Callable[[RunServer], Awaitable[ServerTarget]]
"""Finds out how to ask a server; raises AppError when it does not answer."""


@dataclass(eq=False)
class Member:
    """One server.

    Attributes:
        server: as the run names it.
        concurrency: how much it takes.
        target: how to ask it, None until it has been reached.
        rests_until: on the monotonic clock; it is not asked before.
        trouble: why it rests.
    """

    server: RunServer
    concurrency: Concurrency
    target: ServerTarget | None = None
    rests_until: float = 0.0
    rests: int = 0
    trouble: AppError | None = field(default=None, repr=False)


class Fleet:
    """Lives on one event loop."""

    def __init__(
        self,
        servers: Sequence[RunServer],
        reach: Reach,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """
        Args:
            servers: one or more.
            reach: see `Reach`.
            most: most requests in flight at each.
            clock: seconds.
        """
        self._members = [Member(server, Concurrency(most)) for server in servers]
        self._reach = reach
        self._clock = clock
        self._changed = asyncio.Event()

    @property
    def in_flight(self) -> int:
        return sum(member.concurrency.in_flight for member in self._members)

    @property
    def limit(self) -> int:
        """Requests that may be in flight at all servers that do not rest."""
        return sum(member.concurrency.limit for member in self._members if not self._rests(member)) or 1

    @property
    def trouble(self) -> AppError | None:
        """Why every server rests; None while one does not."""
        if not all(self._rests(member) for member in self._members):
            return None
        return self._members[0].trouble

    async def reach_first(self) -> ServerTarget:
        """Reach the servers in order until one answers.

        Raises:
            AppError: that of the first one, when none does.
        """
        problems = []
        for member in self._members:
            try:
                member.target = member.target or await self._reach(member.server)
            except AppError as problem:
                problems.append(problem)
                self.rest(member, problem)
            else:
                return member.target
        raise problems[0]

    @contextmanager
    def request(self, member: Member) -> Iterator[None]:
        """Around one request, so that it counts as in flight."""
        member.concurrency.begin()
        try:
            yield
        finally:
            member.concurrency.end()
            self._tell()

    def free_member(self) -> Member | None:
        """The least busy server that takes another request now."""
        able = [one for one in self._members if not self._rests(one) and one.concurrency.has_room]
        return min(able, key=lambda one: one.concurrency.in_flight / one.concurrency.limit, default=None)

    async def wait(self) -> None:
        """Return when it is worth looking for a free server again."""
        self._changed.clear()
        resting = [member.rests_until for member in self._members if self._rests(member)]
        longest = max(0.01, min(resting) - self._clock()) if resting else None
        try:
            async with asyncio.timeout(longest):
                await self._changed.wait()
        except TimeoutError:
            return

    async def target_of(self, member: Member) -> ServerTarget:
        """How to ask it; reaches it the first time, and after a rest.

        Raises:
            AppError: when it does not answer.
        """
        if member.target is None:
            member.target = await self._reach(member.server)
        return member.target

    def answered(self, member: Member, seconds: float) -> None:
        """The server answered a request."""
        member.rests, member.trouble = 0, None
        member.concurrency.answered(seconds)
        self._tell()

    def overloaded(self, member: Member) -> None:
        """The server asks for fewer requests."""
        member.concurrency.overloaded()
        self._tell()

    def rest(self, member: Member, problem: AppError) -> None:
        """The server does not answer: leave it alone for a while. Reports of the same trouble count once."""
        if self._rests(member):
            return
        pause = min(LONGEST_REST_S, REST_S * 2**member.rests)
        member.rests += 1
        member.trouble, member.target = problem, None
        member.rests_until = self._clock() + pause
        member.concurrency.overloaded()
        self._tell()

    def _rests(self, member: Member) -> bool:
        return self._clock() < member.rests_until

    def _tell(self) -> None:
        self._changed.set()
