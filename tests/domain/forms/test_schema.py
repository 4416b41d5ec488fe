from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

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
from desktop_app.domain.forms.schema import field_schema, schema_of
from tests.domain.forms.making import forms

ENFORCED = {
    "type", "properties", "required", "additionalProperties", "anyOf", "enum", "pattern", "items",
    "minItems", "maxItems", "maxLength", "minimum", "maximum",
}  # fmt: skip
"""Keywords that every grammar backend of vLLM knows."""


def schemas_in(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    for one in [*inner, *([schema["items"]] if "items" in schema else [])]:
        yield from schemas_in(one)


@given(forms())
def test_every_form_has_a_sound_schema_of_known_keywords(form: Form) -> None:
    schema = schema_of(form)
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema, allow_nan=False)) == schema
    assert all(set(one) <= ENFORCED for one in schemas_in(schema))


@given(forms())
def test_every_field_must_come_in_the_forms_order_and_nothing_else_may(form: Form) -> None:
    schema = schema_of(form)
    assert tuple(schema["properties"]) == tuple(schema["required"]) == form.keys
    assert schema["additionalProperties"] is False


@given(forms())
def test_only_a_field_that_is_not_required_may_be_null(form: Form) -> None:
    for one in form.fields:
        assert Draft202012Validator(field_schema(one)).is_valid(None) == (not one.required)


@given(forms())
def test_no_text_and_no_list_is_without_end(form: Form) -> None:
    for one in schemas_in(schema_of(form)):
        if one.get("type") == "string":
            assert "maxLength" in one or "enum" in one or "pattern" in one
        if one.get("type") == "array":
            assert "maxItems" in one


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        (YesNo(), {"type": "boolean"}),
        (Number(), {"type": "number"}),
        (Number(minimum=0.0, maximum=20.0), {"type": "number", "minimum": 0, "maximum": 20}),
        (Number(minimum=0.5), {"type": "number", "minimum": 0.5}),
        (
            Number(minimum=-0.5, maximum=2.5, whole=True),
            {"type": "integer", "minimum": 0, "maximum": 2},
        ),
        (Text(), {"type": "string", "maxLength": 300}),
        (Text(max_length=0), {"type": "string", "maxLength": 4000}),
        (Choice(("a", "b")), {"type": "string", "enum": ["a", "b"]}),
        (
            Choices(("a", "b")),
            {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}, "maxItems": 2},
        ),
        (Date(), {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        (Items(3, 9), {"type": "array", "items": {"type": "string", "maxLength": 9}, "maxItems": 3}),
    ],
)
def test_kinds(kind: FieldKind, schema: dict[str, Any]) -> None:
    made = field_schema(FormField("v", "V", kind))
    assert made == schema
    limits = [made[name] for name in ("minimum", "maximum") if name in made]
    assert [type(limit) for limit in limits] == [
        type(schema[n]) for n in ("minimum", "maximum") if n in schema
    ]


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ([], True),
        ([[0, 0, 20_000, 1]], True),
        ([[0, 0, 20_001, 1]], False),
        ([[-1, 0, 2, 1]], False),
        ([[0, 0, 1]], False),
        ([[0, 0, 1, 1, 1]], False),
        ([[0, 0, 1, 1.5]], False),
        ([[0, 0, 1, 1]] * 3, False),
    ],
)
def test_boxes_are_four_whole_numbers_of_a_picture(value: Any, fits: bool) -> None:
    schema = field_schema(FormField("v", "V", Places(most=2)))
    assert Draft202012Validator(schema).is_valid(value) is fits
