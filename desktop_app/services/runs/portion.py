"""Which of a run's queued pictures are asked about now."""

from __future__ import annotations

from collections.abc import Collection, Sequence


class Portion:
    """All that is queued, or pictures that were named; others may join while these are being asked about."""

    def __init__(self, item_ids: Collection[int] | None = None) -> None:
        """`item_ids`: None for all."""
        self._ids = None if item_ids is None else set(item_ids)
        self._finished: set[int] = set()
        self._first: set[int] = set()
        self._is_to_be_walked = True

    @property
    def item_ids(self) -> Sequence[int] | None:
        """Those that were named; None for all."""
        return None if self._ids is None else tuple(self._ids)

    @property
    def left(self) -> int | None:
        """How many of those that were named are still to be asked about; None for all that is queued."""
        return None if self._ids is None else len(self._ids - self._finished)

    @property
    def is_to_be_walked(self) -> bool:
        """Whether some of it may have been queued since the queue was last walked over."""
        return self._is_to_be_walked

    def join(self, item_ids: Collection[int], first: bool = False) -> None:
        """These were queued, and are to be asked about too; `first`: before the others, as somebody waits."""
        if first:
            self._first.update(item_ids)
        if self._ids is not None:
            self._ids.update(item_ids)
            self._finished.difference_update(item_ids)
        self._is_to_be_walked = True

    def take_first(self) -> Collection[int]:
        """Those that are to come before the others; told once."""
        first, self._first = self._first, set()
        return first

    def finished(self, item_id: int) -> None:
        """This one was answered, or has failed."""
        if self._ids is not None:
            self._finished.add(item_id)

    def walk_again(self) -> None:
        """Some of it was queued again."""
        self._is_to_be_walked = True

    def walked(self) -> None:
        """The queue is walked over from its beginning now."""
        self._is_to_be_walked = False
