"""From a vision model's answer to a form's values.

What the schema allows is taken as it is. Servers that enforce no schema answer with what the model likes:
"yes" for true, "12 mm" for 12, a fence around it all. Such things are put right where there is no doubt about
what was meant; whatever else does not fit is a problem of its field, never a guess.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
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
from desktop_app.domain.forms.schema import LONGEST_TEXT

CellValue: TypeAlias = bool | int | float | str | list[str] | list[list[int]] | None
"""A field's value as JSON has it: dates "YYYY-MM-DD", boxes [left, top, right, bottom] in whole pixels."""

LONG_BLANK = 80
"""A run of white space this long is a model that lost its way inside a grammar that allows it."""


class ProblemKind(StrEnum):
    """Why a field has no valid value."""

    NO_JSON = "no-json"
    CUT_OFF = "cut-off"
    BLANKS = "blanks"
    MISSING = "missing"
    WRONG_TYPE = "wrong-type"
    OUT_OF_RANGE = "out-of-range"
    TOO_LONG = "too-long"
    NOT_AN_OPTION = "not-an-option"
    NOT_A_DATE = "not-a-date"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, or with all of the answer when `key` is ""."""

    key: str
    kind: ProblemKind


@dataclass(frozen=True, slots=True)
class FormReading:
    """Values by key, for those fields whose value is valid, and the problems of the others."""

    values: Mapping[str, CellValue] = field(default_factory=dict)
    problems: tuple[FieldProblem, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.problems


class _NotValidError(Exception):
    """Carries the kind of problem out of the reading of one value."""

    def __init__(self, kind: ProblemKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


def read_answer(form: Form, text: str, cut_off: bool = False) -> FormReading:
    """Read an answer; never raises, whatever the text.

    Args:
        form: what was asked.
        text: the answer without reasoning.
        cut_off: the answer ended at its length limit.
    """
    if form.is_plain:
        return FormReading({form.fields[0].key: text.strip()})
    found = find_object(text, form.keys)
    if found is None:
        return FormReading({}, (FieldProblem("", _why_no_object(text, cut_off)),))
    values: dict[str, CellValue] = {}
    problems = []
    for one in form.fields:
        try:
            values[one.key] = read_value(one, found.get(one.key, _MISSING))
        except _NotValidError as problem:
            problems.append(FieldProblem(one.key, problem.kind))
    return FormReading(values, tuple(problems))


def find_object(text: str, keys: Sequence[str]) -> dict[str, Any] | None:
    """The first JSON object in the text that has any of the keys, whatever stands around it."""
    decoder = json.JSONDecoder(parse_constant=_no_number)
    start = text.find("{")
    while start >= 0:
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            end, value = start + 1, None
        if isinstance(value, dict) and any(key in value for key in keys):
            return value
        start = text.find("{", end)
    return None


_MISSING: Any = object()


def read_value(one: FormField, value: Any) -> CellValue:
    """The field's value.

    Raises:
        _NotValidError: with the reason.
    """
    if value is None or value is _MISSING or value == "":
        if one.required and not (value == "" and isinstance(one.kind, Text)):
            raise _NotValidError(ProblemKind.MISSING)
        return "" if one.required else None
    return _reader_of(one.kind)(value)


def is_valid_value(one: FormField, value: Any) -> bool:
    """Whether a value, typed by a person for example, fits its field."""
    try:
        read_value(one, value)
    except _NotValidError:
        return False
    return True


def _why_no_object(text: str, cut_off: bool) -> ProblemKind:
    if re.search(rf"\s{{{LONG_BLANK},}}", text):
        return ProblemKind.BLANKS
    return ProblemKind.CUT_OFF if cut_off else ProblemKind.NO_JSON


def _no_number(_name: str) -> None:
    """`NaN` and `Infinity` are no JSON."""
    return


def _reader_of(kind: FieldKind) -> Callable[[Any], CellValue]:
    match kind:
        case YesNo():
            return _yes_no
        case Number():
            return lambda value: _number(kind, value)
        case Text(max_length=length):
            return lambda value: _text(value, length or LONGEST_TEXT)
        case Choice(options=options):
            return lambda value: _option(options, value)
        case Choices(options=options):
            return lambda value: _options(options, value)
        case Date():
            return _date
        case Items():
            return lambda value: _items(kind, value)
        case Places():
            return lambda value: _places(kind, value)


_YES = frozenset(("yes", "true", "y", "1", "是", "有", "对"))
_NO = frozenset(("no", "false", "n", "0", "否", "不是", "没有", "无", "不"))


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().rstrip(".。").casefold() if isinstance(value, str | int) else ""
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise _NotValidError(ProblemKind.WRONG_TYPE)


_WRITTEN_NUMBER = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*(\D*)")


def _number(kind: Number, value: Any) -> int | float:
    number = _written_number(value, kind.unit) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise _NotValidError(ProblemKind.WRONG_TYPE)
    if kind.whole:
        if number != int(number):
            raise _NotValidError(ProblemKind.WRONG_TYPE)
        number = int(number)
    too_small = kind.minimum is not None and number < kind.minimum
    if too_small or (kind.maximum is not None and number > kind.maximum):
        raise _NotValidError(ProblemKind.OUT_OF_RANGE)
    return number


def _written_number(text: str, unit: str) -> int | float:
    """A number in words such as "12", "12.5 mm" or "12,5"; "1,234" could be either and is refused."""
    match = _WRITTEN_NUMBER.fullmatch(text.strip())
    if match is None or match[2].strip().casefold() not in ("", unit.strip().casefold()):
        raise _NotValidError(ProblemKind.WRONG_TYPE)
    written: str = match[1]
    if re.search(r",\d{3}$", written):
        raise _NotValidError(ProblemKind.WRONG_TYPE)
    number = float(written.replace(",", "."))
    return int(number) if number.is_integer() and "." not in written and "," not in written else number


def _text(value: Any, longest: int) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _NotValidError(ProblemKind.WRONG_TYPE)
    if len(value) > longest:
        raise _NotValidError(ProblemKind.TOO_LONG)
    return value


def _option(options: tuple[str, ...], value: Any) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        raise _NotValidError(ProblemKind.WRONG_TYPE)
    if value in options:
        return value
    alike = [
        option for option in options if option.strip().casefold() == value.strip().rstrip(".").casefold()
    ]
    if len(alike) != 1:
        raise _NotValidError(ProblemKind.NOT_AN_OPTION)
    return alike[0]


def _options(options: tuple[str, ...], value: Any) -> list[str]:
    """The chosen options in the form's order, each once."""
    given = value if isinstance(value, list) else [value]
    chosen = {_option(options, one) for one in given}
    return [option for option in options if option in chosen]


