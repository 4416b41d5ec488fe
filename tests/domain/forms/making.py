"""Makes forms of every shape, values that fit them, and values that may not."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    FieldKind,
    Form,
    FormField,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)

WORDS = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() != "")
KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,39}", fullmatch=True)
OPTIONS = st.lists(WORDS, min_size=1, max_size=6, unique_by=lambda text: text.strip().casefold()).map(tuple)
LIMITS = st.none() | st.floats(-1e6, 1e6) | st.integers(-1000, 1000).map(float)


def _number(unit: str, one: float | None, two: float | None, whole: bool) -> Number:
    if one is not None and two is not None:
        one, two = min(one, two), max(one, two)
        if whole and math.ceil(one) > math.floor(two):
            two = one + 1
    return Number(unit, one, two, whole)


KINDS: st.SearchStrategy[FieldKind] = st.one_of(
    st.just(YesNo()),
    st.builds(_number, st.sampled_from(["", "mm", "m2", "%"]), LIMITS, LIMITS, st.booleans()),
    st.builds(Text, st.integers(0, 400)),
    st.builds(Choice, OPTIONS),
    st.builds(Choices, OPTIONS),
    st.just(Date()),
    st.builds(Items, st.integers(1, 20), st.integers(1, 120)),
    st.builds(Places, st.integers(1, 10)),
)


@st.composite
def forms(draw: st.DrawFn, kinds: st.SearchStrategy[FieldKind] = KINDS, most: int = 5) -> Form:
    keys = draw(st.lists(KEYS, min_size=1, max_size=most, unique=True))
    fields = [
        FormField(
            key, draw(st.text(max_size=20)), draw(kinds), draw(st.text(max_size=20)), draw(st.booleans())
        )
        for key in keys
    ]
    return Form(
        draw(WORDS).strip(),
        tuple(fields),
        draw(st.text(max_size=40)),
        draw(st.integers(1, 10_000)),
        describe=draw(st.booleans()),
    )


JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["yes", "否", "12 mm", "1,5", "2024-05-01", "null", "[1, 2, 3, 4]"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
SIDES = st.integers(0, 20_000)
BOXES = st.lists(SIDES, min_size=4, max_size=4)


def _fitting_number(kind: Number) -> st.SearchStrategy[Any]:
    low = -1e6 - 1 if kind.minimum is None else kind.minimum
    high = max(1e6 + 1, low + 2) if kind.maximum is None else kind.maximum
    low = min(low, high - 2) if kind.minimum is None else low
    if kind.whole:
        return st.integers(math.ceil(low), math.floor(high))
    return st.floats(low, high)


def fitting(kind: FieldKind) -> st.SearchStrategy[Any]:
    """Values that the schema of this kind allows."""
    match kind:
        case YesNo():
            return st.booleans()
        case Number():
            return _fitting_number(kind)
        case Text(max_length=length):
            return st.text(max_size=length or 500)
        case Choice(options=options):
            return st.sampled_from(options)
        case Choices(options=options):
            return st.lists(st.sampled_from(options), max_size=len(options))
        case Date():
            return st.dates().map(str) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True)
        case Items(most=most, max_length=length):
            return st.lists(st.text(max_size=length), max_size=most)
        case Places(most=most):
            return st.lists(BOXES, max_size=most)


@st.composite
def fitting_objects(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """A whole answer that the form's schema allows."""
    return {
        one.key: draw(fitting(one.kind) if one.required else st.none() | fitting(one.kind))
        for one in form.fields
    }


@st.composite
def doubtful_objects(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Answers of which some values fit, some nearly and some not at all; keys may be missing."""
    answer = {}
    for one in form.fields:
        near = fitting(one.kind)
        pair = st.lists(near, min_size=1, max_size=2)
        if draw(st.integers(0, 9)):
            answer[one.key] = draw(st.one_of(near, near.map(str), pair, JSON_VALUES))
    return answer
