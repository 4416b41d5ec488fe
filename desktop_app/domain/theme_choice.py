"""Which palette the window uses; apart from the other settings because the first paint needs it alone."""

from __future__ import annotations

from enum import StrEnum


class ThemeChoice(StrEnum):
    """Follow the system, or stay light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