def _date(value: Any) -> str:
    if not isinstance(value, str):
        raise _NotValidError(ProblemKind.WRONG_TYPE)
    written = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", value.strip())
    if written is None:
        raise _NotValidError(ProblemKind.NOT_A_DATE)
    try:
        return date(*map(int, written.groups())).isoformat()
    except ValueError:
        raise _NotValidError(ProblemKind.NOT_A_DATE) from None


def _items(kind: Items, value: Any) -> list[str]:
    given = value if isinstance(value, list) else [value]
    if len(given) > kind.most:
        raise _NotValidError(ProblemKind.TOO_LONG)
    return [_text(one, kind.max_length) for one in given]


def _places(kind: Places, value: Any) -> list[list[int]]:
    """One box, a list of boxes, or objects with `bbox_2d` as the models were trained to give."""
    if not isinstance(value, list):
        value = [value]
    if len(value) == 4 and all(_is_coordinate(one) for one in value):
        value = [value]
    if len(value) > kind.most:
        raise _NotValidError(ProblemKind.TOO_LONG)
    return [_box(one) for one in value]


def _box(value: Any) -> list[int]:
    if isinstance(value, dict):
        value = value.get("bbox_2d", value.get("bbox"))
    if not isinstance(value, list) or len(value) != 4 or not all(_is_coordinate(one) for one in value):
        raise _NotValidError(ProblemKind.WRONG_TYPE)
    return [round(one) for one in value]


def _is_coordinate(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
