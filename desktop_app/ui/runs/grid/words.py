"""How the answer grid words values, problems, states and summaries."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.forms.form import (
    PLAIN_FIELD,
    Choice,
    Choices,
    Date,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.grounding_marks import without_marks
from desktop_app.domain.runs.row_filters import Between, OneOf
from desktop_app.domain.runs.rows import GridColumn, RowFact
from desktop_app.domain.runs.run import ItemState
from desktop_app.domain.runs.summaries import Part
from desktop_app.domain.runs.table import FACT_HEADINGS, STATE_WORDS, Fact
from desktop_app.ui.report import advised, sentence
from desktop_app.ui.value_words import ValueWords, number

BETWEEN = " · "
"""Between the entries of a list in one line."""

_LONGEST_LINE = 300
"""Characters of a value that a cell can show; the rest is in its tip."""

_LONGEST_MARKED = 4 * _LONGEST_LINE
"""Characters of a plain answer that are looked through for places whenever its cell is drawn."""

_HEADINGS = {
    RowFact.NAME: Fact.NAME,
    RowFact.STATE: Fact.STATE,
    RowFact.CONFIDENCE: Fact.CONFIDENCE,
    RowFact.NOTE: Fact.NOTE,
}


class GridWords(QObject):
    """Wording only; what is not the grid's alone is worded by `values`."""

    def __init__(self) -> None:
        super().__init__()
        self.values = ValueWords()

    def heading(self, column: GridColumn) -> str:
        """The column's name; that of a plain question's answer is no label of a person's."""
        if column.field == PLAIN_FIELD:
            return self.tr("Answer")
        if column.field is not None:
            return column.field.label
        return _table(FACT_HEADINGS[_HEADINGS[column.fact]]) if column.fact is not None else ""

    def unit(self, column: GridColumn) -> str:
        """What its numbers are measured in, "" for nothing."""
        kind = column.field.kind if column.field is not None else None
        return kind.unit if isinstance(kind, Number) else ""

    def value(self, column: GridColumn, value: Any) -> str:
        """A value on one line; "" for none."""
        match value:
            case None:
                return ""
            case bool():
                return self.values.yes_no(value)
            case ItemState():
                return _table(STATE_WORDS[value])
            case float() if column.fact is RowFact.CONFIDENCE:
                return self.values.percent(value)
            case int() | float():
                return number(value)
            case list() if column.field is not None and isinstance(column.field.kind, Places):
                return self.values.boxes(len(value))
            case list():
                return one_line(BETWEEN.join(map(str, value)))
            case str() if column.field == PLAIN_FIELD:
                # Its places are marked on the picture; copied and exported it has their numbers.
                return one_line(without_marks(value[:_LONGEST_MARKED]))
            case _:
                return one_line(str(value))

    def sure(self, share: float) -> str:
        return self.tr("The vision model was {percent} sure.").format(percent=self.values.percent(share))

    def short_problem(self, kind: ProblemKind) -> str:
        """Why a field has no value in a word or two, for the cell."""
        match kind:
            case ProblemKind.NO_JSON:
                return self.tr("not a form")
            case ProblemKind.CUT_OFF:
                return self.tr("cut off")
            case ProblemKind.BLANKS | ProblemKind.MISSING:
                return self.tr("missing")
            case ProblemKind.WRONG_TYPE:
                return self.tr("wrong kind")
            case ProblemKind.OUT_OF_RANGE:
                return self.tr("out of range")
            case ProblemKind.TOO_LONG:
                return self.tr("too long")
            case ProblemKind.NOT_AN_OPTION:
                return self.tr("not a choice")
            case ProblemKind.NOT_A_DATE:
                return self.tr("not a date")

    def how_to_write(self, column: GridColumn) -> str:
        """How a person gives a value of this column, in one sentence; also what a refused one is told."""
        match column.field.kind if column.field is not None else None:
            case Number() as kind:
                return self._how_to_write_number(kind)
            case Date():
                return self.tr("Write a day such as 2024-03-31.")
            case Text(max_length=0):
                return self.tr("Enter ends, Shift+Enter begins a new line.")
            case Text(max_length=most):
                return self.tr("Write at most {count} characters.").format(count=f"{most:,}")
            case Items(most=most, max_length=length):
                words = self.tr("Write one entry a line, at most {count} of at most {length} characters.")
                return words.format(count=most, length=length)
            case Places(most=most):
                words = self.tr(
                    "Write one box a line as left, top, right, bottom in pixels; at most {count}."
                )
                return words.format(count=most)
            case Choices():
                return self.tr("Space ticks, Enter ends.")
            case YesNo() | Choice():
                return self.tr("Choose one of the values.")
            case None:
                return self.tr("Enter ends, Shift+Enter begins a new line.")

    def refused(self, column: GridColumn, kind: ProblemKind) -> str:
        """Why a value that a person typed was not taken."""
        if kind is ProblemKind.MISSING:
            return self.tr("“{name}” needs a value.").format(name=self.heading(column))
        return self.how_to_write(column)

    def _how_to_write_number(self, kind: Number) -> str:
        low, high = kind.minimum, kind.maximum
        if low is not None and high is not None:
            words = (
                self.tr("Write a whole number from {low} to {high}.")
                if kind.whole
                else self.tr("Write a number from {low} to {high}.")
            )
            return words.format(low=number(low), high=number(high))
        if low is not None:
            words = (
                self.tr("Write a whole number, {low} or more.")
                if kind.whole
                else self.tr("Write a number, {low} or more.")
            )
            return words.format(low=number(low))
        if high is not None:
            words = (
                self.tr("Write a whole number, {high} or less.")
                if kind.whole
                else self.tr("Write a number, {high} or less.")
            )
            return words.format(high=number(high))
        return self.tr("Write a whole number.") if kind.whole else self.tr("Write a number.")

    def failure(self, failure: AnswerFailure) -> str:
        """Why a picture failed."""
        return sentence(failure.as_error())

    def failure_in_full(self, failure: AnswerFailure) -> str:
        """The same with what to do next."""
        return advised(failure.as_error(), "\n")

    def part(self, column: GridColumn, part: Part) -> str:
        """What a bar of a summary stands for."""
        match part.wanted:
            case OneOf():
                return self.option(column, part.value)
            case Between(low, high) if low == high:
                return self.bound(column, low)
            case Between(low, high):
                words = self.tr("{low} to {high}")
                return words.format(low=self.bound(column, low), high=self.bound(column, high))

    def option(self, column: GridColumn, value: bool | str | None) -> str:
        """One of the values a column can be filtered by."""
        return self.tr("no value") if value is None else self.value(column, value)

    def bound(self, column: GridColumn, value: float | str | None) -> str:
        if isinstance(value, int | float) and column.fact is RowFact.CONFIDENCE:
            return self.values.percent(value)
        return number(value) if isinstance(value, int | float) else str(value)


def one_line(text: str) -> str:
    """Text as a cell shows it."""
    return " ".join(text[:_LONGEST_LINE].split())


def _table(text: str) -> str:
    return QCoreApplication.translate("run_table", text)
