"""The JSON schema of a form, within the subset that servers' grammar backends enforce.

Keywords that xgrammar does not know (`uniqueItems`, `format`, `multipleOf`) would make vLLM refuse the
request or fall back to a slower backend, so they are left out; `reading` checks what they would have said.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

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

Schema: TypeAlias = dict[str, Any]

DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
LARGEST_COORDINATE = 20_000
"""Pixels; no server takes pictures with a longer side. Without a limit a grammar allows endless digits."""

LONGEST_TEXT = 4000
"""Characters of a text without a cap of its own; a grammar without any limit invites endless answers."""


def schema_of(form: Form) -> Schema:
    """An object with every field in order; a field that is not required may be null."""
    return {
        "type": "object",
        "properties": {one.key: field_schema(one) for one in form.fields},
        "required": list(form.keys),
        "additionalProperties": False,
    }


def field_schema(field: FormField) -> Schema:
    """The schema of one field's value."""
    of_kind = _schema_of_kind(field.kind)
    return of_kind if field.required else {"anyOf": [of_kind, {"type": "null"}]}


def _schema_of_kind(kind: FieldKind) -> Schema:
    match kind:
        case YesNo():
            return {"type": "boolean"}
        case Number():
            return _number(kind)
        case Text(max_length=length):
            return {"type": "string", "maxLength": length or LONGEST_TEXT}
        case Choice(options=options):
            return {"type": "string", "enum": list(options)}
        case Choices(options=options):
            named = {"type": "string", "enum": list(options)}
            return {"type": "array", "items": named, "maxItems": len(options)}
        case Date():
            return {"type": "string", "pattern": DATE_PATTERN}
        case Items(most=most, max_length=length):
            return {"type": "array", "items": {"type": "string", "maxLength": length}, "maxItems": most}
        case Places(most=most):
            side = {"type": "integer", "minimum": 0, "maximum": LARGEST_COORDINATE}
            box = {"type": "array", "items": side, "minItems": 4, "maxItems": 4}
            return {"type": "array", "items": box, "maxItems": most}


def _number(kind: Number) -> Schema:
    schema: Schema = {"type": "integer" if kind.whole else "number"}
    minimum, maximum = limits_of(kind)
    if minimum is not None:
        schema["minimum"] = minimum
    if maximum is not None:
        schema["maximum"] = maximum
    return schema


def limits_of(kind: Number) -> tuple[int | float | None, int | float | None]:
    """The smallest and the largest value; whole for whole numbers, as grammar backends want them."""
    minimum, maximum = kind.minimum, kind.maximum
    if kind.whole:
        minimum = None if minimum is None else math.ceil(minimum)
        maximum = None if maximum is None else math.floor(maximum)
    return _plain(minimum), _plain(maximum)


def _plain(limit: int | float | None) -> int | float | None:
    """A limit such as 20.0 as 20."""
    return int(limit) if limit is not None and float(limit).is_integer() else limit
