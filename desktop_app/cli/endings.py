"""Signals that ask a command to end: it brings to rest what it does before it goes."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

UNTIL_HARD = 3
"""Whoever presses Ctrl+C so often wants the program gone, whatever it still has to write down."""

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C, a person's or a system's `kill`, a terminal that is closed, Windows' Ctrl+Break."""

_CLOSED_TERMINAL = getattr(signal, "SIGHUP", None)


class Ending:
    """Whether the command was asked to end, and how.

    Attributes:
        exit_code: what the shell is told then, 128 and the signal's number; None when it was not asked.
    """

    exit_code: int | None = None

    @contextmanager
    def acts(self, act: Callable[[], None]) -> Iterator[None]:
        """Call `act` on the loop at every such signal, instead of ending at once or cancelling everything.

        A closed terminal that the program was started to ignore, as with nohup, stays ignored.
        """
        loop, seen = asyncio.get_running_loop(), 0

        def handle(number: int, frame: FrameType | None) -> None:
            nonlocal seen
            seen += 1
            if seen >= UNTIL_HARD:
                signal.default_int_handler(number, frame)
            if self.exit_code is None:
                self.exit_code = 128 + number
            loop.call_soon_threadsafe(act)

        wanted = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        before = {number: signal.getsignal(number) for number in wanted}
        if before.get(_CLOSED_TERMINAL) is signal.SIG_IGN:
            del before[_CLOSED_TERMINAL]
        for number in before:
            signal.signal(number, handle)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler or signal.SIG_DFL)
