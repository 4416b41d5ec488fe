"""From what a vision model wrote for a field to a value of its kind.

What the schema allows is taken as it is. Servers that enforce no schema answer with what the model likes:
"yes" for true, "12 mm" for 12. Such things are put right where there is no doubt about what was meant;
whatever else does not fit is a problem of its field, never a guess.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    FieldKind,
    FormField,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)
from desktop_app.domain.forms.schema import LARGEST_COORDINATE, LONGEST_TEXT

CellValue: TypeAlias = bool | int | float | str | list[str] | list[list[int]] | None
"""A field's value as JSON has it: dates "YYYY-MM-DD", boxes [left, top, right, bottom] in whole pixels."""


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


class NotValidError(Exception):
    """Carries the kind of problem out of the reading of one value."""

    def __init__(self, kind: ProblemKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


def read_value(one: FormField, value: Any) -> CellValue:
    """The field's value.

    Raises:
        NotValidError: with the reason.
    """
    given = None if value is None else _given(one.kind, value)
    if given is None and one.required:
        raise NotValidError(ProblemKind.MISSING)
    return given


def problem_with(one: FormField, value: Any) -> ProblemKind | None:
    """Why a value, typed by a person for example, does not fit its field; None when it does."""
    try:
        read_value(one, value)
    except NotValidError as problem:
        return problem.kind
    return None


_NOTHING = frozenset(("", "null", "none", "n/a"))
"""What models write for null, where it is no answer by itself."""


def _given(kind: FieldKind, value: Any) -> CellValue:
    try:
        return _reader_of(kind)(value)
    except NotValidError:
        if isinstance(value, str) and value.strip().casefold() in _NOTHING:
            return None
        raise


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


_YES = frozenset(("yes", "true", "y", "1", "是", "是的", "有", "对"))
_NO = frozenset(("no", "false", "n", "0", "否", "不是", "没有", "无", "不", "不对"))


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = _plain_word(str(value)) if isinstance(value, str | int) else ""
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NotValidError(ProblemKind.WRONG_TYPE)


def _plain_word(text: str) -> str:
    """A word without its full stop, blanks and capital letters."""
    return text.strip().rstrip(".。").rstrip().casefold()


def _number(kind: Number, value: Any) -> int | float:
    number = _written_number(value, kind.unit) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise NotValidError(ProblemKind.WRONG_TYPE)
    if not _is_finite(number):
        raise NotValidError(ProblemKind.OUT_OF_RANGE)
    if kind.whole:
        if number != int(number):
            raise NotValidError(ProblemKind.WRONG_TYPE)
        number = int(number)
    too_small = kind.minimum is not None and number < kind.minimum
    if too_small or (kind.maximum is not None and number > kind.maximum):
        raise NotValidError(ProblemKind.OUT_OF_RANGE)
    return number


_WRITTEN_NUMBER = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*(.*)")
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
_LONGEST_WHOLE = 300
"""Digits; what is longer is beyond every number that a table can hold."""


def _written_number(text: str, unit: str) -> int | float:
    """A number in words such as "12", "12.5 mm" or "12,5"; "1,234" could be either and is refused."""
    match = _WRITTEN_NUMBER.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if match is None or _plain_word(match[2]) not in ("", _plain_word(unit)):
        raise NotValidError(ProblemKind.WRONG_TYPE)
    written: str = match[1]
    if _THOUSANDS.fullmatch(written):
        raise NotValidError(ProblemKind.WRONG_TYPE)
    if "." in written or "," in written or len(written) > _LONGEST_WHOLE:
        return float(written.replace(",", "."))
    return int(written)


def _text(value: Any, longest: int) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value):
        value = str(value)
    if not isinstance(value, str):
        raise NotValidError(ProblemKind.WRONG_TYPE)
    if len(value) > longest:
        raise NotValidError(ProblemKind.TOO_LONG)
    return value


def _option(options: tuple[str, ...], value: Any) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise NotValidError(ProblemKind.WRONG_TYPE)
    if value in options:
        return value
    word = _plain_word(value)
    alike = [option for option in options if word and _plain_word(option) == word]
    if len(alike) != 1:
        raise NotValidError(ProblemKind.NOT_AN_OPTION)
    return alike[0]


def _options(options: tuple[str, ...], value: Any) -> list[str]:
    """The chosen options in the form's order, each once."""
    given = value if isinstance(value, list) else [value]
    chosen = {_option(options, one) for one in given}
    return [option for option in options if option in chosen]


def _date(value: Any) -> str:
    if not isinstance(value, str):
        raise NotValidError(ProblemKind.WRONG_TYPE)
    written = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", value.strip())
    if written is None:
        raise NotValidError(ProblemKind.NOT_A_DATE)
    try:
        return date(*map(int, written.groups())).isoformat()
    except ValueError:
        raise NotValidError(ProblemKind.NOT_A_DATE) from None


def _items(kind: Items, value: Any) -> list[str]:
    if value == "":
        raise NotValidError(ProblemKind.WRONG_TYPE)
    given = value if isinstance(value, list) else [value]
    if len(given) > kind.most:
        raise NotValidError(ProblemKind.TOO_LONG)
    return [_text(one, kind.max_length) for one in given]


def _places(kind: Places, value: Any) -> list[list[int]]:
    """One box, a list of boxes, or objects with `bbox_2d` as the models were trained to give."""
    if not isinstance(value, list):
        value = [value]
    if len(value) == 4 and all(_is_coordinate(one) for one in value):
        value = [value]
    if len(value) > kind.most:
        raise NotValidError(ProblemKind.TOO_LONG)
    return [_box(one) for one in value]


def _box(value: Any) -> list[int]:
    if isinstance(value, dict):
        value = value.get("bbox_2d", value.get("bbox"))
    if not isinstance(value, list) or len(value) != 4 or not all(_is_coordinate(one) for one in value):
        raise NotValidError(ProblemKind.WRONG_TYPE)
    if any(one != int(one) for one in value) and max(value) <= 1:
        # Shares of width and height, whatever was asked for; rounded they would be another place.
        raise NotValidError(ProblemKind.WRONG_TYPE)
    return [_side(one) for one in value]


def _side(value: int | float) -> int:
    """A box that begins outside the picture begins at its edge."""
    side = max(0, round(value))
    if side > LARGEST_COORDINATE:
        raise NotValidError(ProblemKind.OUT_OF_RANGE)
    return side


def _is_coordinate(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value)


def _is_finite(number: int | float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # a whole number of more than 308 digits
        return False
