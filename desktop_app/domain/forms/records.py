"""Forms as plain records, for files (TOML) and for the library (JSON)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import (
    MOST_FIELDS,
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
    is_key,
)
from desktop_app.domain.forms.schema import limits_of

RECORD_VERSION = 1
"""Version of this way of writing forms, under `lightdesk_form`."""

Record: TypeAlias = dict[str, Any]
_Value = TypeVar("_Value")

_NAMES: dict[type[FieldKind], str] = {
    YesNo: "yes_no",
    Number: "number",
    Text: "text",
    Choice: "choice",
    Choices: "choices",
    Date: "date",
    Items: "list",
    Places: "boxes",
}
KIND_NAMES = tuple(_NAMES.values())


def kind_name(kind: FieldKind) -> str:
    return _NAMES[type(kind)]


def record_of(form: Form) -> Record:
    """The form as a record; what has its usual value is left out."""
    record: Record = {"lightdesk_form": RECORD_VERSION, "name": form.name, "version": form.version}
    if form.instructions:
        record["instructions"] = form.instructions
    if not form.describe:
        record["describe"] = False
    record["field"] = [_field_record(one) for one in form.fields]
    return record


def form_of(record: Mapping[str, Any]) -> Form:
    """The form a record stands for.

    Raises:
        AppError: FORM_BROKEN with the reason, FORM_NEWER.
    """
    entry = _Entry(record, "The form")
    version = entry.count("lightdesk_form", RECORD_VERSION)
    if version > RECORD_VERSION:
        raise AppError(ErrorCode.FORM_NEWER, version=version)
    fields = entry.take("field", list, [])
    if not 1 <= len(fields) <= MOST_FIELDS:
        raise _broken(f"A form has 1 to {MOST_FIELDS} fields.")
    form = Form(
        name=entry.take("name", str).strip(),
        fields=tuple(_field_of(one, number) for number, one in enumerate(fields, start=1)),
        instructions=entry.take("instructions", str, ""),
        version=entry.count("version", 1),
        describe=entry.take("describe", bool, True),
    )
    entry.refuse_others()
    for number, key in enumerate(form.keys, start=1):
        first = form.keys.index(key) + 1
        if first < number:
            raise _broken(f'Field {first} and field {number} have the same key "{key}".')
    if not form.name:
        raise _broken("The form has no name.")
    return form


def _field_record(one: FormField) -> Record:
    record: Record = {"key": one.key, "label": one.label, "kind": kind_name(one.kind)}
    if one.hint:
        record["hint"] = one.hint
    if not one.required:
        record["required"] = False
    return record | _kind_record(one.kind)


def _kind_record(kind: FieldKind) -> Record:
    match kind:
        case Number(unit=unit, minimum=minimum, maximum=maximum, whole=whole):
            limits = {"minimum": minimum, "maximum": maximum}
            given = {name: limit for name, limit in limits.items() if limit is not None}
            return {**({"unit": unit} if unit else {}), **given, **({"whole": True} if whole else {})}
        case Text(max_length=length):
            return {"max_length": length}
        case Choice(options=options) | Choices(options=options):
            return {"options": list(options)}
        case Items(most=most, max_length=length):
            return {"most": most, "max_length": length}
        case Places(most=most):
            return {"most": most}
        case _:
            return {}


def _field_of(record: Any, number: int) -> FormField:
    if not isinstance(record, Mapping):
        raise _broken(f"Field {number} is not a table.")
    entry = _Entry(record, f"Field {number}")
    key = entry.take("key", str)
    if not is_key(key):
        raise _broken(f'Field {number}: the key "{key}" must be letters, digits and underscores.')
    field = FormField(
        key=key,
        label=entry.take("label", str, key),
        kind=_kind_of(entry),
        hint=entry.take("hint", str, ""),
        required=entry.take("required", bool, True),
    )
    entry.refuse_others()
    return field


def _kind_of(entry: _Entry) -> FieldKind:
    name = entry.take("kind", str)
    make = _KINDS.get(name)
    if make is None:
        raise _broken(f'{entry.where}: there is no kind "{name}"; there are {", ".join(KIND_NAMES)}.')
    return make(entry)


def _number_of(entry: _Entry) -> Number:
    kind = Number(
        entry.take("unit", str, ""),
        entry.limit("minimum"),
        entry.limit("maximum"),
        entry.take("whole", bool, False),
    )
    minimum, maximum = limits_of(kind)
    if minimum is None or maximum is None or minimum <= maximum:
        return kind
    if kind.minimum is not None and kind.maximum is not None and kind.minimum <= kind.maximum:
        raise _broken(f"{entry.where}: there is no whole number between the minimum and the maximum.")
    raise _broken(f"{entry.where}: the minimum is above the maximum.")


def _options_of(entry: _Entry) -> tuple[str, ...]:
    options = entry.take("options", list)
    if not options or not all(isinstance(one, str) and one.strip() for one in options):
        raise _broken(f"{entry.where}: the options must be words.")
    if len({one.strip().casefold() for one in options}) != len(options):
        raise _broken(f"{entry.where}: an option is there twice.")
    return tuple(options)


_KINDS: dict[str, Callable[[_Entry], FieldKind]] = {
    "yes_no": lambda _entry: YesNo(),
    "number": _number_of,
    "text": lambda entry: Text(entry.count("max_length", Text().max_length, least=0)),
    "choice": lambda entry: Choice(_options_of(entry)),
    "choices": lambda entry: Choices(_options_of(entry)),
    "date": lambda _entry: Date(),
    "list": lambda entry: Items(
        entry.count("most", Items().most), entry.count("max_length", Items().max_length)
    ),
    "boxes": lambda entry: Places(entry.count("most", Places().most)),
}


class _Entry:
    """A table of a record, with its name for error messages."""

    def __init__(self, record: Mapping[str, Any], where: str) -> None:
        self._record = record
        self._known: set[str] = set()
        self.where = where

    def refuse_others(self) -> None:
        """What was taken is all there may be: a misspelt limit would otherwise hold nobody."""
        for name in self._record:
            if name not in self._known:
                raise _broken(f'{self.where}: there is nothing called "{name}".')

    def take(self, name: str, kind: type[_Value], default: _Value | None = None) -> _Value:
        self._known.add(name)
        value = self._record.get(name)
        if value is None:
            value = default
        if value is None:
            raise _broken(f'{self.where} has no "{name}".')
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise _broken(f'{self.where}: "{name}" must be {_WORDS[kind]}.')
        return value

    def count(self, name: str, default: int, least: int = 1) -> int:
        value = self.take(name, int, default)
        if value < least:
            raise _broken(f'{self.where}: "{name}" must be {least} or more.')
        return value

    def limit(self, name: str) -> float | None:
        self._known.add(name)
        value = self._record.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not _has_end(value):
            raise _broken(f'{self.where}: "{name}" must be a number.')
        return float(value)


def _has_end(limit: int | float) -> bool:
    """TOML knows `inf` and `nan`, and whole numbers of any length; JSON schemas do not."""
    try:
        return math.isfinite(limit)
    except OverflowError:
        return False


_WORDS: dict[type[Any], str] = {
    int: "a whole number",
    str: "text",
    bool: "true or false",
    list: "a list",
}


def _broken(reason: str) -> AppError:
    return AppError(ErrorCode.FORM_BROKEN, reason=reason)
