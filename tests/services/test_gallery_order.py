from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.natural_order import natural_key
from desktop_app.domain.pictures import FolderEntry
from desktop_app.domain.settings import SortOrder
from desktop_app.services.gallery_order import filter_entries, order_entries


def _entry(name: str, size: int = 1, modified: int = 1) -> FolderEntry:
    return FolderEntry("/pictures/" + name, name, size, modified)


ENTRIES = [
    _entry("IMG 10.jpg", 30, 300),
    _entry("img 9.jpg", 10, 300),
    _entry("Brücke/IMG 2.jpg", 20, 100),
    _entry("照片 3.png", 20, 200),
]


def _names(order: SortOrder, text: str = "") -> list[str]:
    return [entry.name for entry in filter_entries(order_entries(ENTRIES, order), text).entries]


def test_orders() -> None:
    assert _names(SortOrder.NAME) == ["Brücke/IMG 2.jpg", "img 9.jpg", "IMG 10.jpg", "照片 3.png"]
    assert _names(SortOrder.NEWEST) == ["img 9.jpg", "IMG 10.jpg", "照片 3.png", "Brücke/IMG 2.jpg"]
    assert _names(SortOrder.OLDEST) == ["Brücke/IMG 2.jpg", "照片 3.png", "img 9.jpg", "IMG 10.jpg"]
    assert _names(SortOrder.LARGEST) == ["IMG 10.jpg", "Brücke/IMG 2.jpg", "照片 3.png", "img 9.jpg"]
    assert _names(SortOrder.SMALLEST) == ["img 9.jpg", "Brücke/IMG 2.jpg", "照片 3.png", "IMG 10.jpg"]


def test_filter_wants_every_word_anywhere_without_case() -> None:
    assert _names(SortOrder.NAME, "img 1") == ["IMG 10.jpg"]
    assert _names(SortOrder.NAME, "  IMG  BRÜCKE ") == ["Brücke/IMG 2.jpg"]
    assert _names(SortOrder.NAME, "照片") == ["照片 3.png"]
    assert _names(SortOrder.NAME, "no such") == []


def test_filter_finds_accents_and_widths_however_they_are_written() -> None:
    decomposed = "Bru\u0308cke"
    assert _names(SortOrder.NAME, decomposed) == ["Brücke/IMG 2.jpg"]
    assert _names(SortOrder.NAME, "照片 ３") == ["照片 3.png"]


@given(
    st.lists(
        st.builds(_entry, st.text("aB1029 ß", min_size=1, max_size=9), st.integers(0, 3), st.integers(0, 3)),
        unique_by=lambda entry: entry.name,
        max_size=40,
    ),
    st.sampled_from(SortOrder),
)
def test_nothing_is_lost_and_rows_are_right(entries: list[FolderEntry], order: SortOrder) -> None:
    shown = filter_entries(order_entries(entries, order), "")
    assert sorted(shown.entries) == sorted(entries)
    assert all(shown.entries[row].path == path for path, row in shown.rows.items())
    assert len(shown.rows) == len(entries)


def test_blocks_are_merged_into_one_order() -> None:
    """More entries than one block holds, against the plain way."""
    entries = [_entry(f"IMG_{(number * 7919) % 20011}.jpg") for number in range(20011)]
    ordered = order_entries(entries, SortOrder.NAME)
    assert [e.name for e in ordered.entries] == sorted((e.name for e in entries), key=natural_key)
