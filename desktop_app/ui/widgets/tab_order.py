"""The order in which Tab goes through widgets that are made while the window is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow_with(before: QWidget, root: QWidget) -> QWidget:
    """Let Tab go from `before` to what can have the keyboard in `root`, in the order it was made.

    Qt puts a new widget behind everything else in its window, wherever it stands. Both must be in one window.
    Returns the last widget, for the next part to follow; `before` when nothing in `root` takes the keyboard.
    """
    last = before
    for widget in (root, *root.findChildren(QWidget)):
        # A scroll area's inner parts pass the keyboard on to it and stay beside it.
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            QWidget.setTabOrder(last, widget)
            last = widget
    return last
