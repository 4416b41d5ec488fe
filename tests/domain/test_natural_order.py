"""Names in the order people expect."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.natural_order import natural_key


def test_numbers_count_as_numbers_and_case_does_not_matter() -> None:
    names = ["img 10.jpg", "IMG 9.jpg", "img 009b.jpg", "b.png", "A.png", "10.png", "2.png"]
    assert sorted(names, key=natural_key) == [
        "2.png", "10.png", "A.png", "b.png", "IMG 9.jpg", "img 009b.jpg", "img 10.jpg",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=20)))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert sorted(sorted(names, key=natural_key), key=natural_key) == sorted(names, key=natural_key)
