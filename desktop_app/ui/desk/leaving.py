"""What a person wants to become of runs when the window closes."""

from __future__ import annotations

from enum import Enum, auto


class Leaving(Enum):
    """The answer to the question that is asked while runs work."""

    STAY = auto()
    PAUSE = auto()
    GO_ON = auto()
    """Without the window, until they are done."""
