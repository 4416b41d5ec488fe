"""Sorting long lists in a worker thread beside a living window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

_Item = TypeVar("_Item")

_BLOCK = 8000


def sorted_in_blocks(
    items: Sequence[_Item], key: Callable[[_Item], Any], reverse: bool = False
) -> list[_Item]:
    """As `sorted`, in steps of a few milliseconds between which other threads get their turn."""
    merged: list[_Item] = []
    for start in range(0, len(items), _BLOCK):
        merged += sorted(items[start : start + _BLOCK], key=key, reverse=reverse)
    merged.sort(key=key, reverse=reverse)  # finds the sorted runs and merges them: a fifth of a whole sort
    return merged
