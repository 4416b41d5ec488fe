"""Labels that show words and nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(
    role: str = "", text: str = "", parent: QWidget | None = None, *, selectable: bool = False
) -> QLabel:
    """A label that shows its text word for word, on as many lines as it takes.

    Labels guess whether a text is markup, and a name or an address from elsewhere must never be taken for it.

    Args:
        role: of the style sheet, "" for ordinary words.
        selectable: by the mouse, to be copied.
    """
    label = QLabel(text, parent)
    label.setProperty("role", role or None)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
