"""The fast way to natural order gives the order of numbers, and the same as name by name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.natural_order import natural_key, natural_keys

NAMES = st.lists(st.text(st.sampled_from("aBß._- /0123456789٣\0\n照"), max_size=30))


@given(NAMES)
def test_together_as_one_by_one(names: list[str]) -> None:
    assert natural_keys(names) == [natural_key(name) for name in names]


@given(st.integers(0, 10**30), st.integers(0, 10**30), st.integers(0, 3), st.text("_ .a", max_size=3))
def test_numbers_are_ordered_by_value(one: int, other: int, zeros: int, after: str) -> None:
    left = natural_key(f"IMG {'0' * zeros}{one}{after}")
    right = natural_key(f"img {other}{after}")
    assert (left < right) == (one < other)
    assert (left == right) == (one == other)


def test_numbers_longer_than_any_name() -> None:
    assert natural_key("a" + "9" * 300) < natural_key("a1" + "0" * 300)
