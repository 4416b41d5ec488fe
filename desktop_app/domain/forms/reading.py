"""From a vision model's answer to a form's values: what can be read, and what is wrong with the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.domain.forms.finding import find_object
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.values import CellValue, NotValidError, ProblemKind, read_value

LONG_BLANK = 80
"""A run of white space this long is a model that lost its way inside a grammar that allows it."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, or with all of the answer when `key` is ""."""

    key: str
    kind: ProblemKind


@dataclass(frozen=True, slots=True)
class FormReading:
    """Values by key, for those fields whose value is valid, and the problems of the others. The answer to a
    plain prompt that breaks off is both: a value as far as it goes, and a problem.
    """

    values: Mapping[str, CellValue] = field(default_factory=dict)
    problems: tuple[FieldProblem, ...] = ()


def read_answer(form: Form, text: str, cut_off: bool = False) -> FormReading:
    """Read an answer; never raises, whatever the text.

    Of an answer that breaks off, the fields written to the end have their values: they were paid for.

    Args:
        form: what was asked.
        text: the answer without reasoning.
        cut_off: the answer ended at its length limit.
    """
    if form.is_plain:
        key = form.fields[0].key
        problems = (FieldProblem(key, ProblemKind.CUT_OFF),) if cut_off else ()
        return FormReading({key: text.strip()}, problems)
    found = find_object(text, form.keys)
    if found is None:
        return FormReading({}, (FieldProblem("", _why_broken(text, cut_off)),))
    values: dict[str, CellValue] = {}
    wrong = []
    for one in form.fields:
        if not found.is_whole and one.key not in found.members:
            wrong.append(FieldProblem(one.key, _why_broken(text, cut_off)))
            continue
        try:
            values[one.key] = read_value(one, found.members.get(one.key))
        except NotValidError as problem:
            wrong.append(FieldProblem(one.key, problem.kind))
    return FormReading(values, tuple(wrong))


def _why_broken(text: str, cut_off: bool) -> ProblemKind:
    if re.search(rf"\s{{{LONG_BLANK},}}", text):
        return ProblemKind.BLANKS
    return ProblemKind.CUT_OFF if cut_off else ProblemKind.NO_JSON
