from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Choice, Form, FormField, Number, Text, YesNo
from desktop_app.domain.forms.records import KIND_NAMES, form_of, kind_name, record_of
from tests.domain.forms.making import JSON_VALUES, forms

FIELD = {"key": "rust", "label": "Rust", "kind": "yes_no"}


def broken(record: Any) -> str:
    """The reason a record is refused for."""
    with pytest.raises(AppError) as caught:
        form_of(record)
    assert caught.value.code is ErrorCode.FORM_BROKEN
    return str(dict(caught.value.values)["reason"])


def with_field(**changes: Any) -> dict[str, Any]:
    """A sound form but for its second field; None takes a name out."""
    second = {name: value for name, value in (FIELD | {"key": "b"} | changes).items() if value is not None}
    return {"lightdesk_form": 1, "name": "Form", "field": [FIELD, second]}


@given(forms())
def test_a_form_comes_back_from_its_record(form: Form) -> None:
    record = record_of(form)
    assert form_of(record) == form
    assert form_of(json.loads(json.dumps(record))) == form
    assert record_of(form_of(record)) == record


@given(forms())
def test_a_form_comes_back_from_a_file(form: Form) -> None:
    assert form_of(tomllib.loads(tomli_w.dumps(record_of(form)))) == form


def test_a_record_says_no_more_than_needed() -> None:
    form = Form("Rust", (FormField("rust", "Rust", YesNo()), FormField("size", "Size", Number(whole=True))))
    assert record_of(form) == {
        "lightdesk_form": 1,
        "name": "Rust",
        "version": 1,
        "field": [
            {"key": "rust", "label": "Rust", "kind": "yes_no"},
            {"key": "size", "label": "Size", "kind": "number", "whole": True},
        ],
    }


def test_what_is_left_out_has_its_usual_value() -> None:
    record = {
        "name": " Rust ",
        "field": [{"key": "a", "kind": "text"}, {"key": "b", "kind": "number", "hint": None}],
    }
    assert form_of(record) == Form("Rust", (FormField("a", "a", Text()), FormField("b", "b", Number())))


