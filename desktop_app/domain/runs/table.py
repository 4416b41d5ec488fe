"""A run as a table that can be handed to somebody: its columns, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from desktop_app.domain.error_texts import ERROR_TEXTS, fill
from desktop_app.domain.forms.form import Date, Form, FormField, Number, Places, YesNo
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState, Run
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP

ExportValue: TypeAlias = str | int | float | date | None
"""What a cell of a table holds; None is an empty cell."""

Translate: TypeAlias = Callable[[str], str]

Called: TypeAlias = Callable[[FormField], str]
"""How a field is named in a text of the program's own: as the headings of the same file name it."""

YES = QT_TRANSLATE_NOOP("run_table", "yes")
NO = QT_TRANSLATE_NOOP("run_table", "no")
CUT_OFF = QT_TRANSLATE_NOOP("run_table", "The answer was too long and was cut off.")
NOT_USABLE = QT_TRANSLATE_NOOP("run_table", "The answer gives nothing usable for: {fields}.")
BETWEEN = "; "
"""Between the entries of a list in one cell."""

_STARTS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""Full-width signs too: a Chinese or Japanese Excel takes them for formulas."""


class Fact(StrEnum):
    """Columns beside the form's own, by their names in files."""

    NAME = "name"
    STATE = "state"
    CONFIDENCE = "confidence"
    CHANGED = "changed"
    NOTE = "note"
    FAILURE = "failure"
    DETAILS = "failure_details"
    """The server's own words."""
    SAME_AS = "same_as"
    """A picture with identical bytes, whose answer this one shares."""
    MODEL = "model"
    SERVER = "server"
    PATH = "path"


FACT_HEADINGS: dict[Fact, str] = {
    Fact.NAME: QT_TRANSLATE_NOOP("run_table", "Picture"),
    Fact.STATE: QT_TRANSLATE_NOOP("run_table", "State"),
    Fact.CONFIDENCE: QT_TRANSLATE_NOOP("run_table", "Confidence"),
    Fact.CHANGED: QT_TRANSLATE_NOOP("run_table", "Changed by hand"),
    Fact.NOTE: QT_TRANSLATE_NOOP("run_table", "Note"),
    Fact.FAILURE: QT_TRANSLATE_NOOP("run_table", "What went wrong"),
    Fact.DETAILS: QT_TRANSLATE_NOOP("run_table", "In the server's words"),
    Fact.SAME_AS: QT_TRANSLATE_NOOP("run_table", "Same picture as"),
    Fact.MODEL: QT_TRANSLATE_NOOP("run_table", "Model"),
    Fact.SERVER: QT_TRANSLATE_NOOP("run_table", "Server"),
    Fact.PATH: QT_TRANSLATE_NOOP("run_table", "File"),
}

