from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.forms.finding import FoundObject, ValuePlace, find_object, places_of_values
from tests.domain.forms.making import JSON_VALUES

OBJECTS = st.dictionaries(
    st.text(max_size=6) | st.sampled_from(["a", "b"]), JSON_VALUES, min_size=1, max_size=5
)
AROUND = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=20)
SHAPES = st.sampled_from([{}, {"indent": 2}, {"separators": (",", ":")}, {"separators": (" , ", " :\n\t")}])


@given(OBJECTS, AROUND, AROUND, SHAPES, st.booleans())
def test_every_value_of_an_object_is_found_where_it_stands(
    given_: dict[str, object], before: str, behind: str, shape: dict[str, Any], ascii_only: bool
) -> None:
    written = json.dumps(given_, ensure_ascii=ascii_only, **shape)
    text = before + written + behind
    found = find_object(text, tuple(given_))
    assert found == FoundObject(given_, len(before))
    places = places_of_values(text, found)
    assert set(places) == set(given_)
    for key, place in places.items():
        value, _ = json.JSONDecoder().raw_decode(text, place.start)
        assert value == given_[key]
        assert text[place.colon - 1] == ":"
        assert text[place.colon : place.start].strip(" \t\n\r") == ""


@given(OBJECTS, st.lists(st.booleans(), max_size=5), st.sampled_from(["", '{"x": {"y": 1}} ', "{x} "]))
def test_an_object_inside_others_is_found(given_: dict[str, object], ways: list[bool], before: str) -> None:
    text = json.dumps(given_ | {"wanted": 1})
    for in_list in ways:
        text = f"[{text}]" if in_list else f'{{"outer": {text}, "last": "}}"}}'
    text = before + text
    found = find_object(text, ("wanted",))
    assert found is not None
    assert found.members == given_ | {"wanted": 1}
    assert text.startswith("{", found.start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ('{"a": 1}', 0),
        ('{"b": {"a": 1}} {"a": 2}', 16),
        ('{"b": {"a": 1}}', 6),
        ('{"b": 1} {c} {"a": 2}', 13),
        ('{"a": 1', None),
        ('{"a": 1,', 0),
        ('{"a": 1 ,', 0),
        ('{"a": 1, "b": 1', 0),
        ('{"a": 1, "b": tru}', 0),
        ('{"a" 1, "b": 2}', None),
        ('{"a": {"a": 1}', None),
        ('{"a": {"a": 1},', 0),
        ('{"c": 1, "a": ', None),
        ('{"a": 1, "b": {"c"} {"a": 2}', 0),
        ('{"b": 1} {"a": 1, ', 9),
        ('{"a": 1, {"b": {"a": 2}}', 0),
        ('{"b": [{"a": 1}], "b": ', None),
        ('{"b": {"a": 1}, "c": tru} {"a": 2}', 26),
        ('{"b": "}{", "c": tru, "d": {"a": 1}} {"a": 2}', 37),
        ('{"b": "\\"}", "c": tru, "d": {"a": 1}} {"a": 2}', 38),
        ('{"b": "cut {"', None),
        ('{ x: {"a": 1} }', 5),
        ("{'a': 1}", None),
        ("", None),
    ],
)
def test_which_object_it_is(text: str, start: int | None) -> None:
    found = find_object(text, ("a",))
    assert (found.start if found else None) == start


def test_of_a_key_that_is_there_twice_the_last_value_counts() -> None:
    text = '{"a": 1, "a":  2 }'
    found = find_object(text, ("a",))
    assert found is not None
    assert found.members == {"a": 2}
    assert places_of_values(text, found) == {"a": ValuePlace(13, 15)}


def test_an_empty_object_has_no_places() -> None:
    assert places_of_values("{ }", FoundObject({}, 0)) == {}


@given(OBJECTS, SHAPES, st.data())
def test_of_an_answer_that_was_cut_off_only_whole_members_of_its_own_count(
    given_: dict[str, object], shape: dict[str, Any], data: st.DataObject
) -> None:
    whole = {"first": 12, "inner": [given_ | {"wanted": 1}, "{"], "wanted": given_, "last": True}
    keys = tuple(whole)
    text = json.dumps(whole, **shape)
    cut = data.draw(st.integers(0, len(text) - 1))
    found = find_object(text[:cut], keys)
    members = {} if found is None else found.members
    assert members == {key: whole[key] for key in keys[: len(members)]}
    places = places_of_values(text, FoundObject(whole, 0))
    assert len(members) >= sum(places[key].start <= cut for key in keys[1:])


@given(OBJECTS)
def test_nothing_is_taken_out_of_what_is_inside_a_broken_object(given_: dict[str, object]) -> None:
    text = json.dumps({"inner": [given_ | {"wanted": 1}, "{"], "last": 1})
    assert find_object(text[:-1], ("wanted",)) is None
