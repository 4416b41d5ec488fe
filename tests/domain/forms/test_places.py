from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.forms.form import Choice, Form, FormField, Places
from desktop_app.domain.forms.places import in_model_coordinates, in_original_pixels
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import EncodedPicture, PreparedPicture
from desktop_app.domain.vision_tokens import QWEN2_5_VL, QWEN2_VL, QWEN3_VL

FORM = Form("Where", (FormField("where", "Where", Places()), FormField("kind", "Kind", Choice(("a", "b")))))
ORIGINAL, SENT = Size(4000, 3000), Size(560, 420)


def prepared(region: Box | None = None, original: Size = ORIGINAL, sent: Size = SENT) -> PreparedPicture:
    return PreparedPicture(EncodedPicture(b"", "image/jpeg", sent, ""), original, region, 300, "")


def placed(boxes: list[list[int]], family: str, picture: PreparedPicture | None = None) -> object:
    return in_original_pixels({"where": boxes, "kind": "a"}, FORM, picture or prepared(), family)["where"]


@pytest.mark.parametrize("family", [QWEN2_VL.name, QWEN3_VL.name, ""])
def test_most_families_give_thousandths(family: str) -> None:
    assert placed([[0, 0, 1000, 1000], [250, 500, 500, 750]], family) == [
        [0, 0, 4000, 3000],
        [1000, 1500, 2000, 2250],
    ]


def test_one_family_gives_pixels_of_what_it_was_sent() -> None:
    assert placed([[0, 0, 560, 420], [140, 210, 280, 315]], QWEN2_5_VL.name) == [
        [0, 0, 4000, 3000],
        [1000, 1500, 2000, 2250],
    ]


def test_a_number_above_a_thousand_makes_all_of_them_pixels() -> None:
    picture = prepared(sent=Size(2000, 1500))
    assert placed([[1000, 750, 1500, 1125], [0, 0, 500, 375]], "", picture) == [
        [2000, 1500, 3000, 2250],
        [0, 0, 1000, 750],
    ]


def test_a_region_moves_them() -> None:
    region = Box(1000, 500, 2000, 1500)
    assert placed([[0, 0, 500, 1000]], QWEN2_VL.name, prepared(region)) == [[1000, 500, 1500, 1500]]


def test_swapped_corners_are_put_in_order_and_empty_boxes_left_out() -> None:
    assert placed([[500, 750, 250, 500], [10, 10, 10, 20], [0, 0, 0, 0]], "") == [[1000, 1500, 2000, 2250]]


def test_other_values_stay_and_missing_ones_are_not_made_up() -> None:
    assert in_original_pixels({"kind": "b"}, FORM, prepared(), "") == {"kind": "b"}
    assert in_original_pixels({"where": None}, FORM, prepared(), "") == {"where": None}
    assert in_original_pixels({"where": []}, FORM, prepared(), "") == {"where": []}


def test_the_values_read_are_not_changed() -> None:
    values = {"where": [[0, 0, 1000, 1000]]}
    in_original_pixels(values, FORM, prepared(), "")
    assert values == {"where": [[0, 0, 1000, 1000]]}


SIDES = st.integers(1, 30_000)


@given(
    st.lists(st.lists(st.integers(0, 20_000), min_size=4, max_size=4), max_size=6),
    st.builds(Size, SIDES, SIDES),
    st.builds(Size, SIDES, SIDES),
    st.sampled_from([QWEN2_VL.name, QWEN2_5_VL.name, QWEN3_VL.name, ""]),
)
def test_every_box_lies_in_the_picture_and_covers_a_pixel(
    boxes: list[list[int]], original: Size, sent: Size, family: str
) -> None:
    found = placed(boxes, family, prepared(original=original, sent=sent))
    assert isinstance(found, list)
    assert len(found) <= len(boxes)
    for left, top, right, bottom in found:
        assert 0 <= left < right <= original.width
        assert 0 <= top < bottom <= original.height


@given(
    st.lists(st.integers(0, 1000), min_size=4, max_size=4),
    st.sampled_from([QWEN2_VL.name, QWEN2_5_VL.name, ""]),
    st.sampled_from([None, Box(1000, 500, 2000, 1500)]),
)
def test_what_a_model_said_is_told_to_it_as_it_said_it(
    sides: list[int], family: str, region: Box | None
) -> None:
    scale = SENT if family == QWEN2_5_VL.name else Size(1000, 1000)
    left, right = sorted(min(side, scale.width) for side in (sides[0], sides[2]))
    top, bottom = sorted(min(side, scale.height) for side in (sides[1], sides[3]))
    picture = prepared(region)
    pixels = placed([[left, top, right, bottom]], family, picture)
    assert isinstance(pixels, list)
    for again in in_model_coordinates(pixels, picture, family):
        # A region may hold fewer pixels than the scale has steps.
        assert again == pytest.approx([left, top, right, bottom], abs=1)


def test_places_outside_the_part_that_is_sent_are_not_told() -> None:
    picture = prepared(Box(1000, 500, 2000, 1500))
    boxes = [[0, 0, 900, 400], [0, 0, 1500, 1000]]
    assert in_model_coordinates(boxes, picture, "") == [[0, 0, 500, 500]]
