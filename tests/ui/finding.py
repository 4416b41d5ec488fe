"""Finds the parts of a window."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

Part = TypeVar("Part", bound=QObject)
Shown = TypeVar("Shown", bound=QWidget)


def part(parent: QObject, kind: type[Part]) -> Part:
    """The first of its kind; there must be one."""
    found = parent.findChild(kind)
    assert found is not None, f"no {kind.__name__}"
    return found


def is_shown(parent: QObject, kind: type[QWidget]) -> bool:
    """Whether one of the kind can be seen."""
    return any(one.isVisible() for one in parent.findChildren(kind))


def shown_part(parent: QObject, kind: type[Shown]) -> Shown:
    """The first of its kind that can be seen."""
    return next(one for one in parent.findChildren(kind) if one.isVisible())


def next_to_focus(widget: QWidget) -> QWidget:
    """Where the Tab key goes from here, whether or not that can be seen."""
    following = widget.nextInFocusChain()
    assert following is not None
    return following
