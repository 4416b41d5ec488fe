"""Which rows are shown in which order, looked up both ways."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.runs.grid.row_order import order_of


@given(st.integers(0, 30), st.randoms(use_true_random=False))
def test_every_row_is_found_at_its_number_and_no_other_one(total: int, dice: Random) -> None:
    places = list(range(total))
    dice.shuffle(places)
    shown = places[: total // 2]
    order = order_of(shown, total)
    assert [order.places[number] for number in order.numbers if number >= 0] == sorted(shown)
    assert [order.numbers[place] for place in shown] == list(range(len(shown)))
    assert len(order.numbers) == total


def test_all_rows_in_the_order_of_the_run_take_no_room() -> None:
    assert order_of(range(100_000), 100_000).numbers == range(100_000)
    assert order_of(range(2), 3).numbers == [0, 1, -1]