STATE_WORDS: dict[ItemState, str] = {
    ItemState.QUEUED: QT_TRANSLATE_NOOP("run_table", "not asked yet"),
    ItemState.ASKING: QT_TRANSLATE_NOOP("run_table", "being asked"),
    ItemState.ANSWERED: QT_TRANSLATE_NOOP("run_table", "answered"),
    ItemState.FAILED: QT_TRANSLATE_NOOP("run_table", "failed"),
    ItemState.SKIPPED: QT_TRANSLATE_NOOP("run_table", "left out"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field of the form, or a fact about the picture.

    Attributes:
        key: its name in files that programs read; no two columns have the same.
        heading: its name for people; English for facts, to be translated.
    """

    key: str
    heading: str
    field: FormField | None = None
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class RunTable:
    """A run and those of its pictures that are handed over, in order.

    Attributes:
        read: when the rows were read from the library.
        names: of pictures whose answers others share, by id.
    """

    run: Run
    columns: tuple[Column, ...]
    items: Sequence[RunItem]
    read: datetime
    names: Mapping[int, str] = field(default_factory=dict)

    def value(self, item: RunItem, column: Column, translate: Translate = str) -> ExportValue:
        """What stands in a cell for people, who know the fields by their labels.

        Args:
            translate: for words of the program's own, such as "yes".
        """
        return self._cell(item, column, translate, _label)

    def told_columns(self) -> list[Column]:
        """The columns for people: without facts that no row has something to tell about."""
        return [
            column
            for column in self.columns
            if column.fact in (None, Fact.NAME)
            or any(self.value(item, column) is not None for item in self.items)
        ]

    def row(self, item: RunItem) -> list[ExportValue]:
        """The cells of one picture for programs, in the order of the columns: words are English, and fields
        go by their keys.
        """
        return [self._cell(item, column, str, _key) for column in self.columns]

    def _cell(self, item: RunItem, column: Column, translate: Translate, called: Called) -> ExportValue:
        if column.field is not None:
            return export_value(column.field, item.value(column.field.key), translate)
        return None if column.fact is None else self._fact(item, column.fact, translate, called)

    def _fact(self, item: RunItem, fact: Fact, translate: Translate, called: Called) -> ExportValue:
        match fact:
            case Fact.STATE:
                return translate(STATE_WORDS[item.state])
            case Fact.CONFIDENCE:
                sure = item.least_confidence
                return None if sure is None else round(sure, 4)
            case Fact.FAILURE:
                told = failure_sentence(self.run.plan.form, item, translate, called)
            case Fact.CHANGED:
                told = BETWEEN.join(map(called, _changed(self.run.plan.form, item)))
            case Fact.SAME_AS:
                told = "" if item.shared_from is None else self.names.get(item.shared_from, "")
            case _:
                told = _of_picture(self.run.plan.form, item, fact)
        return writable(told) or None


def table_of(
    run: Run, items: Sequence[RunItem], read: datetime, names: Mapping[int, str] | None = None
) -> RunTable:
    """The name and the form's fields first, then what is known about each answer."""
    fields = [Column(one.key, _heading(one), field=one) for one in run.plan.form.fields]
    taken = set(run.plan.form.keys)
    facts = [_fact_column(fact, taken) for fact in Fact]
    return RunTable(run, (facts[0], *fields, *facts[1:]), items, read, names or {})


def export_value(field: FormField, value: CellValue, translate: Translate = str) -> ExportValue:
    """A field's value as a cell holds it: yes or no as words, numbers as numbers, dates as dates, lists and
    boxes as text.
    """
    match value:
        case None:
            return None
        case bool():
            return translate(YES if value else NO) if isinstance(field.kind, YesNo) else str(value).lower()
        case int() | float():
            return value
        case str():
            return _date_or_text(value) if isinstance(field.kind, Date) else writable(value)
        case list():
            is_boxes = isinstance(field.kind, Places)
            return BETWEEN.join(_box(one) if is_boxes else writable(str(one)) for one in value)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula, blanks before it or not."""
    return text[:1] in _STARTS_FORMULA or text.lstrip()[:1] in _STARTS_FORMULA if text else False


def inert(value: ExportValue) -> ExportValue:
    """The value, with an apostrophe before text that a spreadsheet might run; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def writable(text: str) -> str:
    """The text as every file can hold it; names of files may hold halves of characters, answers anything."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def failure_sentence(form: Form, item: RunItem, translate: Translate, called: Called) -> str:
    """Why the picture failed, or which fields of its answer have no value that can be used; "" when all is
    well.
    """
    if item.failure is not None:
        problem = item.failure.as_error()
        return fill(translate(ERROR_TEXTS[problem.code].sentence), problem)
    missing = _missing(form, item)
    if missing and item.answer is not None and not item.answer.lacks_values:
        return translate(CUT_OFF)
    return translate(NOT_USABLE).format(fields=BETWEEN.join(map(called, missing))) if missing else ""


def failure_details(form: Form, item: RunItem) -> str:
    """What the server or the program said when the picture failed, or the answer that fits the form badly;
    "" when there is nothing more to say.
    """
    if item.failure is not None and item.failure.detail:
        return item.failure.detail
    if item.answer is None:
        return ""
    is_of_answer = item.failure is not None or (item.answer.lacks_values and bool(_missing(form, item)))
    return item.answer.raw if is_of_answer else ""


def _missing(form: Form, item: RunItem) -> list[FormField]:
    """Fields whose value in the answer was of no use and that no person has filled in since."""
    problems = {problem.key for problem in item.answer.problems} if item.answer is not None else set()
    return [one for one in form.fields if one.key in problems and one.key not in item.edited]


def _changed(form: Form, item: RunItem) -> list[FormField]:
    return [one for one in form.fields if one.key in item.edited]


def _label(field: FormField) -> str:
    return field.label


def _key(field: FormField) -> str:
    return field.key


def _heading(field: FormField) -> str:
    unit = field.kind.unit.strip() if isinstance(field.kind, Number) else ""
    return f"{field.label} ({unit})" if unit else field.label


def _fact_column(fact: Fact, taken: set[str]) -> Column:
    key = fact.value
    while key in taken:
        key = f"run_{key}"
    taken.add(key)
    return Column(key, FACT_HEADINGS[fact], fact=fact)


def _of_picture(form: Form, item: RunItem, fact: Fact) -> str:
    match fact:
        case Fact.NAME:
            return item.name
        case Fact.NOTE:
            return item.note
        case Fact.DETAILS:
            return failure_details(form, item)
        case Fact.MODEL:
            return "" if item.answer is None else item.answer.model
        case Fact.SERVER:
            return "" if item.answer is None else item.answer.server
        case _:
            return item.path


def _date_or_text(text: str) -> ExportValue:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return writable(text)


def _box(box: object) -> str:
    return ",".join(map(str, box)) if isinstance(box, list) else str(box)
