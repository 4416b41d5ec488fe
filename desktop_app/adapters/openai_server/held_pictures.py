"""Remembers which pictures a server holds, so that a follow-up question need not send them again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

MOST_REMEMBERED = 4096
MISSES_UNTIL_QUIET = 3
"""A server without a cache, or several servers behind one address, miss every time."""


class HeldPictures:
    """Digests that one address has received in this process; the server may have dropped any of them."""

    def __init__(self) -> None:
        self._digests: OrderedDict[str, None] = OrderedDict()
        self._misses = 0

    def among(self, digests: Iterable[str]) -> frozenset[str]:
        """Those of `digests` that may be named without sending them."""
        if self._misses >= MISSES_UNTIL_QUIET:
            return frozenset()
        return frozenset(digest for digest in digests if digest in self._digests)

    def sent(self, digests: Iterable[str], omitted: frozenset[str]) -> None:
        """The server accepted these; `omitted` were named only, and it had them."""
        if omitted:
            self._misses = 0
        for digest in digests:
            self._digests[digest] = None
            self._digests.move_to_end(digest)
        while len(self._digests) > MOST_REMEMBERED:
            self._digests.popitem(last=False)

    def missed(self) -> None:
        """The server was restarted, or its cache is full: none is sure any more."""
        self._misses += 1
        self._digests.clear()
