"""What keys do in the table of the answer grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

Act: TypeAlias = Callable[[], object]
Pressed: TypeAlias = tuple[int, Qt.KeyboardModifier]

COPY_ROWS: Pressed = (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
"""In the window it shows or hides the conversation."""

_OF_THE_VIEW = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
        *(Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
    }
)


class TableKeys:
    """Keys with meanings of the table's own; of the others some are Qt's, and the rest the window's."""

    def __init__(self, standard: Mapping[QKeySequence.StandardKey, Act], own: Mapping[Pressed, Act]) -> None:
        self._standard = standard
        self._own = own

    def meant(self, event: QKeyEvent) -> Act | None:
        """What a key of the table's own does."""
        for sequence, act in self._standard.items():
            if event.matches(sequence):
                return act
        return self._own.get(_pressed(event))


def is_for_view(event: QKeyEvent) -> bool:
    """Whether Qt's view knows what to do; letters and digits are shortcuts of the window."""
    return event.key() in _OF_THE_VIEW or event.matches(QKeySequence.StandardKey.SelectAll)


def is_claimed(event: QEvent) -> bool:
    """Whether a shortcut of the window has to stand back."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    return _pressed(event) == COPY_ROWS


def _pressed(event: QKeyEvent) -> Pressed:
    return event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
