"""Boxes and points stay where they belong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.geometry import Box, Point, Size

_numbers = st.floats(-1e6, 1e6)
_boxes = st.builds(Box, _numbers, _numbers, _numbers, _numbers)
_sizes = st.builds(Size, st.integers(1, 10_000), st.integers(1, 10_000))


@given(_boxes, _sizes)
def test_a_clamped_box_lies_within_the_picture(box: Box, size: Size) -> None:
    inside = box.normalised().clamped(size)
    assert 0 <= inside.left <= inside.right <= size.width
    assert 0 <= inside.top <= inside.bottom <= size.height


@given(_boxes)
def test_a_normalised_box_has_its_corners_in_order(box: Box) -> None:
    assert box.normalised().width >= 0
    assert box.normalised().height >= 0


def test_moving_and_clamping_points() -> None:
    assert Point(3, 4).moved(-5, 1).clamped(Size(10, 4)) == Point(0, 4)


def test_a_line_has_no_finite_aspect_ratio() -> None:
    assert Size(10, 0).aspect_ratio == float("inf")


@given(_sizes, _sizes)
def test_a_fitted_size_keeps_inside_keeps_the_shape_and_is_never_enlarged(size: Size, within: Size) -> None:
    fitted = size.fitted(within)
    assert 1 <= fitted.width <= min(size.width, within.width)
    assert 1 <= fitted.height <= min(size.height, within.height)
    assert abs(fitted.width * size.height - fitted.height * size.width) <= max(size.width, size.height)
    if size.width <= within.width and size.height <= within.height:
        assert fitted == size
