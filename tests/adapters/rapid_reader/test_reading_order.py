"""Reading order on boxes alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.rapid_reader.reading_order import reading_rows
from desktop_app.domain.geometry import Box


def box(x: float, y: float, width: float = 200, height: float = 20) -> Box:
    return Box(x, y, x + width, y + height)


def test_rows_from_the_top_and_each_from_the_left() -> None:
    boxes = [box(300, 102), box(0, 200), box(0, 100), box(0, 0)]
    assert reading_rows(boxes) == [[3], [2, 0], [1]]


def test_a_receipt_is_read_across() -> None:
    names = [box(0, 30 * i, 80) for i in range(5)]
    prices = [box(400, 30 * i + 1, 50) for i in range(5)]
    assert reading_rows([*prices, *names]) == [[5 + i, i] for i in range(5)]


def test_columns_of_running_text_are_read_one_after_the_other_below_their_headline() -> None:
    headline = box(0, 0, 900, 40)
    left = [box(0, 60 + 30 * i, 400) for i in range(4)]
    right = [box(450, 60 + 30 * i, 400) for i in range(4)]
    rows = reading_rows([*right, *left, headline])
    assert rows == [[8], [4], [5], [6], [7], [0], [1], [2], [3]]


BOXES = st.lists(
    st.builds(box, st.integers(0, 2000), st.integers(0, 2000), st.integers(1, 900), st.integers(1, 90)),
    max_size=25,
)


@given(BOXES)
def test_every_piece_is_read_exactly_once(boxes: list[Box]) -> None:
    rows = reading_rows(boxes)
    assert sorted(index for row in rows for index in row) == list(range(len(boxes)))
    assert all(row for row in rows)
