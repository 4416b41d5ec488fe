"""Collects Python's cyclic garbage on the window's thread, and nowhere else.

Python collects in whichever thread happens to allocate. A widget or timer that is destroyed in a worker
thread that way leaves its ticking timers behind, and Qt crashes at the next tick (seen with PySide6 6.11).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500
_NEW_OBJECTS = 5_000
"""Collecting the youngest generation this early costs about a millisecond."""

_YOUNGER_ROUNDS = 10
"""Rounds of one generation before the next older one is collected, as Python does it itself."""


class GuiThreadGarbage(QObject):
    """Takes over from Python's own collector until `release`."""

    def __init__(self) -> None:
        super().__init__()
        self._was_enabled = gc.isenabled()
        gc.disable()
        # What exists now lives as long as the program: looking at it again and again would cost a long pause.
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_EVERY_MS)

    def release(self) -> None:
        """Collect once more and give the task back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.collect()
        if self._was_enabled:
            gc.enable()

    def _collect(self) -> None:
        youngest, middle, oldest = gc.get_count()
        if youngest < _NEW_OBJECTS:
            return
        if oldest >= _YOUNGER_ROUNDS:
            gc.collect(2)
        elif middle >= _YOUNGER_ROUNDS:
            gc.collect(1)
        else:
            gc.collect(0)
