"""The longest answer a form allows has to have room."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given

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
    plain_form,
)
from desktop_app.domain.forms.room import answer_room
from desktop_app.domain.forms.schema import LONGEST_TEXT
from tests.fakes.forms import any_form


def brim(kind: FieldKind) -> object:
    """The longest value."""
    match kind:
        case YesNo():
            return False
        case Number():
            return -123456789.125
        case Text(max_length=length):
            return "x" * (length or LONGEST_TEXT)
        case Choice(options=options):
            return max(options, key=len)
        case Choices(options=options):
            return list(options)
        case Date():
            return "2026-12-31"
        case Items(most=most, max_length=length):
            return ["x" * length] * most
        case Places(most=most):
            return [[20000] * 4] * most


@given(any_form)
def test_an_answer_filled_to_the_brim_fits(form: Form) -> None:
    longest = json.dumps({one.key: brim(one.kind) for one in form.fields}, ensure_ascii=False)
    assert len(longest) <= 2 * answer_room(form)


@given(any_form)
def test_every_field_takes_room(form: Form) -> None:
    rooms = [
        answer_room(replace(form, fields=form.fields[:count])) for count in range(1, len(form.fields) + 1)
    ]
    assert rooms == sorted(set(rooms))


def test_a_plain_prompt_asks_for_no_room_of_its_own() -> None:
    assert answer_room(plain_form("Describe it.")) == 0
