"""What stands in the forms dialog, before it is saved: every field as typed, right or wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

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
from desktop_app.domain.forms.records import kind_name


class Kind(StrEnum):
    """The kinds of fields by the names they have in form files."""

    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    LIST = "list"
    BOXES = "boxes"


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """One field as typed. What belongs to other kinds is kept, so that choosing a kind loses nothing.

    Attributes:
        id: tells the fields of one form apart, whatever is typed in them.
        key_is_own: the key was typed, or answers exist under it; otherwise it follows the label.
        minimum, maximum: as typed, "" for no limit.
        options: one on each line.
    """

    id: int
    label: str = ""
    key: str = ""
    key_is_own: bool = False
    kind: Kind = Kind.YES_NO
    hint: str = ""
    required: bool = True
    unit: str = Number().unit
    minimum: str = ""
    maximum: str = ""
    whole: bool = Number().whole
    max_length: int = Text().max_length
    options: str = ""
    most_items: int = Items().most
    item_length: int = Items().max_length
    most_boxes: int = Places().most

    @property
    def named_options(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.options.splitlines())
        return tuple(line for line in lines if line)

    @property
    def given_kind(self) -> FieldKind:
        """
        Raises:
            ValueError: a limit is no number.
        """
        match self.kind:
            case Kind.YES_NO:
                return YesNo()
            case Kind.NUMBER:
                return Number(self.unit.strip(), limit_of(self.minimum), limit_of(self.maximum), self.whole)
            case Kind.TEXT:
                return Text(self.max_length)
            case Kind.CHOICE:
                return Choice(self.named_options)
            case Kind.CHOICES:
                return Choices(self.named_options)
            case Kind.DATE:
                return Date()
            case Kind.LIST:
                return Items(self.most_items, self.item_length)
            case Kind.BOXES:
                return Places(self.most_boxes)

    @property
    def field(self) -> FormField:
        """The field as the vision model is asked for it.

        Raises:
            ValueError: a limit is no number.
        """
        return FormField(self.key, self.label.strip(), self.given_kind, self.hint.strip(), self.required)


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as typed; see `Form` for what the parts mean."""

    name: str = ""
    instructions: str = ""
    describe: bool = True
    fields: tuple[FieldDraft, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == FormDraft()

    @property
    def contents(self) -> FormDraft:
        """The same for drafts that a person cannot tell apart."""
        fields = (replace(one, id=0, key_is_own=True) for one in self.fields)
        return replace(self, fields=tuple(fields))

    def field_with(self, field_id: int | None) -> FieldDraft | None:
        return next((one for one in self.fields if one.id == field_id), None)

    def form(self, version: int = 1) -> Form:
        """The form as it would be saved; only for a draft without mistakes.

        Raises:
            ValueError: a limit is no number.
        """
        fields = tuple(one.field for one in self.fields)
        return Form(self.name.strip(), fields, self.instructions, version, describe=self.describe)


def draft_of(form: Form) -> FormDraft:
    """The dialog's contents for a form; fields are numbered from 1."""
    fields = tuple(_field_draft(number, one) for number, one in enumerate(form.fields, start=1))
    return FormDraft(form.name, form.instructions, form.describe, fields)


def limit_of(text: str) -> float | None:
    """A limit as typed; None for no limit.

    Raises:
        ValueError: it is no number. A comma is none, because it divides thousands in some countries and
            begins the fraction in others.
    """
    plain = text.strip()
    if not plain:
        return None
    number = float(plain)
    if "_" in plain or not math.isfinite(number):
        raise ValueError(text)
    return number


def _field_draft(number: int, one: FormField) -> FieldDraft:
    draft = FieldDraft(
        number, one.label, one.key, True, Kind(kind_name(one.kind)), one.hint, required=one.required
    )
    match one.kind:
        case Number(unit=unit, minimum=minimum, maximum=maximum, whole=whole):
            limits = _limit_text(minimum), _limit_text(maximum)
            return replace(draft, unit=unit, minimum=limits[0], maximum=limits[1], whole=whole)
        case Text(max_length=length):
            return replace(draft, max_length=length)
        case Choice(options=options) | Choices(options=options):
            return replace(draft, options="\n".join(options))
        case Items(most=most, max_length=length):
            return replace(draft, most_items=most, item_length=length)
        case Places(most=most):
            return replace(draft, most_boxes=most)
        case _:
            return draft


def _limit_text(limit: float | None) -> str:
    if limit is None:
        return ""
    return str(int(limit)) if float(limit).is_integer() else repr(float(limit))
