"""What a vision model is told about a form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

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
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.schema import limits_of
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.vision_tokens import QWEN2_5_VL


def form_prompt(form: Form, instructions: str, family: str) -> str:
    """The question about one picture.

    Args:
        form: its fields.
        instructions: the form's own, variables filled in.
        family: name of the vision family, for what it was taught to give as coordinates.
    """
    if form.is_plain or not form.describe:
        return instructions
    told = _told_fields(form.fields, family)
    return f"{instructions.strip()}\n\n{told}" if instructions.strip() else told


def repair_prompt(form: Form, problems: Sequence[FieldProblem], family: str) -> str:
    """A second question, after an answer that did not fit."""
    wrong = [_wrong(form, problem, family) for problem in problems]
    return (
        "That answer does not fit the form:\n"
        + "\n".join(f"- {one}" for one in wrong)
        + "\nAnswer again with the whole JSON object and nothing else."
    )


@lru_cache(maxsize=16)  # the same for every picture of a run
def _told_fields(fields: tuple[FormField, ...], family: str) -> str:
    lines = [_line(one, family) for one in fields]
    return "Answer with one JSON object and nothing else. Its fields:\n" + "\n".join(lines)


def _line(one: FormField, family: str) -> str:
    sentences = [_sentence(text) for text in (one.label, one.hint) if text.strip()]
    return " ".join((f"- {json.dumps(one.key)} ({_told(one, family)}):", *sentences))


_ENDS = (".", "!", "?", ":", ";", "。", "！", "？", "：", "；", "…")


def _sentence(text: str) -> str:
    """On one line, because a line is a field; with a full stop where nothing else ends it."""
    words = " ".join(text.split())
    return words if words.endswith(_ENDS) else f"{words}."


def _told(one: FormField, family: str) -> str:
    told = _told_kind(one.kind, family)
    return told if one.required else f"{told}, or null if it cannot be told"


def _told_kind(kind: FieldKind, family: str) -> str:
    match kind:
        case YesNo():
            return "true or false"
        case Number():
            return _told_number(kind)
        case Text(max_length=length):
            return f"text, at most {length} characters" if length else "text"
        case Choice(options=options):
            return f"one of {_named(options)}"
        case Choices(options=options):
            return f"a list of any of {_named(options)}; [] for none"
        case Date():
            return 'date as "YYYY-MM-DD"'
        case Items(most=most):
            return f"a list of at most {most} short texts; [] for none"
        case Places(most=most):
            scale = "pixels of the picture" if family == QWEN2_5_VL.name else "0 to 1000 of width and height"
            return f"a list of at most {most} boxes, each [x1, y1, x2, y2] in {scale}; [] for none"


def _told_number(kind: Number) -> str:
    words = ["whole number" if kind.whole else "number"]
    if kind.unit:
        words.append(f"in {kind.unit}")
    minimum, maximum = limits_of(kind)
    if minimum is not None:
        words.append(f"from {minimum}")
    if maximum is not None:
        words.append(f"up to {maximum}")
    return " ".join(words)


def _named(options: Sequence[str]) -> str:
    return ", ".join(json.dumps(option, ensure_ascii=False) for option in options)


def _wrong(form: Form, problem: FieldProblem, family: str) -> str:
    one = form.field_named(problem.key)
    if one is None:
        return "It is not one JSON object."
    if problem.kind is ProblemKind.MISSING:
        return f"{json.dumps(one.key)} is missing; it must be {_told(one, family)}."
    return f"{json.dumps(one.key)} must be {_told(one, family)}."
