"""What others want of the process that works on a run: how it hears that, and whether it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.run import Run, RunWish
from desktop_app.services.runs.ports import RunHolding

LISTEN_S = 0.5
"""The library is asked this often, in seconds: a run that waits for its server or for a slow answer writes
nothing that it could ask along with. One row is read by its key, in a tenth of a millisecond.
"""

REACTS_WITHIN_S = 10.0
"""A process that has heard nothing for so long hangs, or its computer does."""


async def wishes(holding: RunHolding, run_id: int) -> AsyncIterator[RunWish]:
    """What others want of this process, which works on the run; without end. It has heard a wish when it asks
    for the next one. A library that cannot be read now is read again later.
    """
    while True:
        await asyncio.sleep(LISTEN_S)
        wish = None
        with suppress(AppError):
            wish = await holding.wished(run_id)
        if wish is not None:
            yield wish
            with suppress(AppError):  # it does so all the same
                await holding.hear(run_id, wish)


class Reactions:
    """Notices processes that do not hear what is wanted of them, going by when that was seen first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since: dict[int, float] = {}

    def is_missing(self, run: Run) -> bool:
        """Whether the process that works on a run should have heard by now; to be asked again and again."""
        if run.wish is None or run.wish is RunWish.HEARD:
            self._since.pop(run.id, None)
            return False
        now = self._clock()
        return now - self._since.setdefault(run.id, now) >= REACTS_WITHIN_S
