"""Pictures with identical bytes: one of them is asked about, the others get its answer."""

from __future__ import annotations

from desktop_app.domain.runs.item import QueuedItem
from desktop_app.domain.runs.run import Run
from desktop_app.services.runs.ports import RunTwins


class Twins:
    """Those of one run; lives on one event loop."""

    def __init__(self, run: Run, kept: RunTwins) -> None:
        self._run_id = run.id
        self._kept = kept
        self._has_earlier = run.counts.answered > 0
        self._waiting: dict[str, list[QueuedItem]] = {}
        self._answered: dict[bytes, int] = {}
        self._renewed: dict[str, int] = {}

    def waits(self, item: QueuedItem, content: str) -> bool:
        """Whether these bytes are being asked about; then the item waits for the answer."""
        waiting = self._waiting.get(content)
        if waiting is None:
            return False
        waiting.append(item)
        return True

    async def answered(self, item: QueuedItem, content: str) -> int | None:
        """The item whose answer this one is to share.

        One that has an answer was queued again to get a new one, so that only an answer since then will do.
        """
        if item.has_answer:
            known = self._renewed.get(content)
            return None if known == item.id else known
        known = self._answered.get(_key(content))
        if known is None and self._has_earlier:
            return await self._kept.answered_with(self._run_id, content)
        return known

    def begin(self, content: str) -> None:
        """These bytes are being asked about."""
        self._waiting[content] = []

    def end(self, item: QueuedItem, content: str, is_answered: bool) -> list[QueuedItem]:
        """The asking is over; those that waited for it."""
        if is_answered:
            self._answered[_key(content)] = item.id
            if item.has_answer:
                self._renewed[content] = item.id
        return self._waiting.pop(content, [])


def _key(content: str) -> bytes:
    return bytes.fromhex(content)  # half the memory, for a hundred thousand of them
