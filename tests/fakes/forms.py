"""Forms for tests, and a strategy for any form."""

from __future__ import annotations

import math

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

EVERY_KIND: tuple[FieldKind, ...] = (
    YesNo(),
    Number("mm", -1.5, 2000, whole=False),
    Number(whole=True),
    Text(0),
    Choice(("rust", "paint", "无")),
    Choices(("a", "b")),
    Date(),
    Items(3, 20),
    Places(2),
)


def every_kind(name: str = "Every kind") -> Form:
    """A form with one field of each kind, words in several scripts, and everything that may be left out."""
    fields = tuple(
        FormField(
            f"key_{number}", f"Frage „{number}“ 問", kind, "Sieh\ngenau hin" * (number % 2), number % 3 > 0
        )
        for number, kind in enumerate(EVERY_KIND)
    )
    return Form(
        name, fields, 'Look at {{file}}.\n\n"""Quotes""" and \\ backslashes\tcount.\n', describe=False
    )


_lines = st.text(st.characters(codec="utf-8"), max_size=40)
_limit = st.none() | st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
_options = st.lists(
    st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8),
    min_size=1,
    max_size=5,
    unique_by=lambda option: option.strip().casefold(),
).map(tuple)


def _number(unit: str, limits: tuple[float | None, float | None], whole: bool) -> Number:
    low, high = limits
    if low is not None and high is not None and low > high:
        low, high = high, low
    has_whole = low is None or high is None or math.ceil(low) <= math.floor(high)
    return Number(unit, low, high, whole and has_whole)


_kinds = st.one_of(
    st.just(YesNo()),
    st.builds(_number, _lines, st.tuples(_limit, _limit), st.booleans()),
    st.builds(Text, st.integers(0, 5000)),
    st.builds(Choice, _options),
    st.builds(Choices, _options),
    st.just(Date()),
    st.builds(Items, st.integers(1, 50), st.integers(1, 500)),
    st.builds(Places, st.integers(1, 50)),
)
_fields = st.lists(
    st.builds(
        FormField,
        st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,12}", fullmatch=True),
        _lines,
        _kinds,
        _lines,
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda field: field.key,
).map(tuple)

any_form = st.builds(
    Form,
    _lines.map(lambda name: name.strip() or "Form"),
    _fields,
    _lines,
    st.integers(1, 99),
    describe=st.booleans(),
)
