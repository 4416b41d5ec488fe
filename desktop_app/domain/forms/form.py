"""Forms: named, versioned lists of fields that every picture of a run is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TypeAlias

from desktop_app.domain.forms.variables import without_braces

MOST_FIELDS = 40
"""A longer form is better split: each field costs answer tokens and attention."""

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class YesNo:
    """Is it so or not."""


@dataclass(frozen=True, slots=True)
class Number:
    """A measured or counted value.

    Attributes:
        unit: shown beside the value and told to the vision model, "" for none.
        minimum, maximum: both allowed values; None for no limit.
        whole: counts have no fractions.
    """

    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the vision model's own, at most `max_length` characters."""

    max_length: int = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly one of the options."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Any number of the options, none included."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day, kept as "YYYY-MM-DD"."""


@dataclass(frozen=True, slots=True)
class Items:
    """Several short texts in a row, at most `most` of at most `max_length` characters each."""

    most: int = 20
    max_length: int = 120


@dataclass(frozen=True, slots=True)
class Places:
    """Boxes on the picture, at most `most`; kept in pixels of the original as it is seen."""

    most: int = 10


FieldKind: TypeAlias = YesNo | Number | Text | Choice | Choices | Date | Items | Places


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form, and one column of its table.

    Attributes:
        key: name in JSON and in exports; see `is_key`.
        label: the column's heading and the question to the vision model.
        kind: what counts as an answer.
        hint: more for the vision model: what to look at, what counts.
        required: a value must be given; otherwise "cannot be told" (null) is an answer too.
    """

    key: str
    label: str
    kind: FieldKind
    hint: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """What every picture of a run is asked.

    Attributes:
        name: as shown in lists; with `version` it identifies the form in a library.
        version: counts up with every change that is saved.
        instructions: what the vision model is told before the fields; may hold variables, see `variables`.
        fields: in the order of the table's columns; at least one.
        describe: tell the fields in the prompt too. Schema enforcement alone shapes an answer without
            telling the model what is wanted, so this is off only for models trained on fixed prompts.
    """

    name: str
    fields: tuple[FormField, ...]
    instructions: str = ""
    version: int = 1
    describe: bool = field(default=True, kw_only=True)

    @property
    def is_plain(self) -> bool:
        """Asked as a plain question: the whole answer, as it comes, is the value of the only field."""
        return len(self.fields) == 1 and self.fields[0] == PLAIN_FIELD

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.fields)

    def field_named(self, key: str) -> FormField | None:
        return next((one for one in self.fields if one.key == key), None)


PLAIN_FIELD = FormField("answer", "Answer", Text(max_length=0))
"""The only field of a plain prompt; its text has no limit but the answer's tokens."""


def plain_form(prompt: str, name: str = "") -> Form:
    """The form that a plain prompt is; it is called as the prompt begins unless it has a name."""
    first_line = without_braces(prompt.strip().partition("\n")[0])[:60]
    return Form(name.strip() or first_line.strip() or PLAIN_FIELD.label, (PLAIN_FIELD,), prompt)


def is_key(text: str) -> bool:
    """Whether a field may have this key: up to 40 letters, digits and underscores, a letter first."""
    return _KEY.fullmatch(text) is not None


def key_for(label: str, taken: Collection[str]) -> str:
    """A key made of a label, different from those taken; "field" where a label has no Latin letters."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:32] or "field"
    key, number = words, 2
    while key in taken:
        key, number = f"{words}_{number}", number + 1
    return key
