"""The geometry of the picture on the screen, as properties."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.ui.picture.viewport import Viewport

sizes = st.builds(Size, st.integers(1, 30_000), st.integers(1, 30_000))
areas = st.tuples(st.floats(50, 4000), st.floats(50, 3000), st.sampled_from([1.0, 1.25, 1.5, 2.0]))
shares = st.floats(0.0, 1.0)
factors = st.floats(0.2, 8.0)


def fitted(size: Size, area: tuple[float, float, float]) -> Viewport:
    return Viewport(size, *area).fitted()


@st.composite
def viewports(draw: st.DrawFn) -> Viewport:
    """Any view a person can reach: fitted, zoomed somewhere, panned."""
    view = fitted(draw(sizes), draw(areas))
    for _ in range(draw(st.integers(0, 3))):
        at = Point(draw(shares) * view.area_width, draw(shares) * view.area_height)
        view = view.zoomed(view.zoom * draw(factors), at)
        view = view.panned(draw(st.floats(-3000, 3000)), draw(st.floats(-3000, 3000)))
    return view


@st.composite
def covering_viewports(draw: st.DrawFn) -> Viewport:
    """A zoomed view whose picture fills the area in both directions."""
    size = draw(st.builds(Size, st.integers(300, 30_000), st.integers(300, 30_000)))
    view = fitted(size, draw(areas))
    cover = max(view.area_width / size.width, view.area_height / size.height) * view.ratio
    at = Point(draw(shares) * view.area_width, draw(shares) * view.area_height)
    view = view.zoomed(max(cover, view.fit_zoom) * draw(st.floats(1.01, 4.0)), at)
    return view.panned(draw(st.floats(-3000, 3000)), draw(st.floats(-3000, 3000)))


@given(covering_viewports(), shares, shares, st.floats(1.0, 8.0))
@settings(deadline=None)
def test_zooming_in_keeps_the_point_under_the_cursor(
    view: Viewport, across: float, down: float, factor: float
) -> None:
    cursor = Point(across * view.area_width, down * view.area_height)
    before = view.to_picture(cursor)
    after = view.zoomed(view.zoom * factor, cursor)
    seen = after.to_screen(before)
    assert seen.x == pytest.approx(cursor.x, abs=0.01)
    assert seen.y == pytest.approx(cursor.y, abs=0.01)


@given(covering_viewports(), shares, shares, st.floats(1.0, 8.0))
@settings(deadline=None)
def test_zooming_in_and_out_at_one_place_comes_back(
    view: Viewport, across: float, down: float, factor: float
) -> None:
    cursor = Point(across * view.area_width, down * view.area_height)
    back = view.zoomed(view.zoom * factor, cursor).zoomed(view.zoom, cursor)
    assert back.centre.x == pytest.approx(view.centre.x, abs=0.01)
    assert back.centre.y == pytest.approx(view.centre.y, abs=0.01)


@given(viewports())
@settings(deadline=None)
def test_the_picture_never_leaves_the_area(view: Viewport) -> None:
    first = view.to_screen(Point(0, 0))
    last = view.to_screen(Point(view.picture.width, view.picture.height))
    for start, end, area in ((first.x, last.x, view.area_width), (first.y, last.y, view.area_height)):
        if end - start >= area:
            assert start <= 0.01
            assert end >= area - 0.01
        else:
            assert start == pytest.approx(area - end, abs=0.01)


@given(sizes, areas)
@settings(deadline=None)
def test_a_fitted_picture_is_seen_whole_and_touches_two_edges_or_is_at_100_percent(
    size: Size, area: tuple[float, float, float]
) -> None:
    view = fitted(size, area)
    seen = view.visible()
    assert (seen.left, seen.top) == pytest.approx((0, 0), abs=1e-6)
    assert (seen.right, seen.bottom) == pytest.approx((size.width, size.height))
    width, height = size.width * view.scale, size.height * view.scale
    assert width <= view.area_width + 0.01
    assert height <= view.area_height + 0.01
    touches = width == pytest.approx(view.area_width) or height == pytest.approx(view.area_height)
    assert touches or view.zoom == 1.0


@given(viewports(), st.floats(-100, 40_000), st.floats(-100, 40_000))
@settings(deadline=None)
def test_screen_and_picture_positions_are_each_other_s_inverse(view: Viewport, x: float, y: float) -> None:
    back = view.to_picture(view.to_screen(Point(x, y)))
    assert back.x == pytest.approx(x, abs=0.01)
    assert back.y == pytest.approx(y, abs=0.01)


@given(viewports(), areas)
@settings(deadline=None)
def test_a_resized_area_keeps_a_fitted_picture_fitted(
    view: Viewport, area: tuple[float, float, float]
) -> None:
    resized = view.resized(*area)
    if view.is_fitted:
        assert resized == fitted(view.picture, area)
    else:
        assert resized.zoom in (view.zoom, resized.fit_zoom)


@given(viewports(), shares, shares, shares, shares)
@settings(deadline=None)
def test_going_to_a_box_shows_all_of_it(
    view: Viewport, left: float, top: float, right: float, bottom: float
) -> None:
    size = view.picture
    box = Box(left * size.width, top * size.height, right * size.width, bottom * size.height)
    seen = view.showing(box).visible()
    wanted = box.normalised()
    slack = 0.01 + size.width * 1e-9
    assert seen.left <= wanted.left + slack
    assert seen.top <= wanted.top + slack
    assert seen.right >= wanted.right - slack
    assert seen.bottom >= wanted.bottom - slack


def test_100_percent_means_device_pixels() -> None:
    view = fitted(Size(4000, 3000), (800, 600, 2.0)).zoomed(1.0)
    assert view.scale == 0.5
    assert view.visible() == Box(1200, 900, 2800, 2100)


def test_a_tiny_picture_is_not_enlarged_by_fitting_but_can_be_zoomed_to_fill() -> None:
    view = fitted(Size(8, 8), (800, 600, 1.0))
    assert view.zoom == 1.0
    assert view.zoomed(1000).zoom == 75.0


def test_the_wanted_pixels_never_exceed_the_original() -> None:
    view = fitted(Size(4000, 3000), (1000, 600, 1.0))
    assert view.wanted_pixels == Size(800, 600)
    assert view.zoomed(3.0).wanted_pixels == Size(4000, 3000)


def test_going_to_a_wide_line_of_text_comes_closer_too() -> None:
    view = fitted(Size(1000, 1400), (600, 700, 1.0))
    line = Box(200, 500, 800, 540)
    seen = view.showing(line)
    assert seen.zoom > view.zoom * 1.5
    assert seen.visible().left <= line.left
    assert seen.visible().right >= line.right
