"""A person who waits for an answer goes before everything that runs by itself."""

from __future__ import annotations

import asyncio


class RightOfWay:
    """Lives on one event loop."""

    def __init__(self) -> None:
        self._waiting: set[Person] = set()
        self._free = asyncio.Event()
        self._free.set()

    def person(self) -> Person:
        """An interactive question, which takes the way when it is sent and leaves it at its first word."""
        return Person(self)

    async def give_way(self) -> None:
        """Return when nobody waits for a first word."""
        await self._free.wait()

    def take(self, person: Person) -> None:
        self._waiting.add(person)
        self._free.clear()

    def leave(self, person: Person) -> None:
        self._waiting.discard(person)
        if not self._waiting:
            self._free.set()


class Person:
    """One question's hold on the way; `leave` may be called any number of times."""

    def __init__(self, way: RightOfWay) -> None:
        self._way = way

    def take(self) -> None:
        self._way.take(self)

    def leave(self) -> None:
        self._way.leave(self)
