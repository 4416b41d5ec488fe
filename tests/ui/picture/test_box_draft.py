"""Boxes stay inside the picture whatever is done with them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.ui.picture.box_draft import HANDLES, BoxDraft, Edge, whole_sides

PICTURE = Size(400, 300)
ONE = Box(10, 20, 110, 70)

places = st.floats(-2_000, 2_000)
sizes = st.builds(Size, st.integers(1, 5_000), st.integers(1, 5_000))
boxes = st.builds(Box, places, places, places, places)
Step: TypeAlias = (
    tuple[Literal["new"], Box]
    | tuple[Literal["move"], float, float]
    | tuple[Literal["resize"], Edge, Point]
    | tuple[Literal["step"], int]
    | tuple[Literal["remove"]]
)
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("new"), boxes),
    st.tuples(st.just("move"), places, places),
    st.tuples(st.just("resize"), st.sampled_from(HANDLES), st.builds(Point, places, places)),
    st.tuples(st.just("step"), st.sampled_from((1, -1))),
    st.tuples(st.just("remove")),
)


def done(draft: BoxDraft, step: Step) -> BoxDraft:
    match step:
        case ("new", box):
            return draft.with_new(box)
        case ("move", dx, dy):
            return draft.moved(dx, dy)
        case ("resize", edges, to):
            return draft.resized(edges, to)
        case ("step", one):
            return draft.stepped(one)
        case ("remove",):
            return draft.without_chosen()


@given(sizes, st.integers(1, 4), st.lists(steps, max_size=30))
def test_boxes_are_never_empty_outside_or_too_many(picture: Size, most: int, todo: list[Step]) -> None:
    draft = BoxDraft(picture, most)
    for step in todo:
        draft = done(draft, step)
        assert len(draft.boxes) <= most
        assert draft.chosen is None or draft.chosen < len(draft.boxes)
        for left, top, right, bottom in draft.whole():
            assert 0 <= left < right <= picture.width
            assert 0 <= top < bottom <= picture.height


@given(st.floats(-999, 999), st.floats(-999, 999))
def test_a_box_that_is_moved_keeps_its_size(dx: float, dy: float) -> None:
    moved = BoxDraft(PICTURE, 1, (ONE,), 0).moved(dx, dy).box
    assert moved is not None
    assert abs(moved.width - ONE.width) < 1e-6
    assert abs(moved.height - ONE.height) < 1e-6


def test_a_side_that_is_pulled_over_the_other_turns_the_box_over() -> None:
    turned = BoxDraft(PICTURE, 1, (ONE,), 0).resized(Edge.LEFT, Point(200, 0))
    assert turned.box == Box(110, 20, 200, 70)


def test_a_full_field_takes_no_more_boxes_but_a_single_one_is_replaced() -> None:
    other = Box(200, 200, 210, 210)
    assert BoxDraft(PICTURE, 2, (ONE, ONE)).with_new(other).boxes == (ONE, ONE)
    assert BoxDraft(PICTURE, 1, (ONE,)).with_new(other).boxes == (other,)


def test_the_smallest_box_under_the_pointer_is_taken_unless_one_is_chosen() -> None:
    large, small = Box(0, 0, 300, 300), Box(10, 10, 20, 20)
    draft = BoxDraft(PICTURE, 3, (large, small))
    assert draft.box_at(Point(15, 15)) == 1
    assert draft.choosing(0).box_at(Point(15, 15)) == 0
    assert draft.box_at(Point(390, 1)) is None


def test_the_box_behind_a_removed_one_is_chosen() -> None:
    draft = BoxDraft(PICTURE, 3, (ONE, ONE, ONE), 2)
    draft = draft.without_chosen()
    assert (len(draft.boxes), draft.chosen) == (2, 1)
    assert draft.without_chosen().without_chosen().chosen is None


def test_a_sliver_is_one_pixel_wide_also_at_the_edge() -> None:
    assert whole_sides(Box(399.9, 10.2, 400, 10.4), PICTURE) == [399, 10, 400, 11]
