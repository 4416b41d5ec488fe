from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    plain_form,
)
from desktop_app.domain.forms.prompts import form_prompt, repair_prompt
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.vision_tokens import QWEN2_5_VL, QWEN2_VL
from tests.domain.forms.making import forms

RUST = Form(
    "Rust", (FormField("rust", "Is there rust?", YesNo()), FormField("words", "Words", Text())), "Look."
)


def told(kind: FieldKind, family: str = "", required: bool = True, label: str = "L", hint: str = "") -> str:
    """The line that tells one field."""
    form = Form("One", (FormField("v", label, kind, hint, required),))
    return form_prompt(form, "", family).splitlines()[-1]


def test_the_whole_prompt() -> None:
    assert form_prompt(RUST, " Look. \n", "qwen2-vl") == (
        "Look.\n\n"
        "Answer with one JSON object and nothing else. Its fields:\n"
        '- "rust" (true or false): Is there rust?\n'
        '- "words" (text, at most 300 characters): Words.'
    )


@given(forms(), st.sampled_from(["", QWEN2_VL.name, QWEN2_5_VL.name]))
def test_every_field_has_a_line_of_its_own(form: Form, family: str) -> None:
    lines = form_prompt(replace(form, describe=True), "", family).split("\n")
    assert len(lines) == 1 + len(form.fields)
    for line, key in zip(lines[1:], form.keys, strict=True):
        assert line.startswith(f'- "{key}" (')


@given(forms())
def test_instructions_alone_where_fields_are_not_to_be_told(form: Form) -> None:
    assert form_prompt(replace(form, describe=False), form.instructions, "") == form.instructions
    assert form_prompt(plain_form(form.instructions), form.instructions, "") == form.instructions


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (YesNo(), "true or false"),
        (Number(), "number"),
        (Number("mm", 0.5, 1234567.0), "number in mm from 0.5 up to 1234567"),
        (Number(minimum=-0.5, whole=True), "whole number from 0"),
        (Number(maximum=0.12345678), "number up to 0.12345678"),
        (Text(max_length=0), "text"),
        (Text(max_length=9), "text, at most 9 characters"),
        (Choice(("red", 'a "b"', "蓝")), 'one of "red", "a \\"b\\"", "蓝"'),
        (Choices(("red", "blue")), 'a list of any of "red", "blue"; [] for none'),
        (Date(), 'date as "YYYY-MM-DD"'),
        (Items(most=3), "a list of at most 3 short texts; [] for none"),
    ],
)
def test_how_kinds_are_told(kind: FieldKind, words: str) -> None:
    assert told(kind) == f'- "v" ({words}): L.'
    assert told(kind, required=False) == f'- "v" ({words}, or null if it cannot be told): L.'


@pytest.mark.parametrize(
    ("family", "scale"),
    [
        (QWEN2_5_VL.name, "pixels of the picture"),
        (QWEN2_VL.name, "0 to 1000 of width and height"),
        ("", "0 to 1000 of width and height"),
    ],
)
def test_boxes_are_asked_for_in_the_scale_the_family_knows(family: str, scale: str) -> None:
    assert (
        told(Places(most=4), family)
        == f'- "v" (a list of at most 4 boxes, each [x1, y1, x2, y2] in {scale}; [] for none): L.'
    )


@pytest.mark.parametrize(
    ("label", "hint", "words"),
    [
        ("Rust", "On bolts too", "Rust. On bolts too."),
        ("Rust.", "On bolts too.", "Rust. On bolts too."),
        ("Is there rust?", "", "Is there rust?"),
        ("有锈吗?", "看螺栓。", "有锈吗? 看螺栓。"),
        (" Rust\non\tbolts ", "", "Rust on bolts."),
        ("", "On bolts", "On bolts."),
    ],
)
def test_label_and_hint_are_sentences_on_one_line(label: str, hint: str, words: str) -> None:
    assert told(YesNo(), label=label, hint=hint) == f'- "v" (true or false): {words}'


def test_the_second_question_names_what_was_wrong() -> None:
    problems = (FieldProblem("rust", ProblemKind.MISSING), FieldProblem("words", ProblemKind.TOO_LONG))
    assert repair_prompt(RUST, problems, "") == (
        "That answer does not fit the form:\n"
        '- "rust" is missing; it must be true or false.\n'
        '- "words" must be text, at most 300 characters.\n'
        "Answer again with the whole JSON object and nothing else."
    )


@pytest.mark.parametrize("kind", [ProblemKind.NO_JSON, ProblemKind.CUT_OFF, ProblemKind.BLANKS])
def test_the_second_question_about_no_object_at_all(kind: ProblemKind) -> None:
    assert "- It is not one JSON object.\n" in repair_prompt(RUST, (FieldProblem("", kind),), "")


@given(forms())
def test_every_problem_of_every_field_can_be_told(form: Form) -> None:
    problems = [FieldProblem(key, kind) for key in form.keys for kind in ProblemKind]
    told = repair_prompt(form, problems, "")
    assert all(json.dumps(key) in told for key in form.keys)
