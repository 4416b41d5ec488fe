"""Token arithmetic against figures from the reference implementation, and its promises for any size."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.domain.geometry import Size
from desktop_app.domain.vision_tokens import (
    FAMILIES,
    QWEN2_5_VL,
    QWEN2_VL,
    QWEN3_VL,
    SAFE_ASPECT_RATIO,
    VisionFamily,
    family_named,
    guess_family,
    plan_size,
    smart_resize,
)

REFERENCE = Path(__file__).parents[1] / "data" / "smart_resize.csv"

_sides = st.one_of(st.integers(1, 300), st.integers(1, 20_000))
_sizes = st.builds(Size, _sides, _sides).filter(lambda size: size.aspect_ratio <= SAFE_ASPECT_RATIO)
_families = st.sampled_from(FAMILIES)


def test_the_reference_table() -> None:
    with REFERENCE.open(newline="") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 600
    for row in rows:
        family = family_named(row["family"])
        assert family is not None
        plan = plan_size(Size(int(row["width"]), int(row["height"])), family, int(row["budget_tokens"]))
        assert plan.sent == Size(int(row["sent_width"]), int(row["sent_height"])), row
        assert plan.tokens == int(row["image_tokens"]), row


@given(_sizes, _families)
def test_sides_are_multiples_within_the_limits(size: Size, family: VisionFamily) -> None:
    seen = smart_resize(size, family)
    assert seen.width % family.factor == seen.height % family.factor == 0
    assert family.min_pixels <= seen.pixels <= family.max_pixels


@given(_sizes, _families, st.integers(0, 20_000))
def test_the_server_leaves_the_planned_size_alone(size: Size, family: VisionFamily, budget: int) -> None:
    plan = plan_size(size, family, budget)
    assert smart_resize(plan.sent, family) == plan.sent
    assert plan.tokens == plan.sent.pixels / family.factor**2


@given(_sizes, _families, st.integers(256, 20_000))
def test_a_budget_of_some_size_is_kept(size: Size, family: VisionFamily, budget: int) -> None:
    assert plan_size(size, family, budget).tokens <= budget


def test_a_tiny_budget_does_not_fall_below_the_familys_minimum() -> None:
    assert plan_size(Size(42, 71), QWEN2_VL, 4).sent == Size(56, 84)


@given(_sizes, _families)
def test_turning_the_picture_turns_the_plan(size: Size, family: VisionFamily) -> None:
    plan, turned = plan_size(size, family, 0), plan_size(Size(size.height, size.width), family, 0)
    assert turned.sent == Size(plan.sent.height, plan.sent.width)


def test_known_sizes() -> None:
    assert smart_resize(Size(640, 480), QWEN2_VL) == Size(644, 476)
    assert plan_size(Size(4000, 3000), QWEN2_VL, 0).tokens == 15_301
    assert plan_size(Size(4000, 3000), QWEN3_VL, 0).tokens == 11_750
    assert plan_size(Size(1920, 1080), QWEN2_5_VL, 0).tokens == 2_691


def test_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="aspect ratio"):
        smart_resize(Size(2010, 10), QWEN2_VL)


def test_a_server_may_see_smaller_pictures_than_the_model_card_says() -> None:
    limited = QWEN2_VL.limited_to(602_112)
    assert plan_size(Size(4000, 3000), limited, 0).sent.pixels <= 602_112
    assert QWEN2_VL.limited_to(None) is QWEN2_VL
    assert QWEN2_VL.limited_to(1).max_pixels == QWEN2_VL.min_pixels


@pytest.mark.parametrize(
    ("root", "family"),
    [
        ("Qwen/Qwen2-VL-7B-Instruct-AWQ", QWEN2_VL),
        ("/models/qwen2_5_vl_3b", QWEN2_5_VL),
        ("Qwen/Qwen2.5-VL-7B-Instruct", QWEN2_5_VL),
        ("Qwen/Qwen3-VL-8B-Instruct", QWEN3_VL),
        ("llava-hf/llava-1.5", None),
    ],
)
def test_the_family_is_guessed_from_the_models_name(root: str, family: VisionFamily | None) -> None:
    assert guess_family(root) == family


@example(Size(43, 6417), QWEN3_VL, 256)
@given(_sizes, _families, st.integers(0, 20_000))
def test_the_server_takes_what_is_planned_and_leaves_it_alone(
    size: Size, family: VisionFamily, budget: int
) -> None:
    sent = plan_size(size, family, budget).sent
    assert sent.width % family.factor == sent.height % family.factor == 0
    assert smart_resize(sent, family) == sent
