"""Whether words have the room they need."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

ROUNDING_PX = 2
"""Glyphs of the font that steps in for Chinese come late and may be a pixel taller."""


def cut_off(window: QWidget) -> list[str]:
    """Texts of visible buttons and labels that are narrower or lower than their words need."""
    found = []
    parts: list[QPushButton | QLabel] = [*window.findChildren(QPushButton), *window.findChildren(QLabel)]
    for part in parts:
        if not part.isVisible() or not part.text():
            continue
        wraps = isinstance(part, QLabel) and part.wordWrap()
        height = part.heightForWidth(part.width()) if wraps else part.sizeHint().height()
        if (not wraps and part.width() < part.sizeHint().width()) or part.height() < height - ROUNDING_PX:
            found.append(part.text())
    return found
