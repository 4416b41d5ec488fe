"""Order and filter of a folder's pictures, for lists of 100,000.

Runs in a worker thread beside a living window. Sorting strings happens inside the interpreter without a pause
for other threads, so long lists are sorted in blocks and the sorted blocks merged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from desktop_app.domain.natural_order import natural_keys
from desktop_app.domain.pictures import FolderEntry
from desktop_app.domain.searchable import searchable
from desktop_app.domain.settings import SortOrder
from desktop_app.services.block_sorting import sorted_in_blocks

_KEY_BLOCK = 2000


@dataclass(frozen=True, slots=True)
class OrderedEntries:
    """Entries in one order, kept so that another filter text need not sort again.

    Attributes:
        order: the order they are in.
        entries: all pictures of the folder.
        searched: their names as the filter compares them, in the same order; filled by the first filter.
    """

    order: SortOrder
    entries: list[FolderEntry]
    searched: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownEntries:
    """What is left by the filter: entries in order, and the row of each path."""

    entries: Sequence[FolderEntry]
    rows: Mapping[str, int]


def order_entries(entries: Sequence[FolderEntry], order: SortOrder) -> OrderedEntries:
    """Sort; pictures with equal time or size stay in natural order of their names."""
    ordered = _by_name(entries)
    match order:
        case SortOrder.NEWEST | SortOrder.OLDEST:
            ordered = sorted_in_blocks(ordered, attrgetter("modified_ns"), order is SortOrder.NEWEST)
        case SortOrder.LARGEST | SortOrder.SMALLEST:
            ordered = sorted_in_blocks(ordered, attrgetter("size_bytes"), order is SortOrder.LARGEST)
        case SortOrder.NAME:
            pass
    return OrderedEntries(order, ordered)


def filter_entries(ordered: OrderedEntries, text: str) -> ShownEntries:
    """The entries whose names hold every word of `text`, in any order and without regard to case."""
    words = searchable(text).split()
    if not words:
        return _shown(ordered.entries)
    if not ordered.searched:
        ordered.searched.extend([searchable(entry.name) for entry in ordered.entries])
    first, *others = words
    found = [
        entry
        for entry, name in zip(ordered.entries, ordered.searched, strict=True)
        if first in name and all(word in name for word in others)
    ]
    return _shown(found)


def _shown(entries: Sequence[FolderEntry]) -> ShownEntries:
    return ShownEntries(entries, {entry.path: row for row, entry in enumerate(entries)})


def _by_name(entries: Sequence[FolderEntry]) -> list[FolderEntry]:
    keys: list[str] = []
    for start in range(0, len(entries), _KEY_BLOCK):
        keys += natural_keys([entry.name for entry in entries[start : start + _KEY_BLOCK]])
    return [entries[row] for row in sorted_in_blocks(range(len(entries)), keys.__getitem__)]
