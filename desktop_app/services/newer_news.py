"""Keeps what was read from taking the place of what was told while it was being read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class NewerNews:
    """What changes is told at once and reading takes a while: news that come meanwhile are the newer ones."""

    def __init__(self) -> None:
        self._open: list[set[str]] = []

    def tell(self, paths: Iterable[str]) -> None:
        """There is news of these."""
        told = set(paths)
        for newer in self._open:
            newer.update(told)

    @contextmanager
    def reading(self) -> Iterator[set[str]]:
        """Gives the paths that there has been news of since it began."""
        newer: set[str] = set()
        self._open.append(newer)
        try:
            yield newer
        finally:
            self._open = [one for one in self._open if one is not newer]
