"""What keeps a form from being saved, told at the place where it can be put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import MOST_FIELDS, Number, is_key
from desktop_app.domain.forms.schema import limits_of
from desktop_app.domain.forms.variables import check_variables
from desktop_app.ui.forms.draft import FieldDraft, FormDraft, Kind, limit_of


class Part(StrEnum):
    """Where something is wrong."""

    NAME = "name"
    INSTRUCTIONS = "instructions"
    FIELDS = "fields"
    LABEL = "label"
    KEY = "key"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    OPTIONS = "options"


class Mistake(StrEnum):
    """What is wrong."""

    NAME_MISSING = "name-missing"
    NAME_TAKEN = "name-taken"
    VARIABLE_UNKNOWN = "variable-unknown"
    NO_FIELDS = "no-fields"
    TOO_MANY_FIELDS = "too-many-fields"
    LABEL_MISSING = "label-missing"
    KEY_UNUSABLE = "key-unusable"
    KEY_TAKEN = "key-taken"
    NOT_A_NUMBER = "not-a-number"
    RANGE_EMPTY = "range-empty"
    NO_WHOLE_NUMBER = "no-whole-number"
    OPTIONS_MISSING = "options-missing"
    OPTION_TWICE = "option-twice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    Attributes:
        field_id: of the field it belongs to; None when it belongs to the form.
        about: the word in question, such as the name that is taken.
    """

    part: Part
    mistake: Mistake
    field_id: int | None = None
    about: str = ""


def problems_of(draft: FormDraft, taken: Collection[str] = ()) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the dialog; `taken` are the names of other forms."""
    return (*_of_form(draft, taken), *problems_of_fields(draft))


def problems_of_fields(draft: FormDraft) -> tuple[Problem, ...]:
    """What is wrong with the fields, each by itself and beside the others."""
    uses = Counter(one.key for one in draft.fields)
    return tuple(problem for one in draft.fields for problem in _of_field(one, uses))


def _of_form(draft: FormDraft, taken: Collection[str]) -> Iterator[Problem]:
    name = draft.name.strip()
    if not name:
        yield Problem(Part.NAME, Mistake.NAME_MISSING)
    elif name in taken:
        yield Problem(Part.NAME, Mistake.NAME_TAKEN, about=name)
    try:
        check_variables(draft.instructions)
    except AppError as error:
        yield Problem(Part.INSTRUCTIONS, Mistake.VARIABLE_UNKNOWN, about=str(error.values["name"]))
    if not draft.fields:
        yield Problem(Part.FIELDS, Mistake.NO_FIELDS)
    elif len(draft.fields) > MOST_FIELDS:
        yield Problem(Part.FIELDS, Mistake.TOO_MANY_FIELDS, about=str(MOST_FIELDS))


def _of_field(one: FieldDraft, uses: Counter[str]) -> Iterator[Problem]:
    if not one.label.strip():
        yield Problem(Part.LABEL, Mistake.LABEL_MISSING, one.id)
    if not is_key(one.key):
        yield Problem(Part.KEY, Mistake.KEY_UNUSABLE, one.id, one.key)
    elif uses[one.key] > 1:
        yield Problem(Part.KEY, Mistake.KEY_TAKEN, one.id, one.key)
    match one.kind:
        case Kind.NUMBER:
            yield from _of_range(one)
        case Kind.CHOICE | Kind.CHOICES:
            yield from _of_options(one)


def _of_range(one: FieldDraft) -> Iterator[Problem]:
    wrong = False
    for part, text in ((Part.MINIMUM, one.minimum), (Part.MAXIMUM, one.maximum)):
        try:
            limit_of(text)
        except ValueError:
            wrong = True
            yield Problem(part, Mistake.NOT_A_NUMBER, one.id, text.strip())
    if wrong:
        return
    kind = one.given_kind
    if not isinstance(kind, Number) or kind.minimum is None or kind.maximum is None:
        return
    smallest, largest = limits_of(kind)
    if kind.minimum > kind.maximum:
        yield Problem(Part.MAXIMUM, Mistake.RANGE_EMPTY, one.id)
    elif smallest is not None and largest is not None and smallest > largest:
        yield Problem(Part.MAXIMUM, Mistake.NO_WHOLE_NUMBER, one.id)


def _of_options(one: FieldDraft) -> Iterator[Problem]:
    if not one.named_options:
        yield Problem(Part.OPTIONS, Mistake.OPTIONS_MISSING, one.id)
        return
    seen: set[str] = set()
    for option in one.named_options:
        if option.casefold() in seen:
            yield Problem(Part.OPTIONS, Mistake.OPTION_TWICE, one.id, option)
            return
        seen.add(option.casefold())
