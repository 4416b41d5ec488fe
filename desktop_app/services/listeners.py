"""Those who want to hear of changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_News = TypeVar("_News")


class Listeners(Generic[_News]):
    """Functions that are called with each piece of news, in the order they came."""

    def __init__(self) -> None:
        self._all: list[Callable[[_News], None]] = []

    def add(self, listener: Callable[[_News], None]) -> Callable[[], None]:
        """Returns the way to stop listening, which may be called again."""
        self._all.append(listener)

        def stop() -> None:
            if listener in self._all:
                self._all.remove(listener)

        return stop

    def tell(self, news: _News, failed: Callable[[Exception], None] | None = None) -> None:
        """Call all of them. What one raises goes to `failed` and the others still hear; without it, up."""
        for listener in tuple(self._all):
            try:
                listener(news)
            except Exception as problem:
                if failed is None:
                    raise
                failed(problem)
