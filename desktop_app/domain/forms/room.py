"""How long an answer a form may need.

Of an answer that breaks off at its length limit the fields behind the break are lost, though it was paid for.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    FieldKind,
    Form,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)
from desktop_app.domain.forms.schema import LONGEST_TEXT

_CHARACTERS_PER_TOKEN = 2
"""Between Latin text, three or four to a token, and Chinese, one to two."""


def with_room(options: AskOptions, form: Form) -> AskOptions:
    """The options with room for the form's longest answer."""
    return replace(options, max_tokens=max(options.max_tokens, answer_room(form)))


def answer_room(form: Form) -> int:
    """Tokens that the longest answer the form allows takes, about; 0 for a plain prompt, which has no end."""
    if form.is_plain:
        return 0
    characters = sum(len(one.key) + 8 + _longest(one.kind) for one in form.fields)
    return characters // _CHARACTERS_PER_TOKEN + 1


def _longest(kind: FieldKind) -> int:
    """Characters of the longest value, as it stands in JSON."""
    match kind:
        case YesNo():
            return 5
        case Number():
            return 16
        case Text(max_length=length):
            return (length or LONGEST_TEXT) + 2
        case Choice(options=options):
            return max(map(len, options)) + 2
        case Choices(options=options):
            return sum(len(option) + 4 for option in options) + 2
        case Date():
            return 12
        case Items(most=most, max_length=length):
            return most * (length + 4) + 2
        case Places(most=most):
            return most * len("[20000, 20000, 20000, 20000], ") + 2
