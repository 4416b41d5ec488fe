"""The servers of one run: the least busy one is asked, one that fails is rested."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, as_app_error
from desktop_app.domain.runs.run import RestingServer, RunServer
from desktop_app.domain.servers import ServerTarget
from desktop_app.services.runs.concurrency import Concurrency
from desktop_app.services.runs.trouble import Trouble, trouble_of

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
        target: how to ask it; None until it has been reached, and while it rests.
        rests_until: on the fleet's clock; it is not reached before.
        rests: rests since its last answer.
        trouble: why it is not asked.
        answers: how often it has answered.
        reaching: finds out how to ask it.
    """

    server: RunServer
    concurrency: Concurrency
    target: ServerTarget | None = None
    rests_until: float = 0.0
    rests: int = 0
    trouble: AppError | None = field(default=None, repr=False)
    answers: int = 0
    reaching: asyncio.Task[None] | None = field(default=None, repr=False)


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
        """Requests that may be in flight at all servers that can be asked; at least 1."""
        return sum(one.concurrency.limit for one in self._members if one.target is not None) or 1

    @property
    def trouble(self) -> AppError | None:
        """Why no server can be asked; one that may pass by itself before one that needs a person. None while
        one can be asked, or is being reached for the first time.
        """
        troubles = []
        for member in self._members:
            if member.target is not None or member.trouble is None:
                return None
            troubles.append(member.trouble)
        return min(troubles, key=lambda one: trouble_of(one) is Trouble.SERVER_UNUSABLE)

    @property
    def resting(self) -> tuple[RestingServer, ...]:
        """The servers that cannot be asked for now, where there are others."""
        if all(member.target is None for member in self._members):
            return ()
        return tuple(
            RestingServer(member.server.name, AnswerFailure.of(member.trouble))
            for member in self._members
            if member.target is None and member.trouble is not None
        )

    def free_member(self) -> Member | None:
        """The least busy server that takes another request now; the others are being reached meanwhile."""
        self._changed.clear()
        for member in self._members:
            if member.target is None and member.reaching is None and not self._rests(member):
                member.reaching = asyncio.ensure_future(self._find_out(member))
        able = [one for one in self._members if one.target is not None and one.concurrency.has_room]
        return min(able, key=lambda one: one.concurrency.in_flight / one.concurrency.limit, default=None)

    async def wait(self) -> None:
        """Return when something has changed since `free_member` looked, or a rest is over."""
        resting = [one.rests_until for one in self._members if one.target is None and one.reaching is None]
        longest = max(0.01, min(resting) - self._clock()) if resting else None
        try:
            async with asyncio.timeout(longest):
                await self._changed.wait()
        except TimeoutError:
            return

    def begin(self, member: Member) -> None:
        """A request begins; `end` must follow."""
        member.concurrency.begin()

    def end(self, member: Member) -> None:
        """A request is over, whatever came of it."""
        member.concurrency.end()
        self._changed.set()

    def answered(self, member: Member, seconds: float) -> None:
        """The server answered a request; if it was to rest, it need not."""
        member.answers += 1
        member.rests, member.rests_until = 0, 0.0
        if member.target is not None:
            member.trouble = None
        member.concurrency.answered(seconds)
        self._changed.set()

    def overloaded(self, member: Member) -> None:
        """The server asks for fewer requests."""
        member.concurrency.overloaded()
        self._changed.set()

    def rest(self, member: Member, problem: AppError) -> None:
        """The server cannot be asked: leave it alone for a while, then find out how to ask it. Reports of the
        same trouble count once.
        """
        if member.target is None and self._rests(member):
            return
        pause = min(LONGEST_REST_S, REST_S * 2.0**member.rests)
        member.rests += 1
        member.trouble, member.target = problem, None
        member.rests_until = self._clock() + pause
        member.concurrency.lost()
        self._changed.set()

    def wake(self) -> None:
        """Let whoever waits look again: something outside the fleet has changed."""
        self._changed.set()

    async def close(self) -> None:
        """Reach no more servers."""
        reaching = [member.reaching for member in self._members if member.reaching is not None]
        for task in reaching:
            task.cancel()
        await asyncio.gather(*reaching, return_exceptions=True)

    async def _find_out(self, member: Member) -> None:
        try:
            member.target = await self._reach(member.server)
            member.trouble = None
        except Exception as problem:  # nobody waits for this task, and the run must not wait for ever
            self.rest(member, as_app_error(problem))
        finally:
            member.reaching = None
            self._changed.set()

    def _rests(self, member: Member) -> bool:
        return self._clock() < member.rests_until