@pytest.mark.parametrize("name", KIND_NAMES)
def test_every_kind_has_a_name_that_leads_back_to_it(name: str) -> None:
    options = {"options": ["x"]} if name.startswith("choice") else {}
    record = {"name": "One", "field": [{"key": "a", "kind": name} | options]}
    assert kind_name(form_of(record).fields[0].kind) == name


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": None}, 'Field 2 has no "key".'),
        ({"key": 7}, 'Field 2: "key" must be text.'),
        ({"key": "a b"}, 'Field 2: the key "a b" must be letters, digits and underscores.'),
        ({"key": "rust"}, 'Field 1 and field 2 have the same key "rust".'),
        ({"label": 7}, 'Field 2: "label" must be text.'),
        ({"hint": ["a"]}, 'Field 2: "hint" must be text.'),
        ({"required": "no"}, 'Field 2: "required" must be true or false.'),
        ({"required": 0}, 'Field 2: "required" must be true or false.'),
        ({"kind": None}, 'Field 2 has no "kind".'),
        ({"kind": "choise"}, f'Field 2: there is no kind "choise"; there are {", ".join(KIND_NAMES)}.'),
        ({"kind": "text", "max_length": -1}, 'Field 2: "max_length" must be 0 or more.'),
        ({"kind": "text", "max_length": True}, 'Field 2: "max_length" must be a whole number.'),
        ({"kind": "text", "max_length": 1.5}, 'Field 2: "max_length" must be a whole number.'),
        ({"kind": "list", "most": 0}, 'Field 2: "most" must be 1 or more.'),
        ({"kind": "boxes", "most": "9"}, 'Field 2: "most" must be a whole number.'),
        ({"kind": "choice"}, 'Field 2 has no "options".'),
        ({"kind": "choice", "options": "a, b"}, 'Field 2: "options" must be a list.'),
        ({"kind": "choice", "options": []}, "Field 2: the options must be words."),
        ({"kind": "choices", "options": ["a", 1]}, "Field 2: the options must be words."),
        ({"kind": "choice", "options": ["a", " "]}, "Field 2: the options must be words."),
        ({"kind": "choice", "options": ["Red", "red "]}, "Field 2: an option is there twice."),
        ({"kind": "number", "minimum": "0"}, 'Field 2: "minimum" must be a number.'),
        ({"kind": "number", "maximum": True}, 'Field 2: "maximum" must be a number.'),
        ({"kind": "number", "maximum": float("inf")}, 'Field 2: "maximum" must be a number.'),
        ({"kind": "number", "minimum": float("nan")}, 'Field 2: "minimum" must be a number.'),
        ({"kind": "number", "minimum": 10**400}, 'Field 2: "minimum" must be a number.'),
        ({"kind": "number", "minimum": 2, "maximum": 1}, "Field 2: the minimum is above the maximum."),
        (
            {"kind": "number", "minimum": 0.2, "maximum": 0.8, "whole": True},
            "Field 2: there is no whole number between the minimum and the maximum.",
        ),
        ({"kind": "number", "unit": 3}, 'Field 2: "unit" must be text.'),
        ({"kind": "text", "requried": False}, 'Field 2: there is nothing called "requried".'),
        ({"kind": "text", "options": ["a"]}, 'Field 2: there is nothing called "options".'),
    ],
)
def test_a_broken_field_is_named(changes: dict[str, Any], reason: str) -> None:
    assert broken(with_field(**changes)) == reason


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"field": [FIELD]}, 'The form has no "name".'),
        ({"name": " ", "field": [FIELD]}, "The form has no name."),
        ({"name": 3, "field": [FIELD]}, 'The form: "name" must be text.'),
        ({"name": "Form"}, "A form has 1 to 40 fields."),
        ({"name": "Form", "field": []}, "A form has 1 to 40 fields."),
        ({"name": "Form", "field": [FIELD] * 41}, "A form has 1 to 40 fields."),
        ({"name": "Form", "field": FIELD}, 'The form: "field" must be a list.'),
        ({"name": "Form", "field": [FIELD, "rust"]}, "Field 2 is not a table."),
        ({"name": "Form", "field": [FIELD], "version": 0}, 'The form: "version" must be 1 or more.'),
        ({"name": "Form", "field": [FIELD], "version": "2"}, 'The form: "version" must be a whole number.'),
        ({"name": "Form", "field": [FIELD], "describe": 1}, 'The form: "describe" must be true or false.'),
        (
            {"name": "Form", "field": [FIELD], "instruction": "Look."},
            'The form: there is nothing called "instruction".',
        ),
        (
            {"lightdesk_form": "1", "name": "Form", "field": [FIELD]},
            'The form: "lightdesk_form" must be a whole number.',
        ),
    ],
)
def test_a_broken_form_says_what_is_wrong(record: dict[str, Any], reason: str) -> None:
    assert broken(record) == reason


def test_a_form_of_a_newer_program_is_refused_as_that() -> None:
    with pytest.raises(AppError) as caught:
        form_of({"lightdesk_form": 2, "field": "in a new way"})
    assert caught.value.code is ErrorCode.FORM_NEWER


@given(st.data(), forms())
def test_one_wrong_value_anywhere_never_fails_in_another_way(data: st.DataObject, form: Form) -> None:
    record = record_of(form)
    where = data.draw(st.sampled_from([record, *record["field"]]))
    where[data.draw(st.sampled_from([*where]))] = data.draw(JSON_VALUES)
    code = None
    try:
        kept = form_of(record)
        assert form_of(record_of(kept)) == kept
    except AppError as problem:
        code = problem.code
    assert code in (None, ErrorCode.FORM_BROKEN, ErrorCode.FORM_NEWER)


def test_options_keep_their_spelling() -> None:
    record = with_field(kind="choice", options=["Red ", "不知道"])
    assert form_of(record).fields[1].kind == Choice(("Red ", "不知道"))
