"""Those who want to hear of changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

_News = TypeVar("_News")


class Listeners(Generic[_News]):
    """Functions that are called with each piece of news, in the order they came."""

    def __init__(self, of: str = "") -> None:
        """`of`: what they listen to, where one that fails must cost nothing: the event loop is told of it and
        the others still hear. Without it, what a listener raises goes up.
        """
        self._of = of
        self._all: list[Callable[[_News], None]] = []

    def add(self, listener: Callable[[_News], None]) -> Callable[[], None]:
        """Returns the way to stop listening, which may be called again."""
        self._all.append(listener)

        def stop() -> None:
            if listener in self._all:
                self._all.remove(listener)

        return stop

    def tell(self, news: _News) -> None:
        """Call all of them."""
        for listener in tuple(self._all):
            try:
                listener(news)
            except Exception as problem:
                if not self._of:
                    raise
                asyncio.get_running_loop().call_exception_handler(
                    {"message": f"a listener of {self._of} failed", "exception": problem}
                )
