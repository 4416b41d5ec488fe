"""What the answer grid holds of a run's pictures: enough to show, sort and filter 100,000 of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.forms.form import Form, FormField
from desktop_app.domain.forms.values import CellValue, ProblemKind
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState

LOW_CONFIDENCE = 0.8
"""Below this an answer is worth a look."""


class RowFact(Enum):
    """Columns beside the form's own."""

    NAME = ":name"
    STATE = ":state"
    CONFIDENCE = ":confidence"
    NOTE = ":note"


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of the answer grid: a field of the form, or a fact. Exactly one of the two is there."""

    field: FormField | None = None
    fact: RowFact | None = None

    @property
    def key(self) -> str:
        """Different for every column of a grid: no field's key begins with a colon."""
        return self.field.key if self.field is not None else self.fact.value if self.fact else ""


def columns_of(form: Form) -> tuple[GridColumn, ...]:
    """The picture, the form's fields, and what is known about the answer."""
    fields = (GridColumn(field=one) for one in form.fields)
    facts = (RowFact.STATE, RowFact.CONFIDENCE, RowFact.NOTE)
    return (GridColumn(fact=RowFact.NAME), *fields, *(GridColumn(fact=fact) for fact in facts))


@dataclass(slots=True)
class RunRows:
    """The rows of a run as columns; a row is a place in them, from 0, in the order of the run.

    Columns, because a list of 100,000 plain values is one object, and 100,000 objects would have to be made,
    and looked through by Python's garbage collector again and again. What few rows have is kept by place.

    Attributes:
        ids: keys in the store.
        names: paths below the run's folder.
        states: how far each is.
        values: by field key, those that count: a person's before the answer's.
        confidence: by field key, None where it is not known.
        edited: values that a person has set.
        answered: the answer's own values of rows that a person has changed.
        problems: why fields have no valid value, by key; "" when it is the whole answer.
        notes: a person's remarks.
        shares: rows that got the answer of a picture with identical bytes.
        failures: why rows failed.
    """

    ids: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    states: list[ItemState] = field(default_factory=list)
    values: dict[str, list[CellValue]] = field(default_factory=dict)
    confidence: dict[str, list[float | None]] = field(default_factory=dict)
    edited: dict[int, Mapping[str, CellValue]] = field(default_factory=dict)
    answered: dict[int, Mapping[str, CellValue]] = field(default_factory=dict)
    problems: dict[int, Mapping[str, ProblemKind]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    shares: set[int] = field(default_factory=set)
    failures: dict[int, AnswerFailure] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict, compare=False)
    _least: list[float | None] | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def places(self) -> Mapping[int, int]:
        """Where each item is."""
        if len(self._places) != len(self.ids):
            self._places = {one: place for place, one in enumerate(self.ids)}
        return self._places

    def append(self, more: RunRows) -> None:
        """Put other rows behind these."""
        before, self._least = len(self), None
        self._places.update(zip(more.ids, range(before, before + len(more)), strict=True))
        self.ids += more.ids
        self.names += more.names
        self.states += more.states
        for ours, theirs in ((self.values, more.values), (self.confidence, more.confidence)):
            for key, column in theirs.items():
                _column(ours, key, before).extend(column)
        for key in self.confidence.keys() - more.confidence.keys():
            self.confidence[key] += [None] * len(more)
        for mine, other in self._sparse(more):
            mine.update({before + place: value for place, value in other.items()})
        self.shares.update(before + place for place in more.shares)

    def update(self, changed: RunRows) -> list[int]:
        """Take over the rows that are here already; their places."""
        taken: list[int] = []
        self._least = None
        for there, item_id in enumerate(changed.ids):
            here = self.places.get(item_id)
            if here is not None:
                self._take(here, changed, there)
                taken.append(here)
        return taken

    def problem(self, place: int, key: str) -> ProblemKind | None:
        """Why a field has no valid value; a value that a person has set ends the problem."""
        problems = self.problems.get(place)
        if not problems or self.is_edited(place, key):
            return None
        return problems.get(key) or (problems.get("") if self.values[key][place] is None else None)

    def has_problem(self, place: int) -> bool:
        """Whether a field still has no valid value."""
        return any(not self.is_edited(place, key) for key in self.problems.get(place, ()))

    @property
    def incomplete(self) -> list[int]:
        """Places of answered rows in which a field still has no valid value."""
        return [place for place in self.problems if place not in self.failures and self.has_problem(place)]

    def is_edited(self, place: int, key: str) -> bool:
        """Whether a person has set the value."""
        edited = self.edited.get(place)
        return edited is not None and key in edited

    def original(self, place: int, key: str) -> CellValue:
        """The answer's own value."""
        answered = self.answered.get(place)
        return self.values[key][place] if answered is None else answered.get(key)

    def sure(self, place: int, key: str) -> float | None:
        """The confidence of a field whose value is the answer's own."""
        column = self.confidence.get(key)
        return None if column is None or self.is_edited(place, key) else column[place]

    def least_confidence(self, place: int) -> float | None:
        """The lowest confidence of its fields, those a person has set left out."""
        return min(
            (sure for key in self.confidence if (sure := self.sure(place, key)) is not None), default=None
        )

    def column(self, column: GridColumn) -> Sequence[Any]:
        """The values of a column, by place; None where there is none."""
        if column.field is not None:
            return self.values[column.field.key]
        match column.fact:
            case RowFact.NAME:
                return self.names
            case RowFact.STATE:
                return self.states
            case RowFact.CONFIDENCE:
                return self._least_confidences()
            case _:
                return [self.notes.get(place) for place in range(len(self))]

    def value(self, place: int, column: GridColumn) -> Any:
        """What stands in one cell."""
        if column.field is not None:
            return self.values[column.field.key][place]
        match column.fact:
            case RowFact.NAME:
                return self.names[place]
            case RowFact.STATE:
                return self.states[place]
            case RowFact.CONFIDENCE:
                return self.least_confidence(place)
            case _:
                return self.notes.get(place)

    def _least_confidences(self) -> list[float | None]:
        known = self._least
        if known is not None:
            return known
        least: list[float | None] = [None] * len(self)
        for number, column in enumerate(list(self.confidence.values())):
            least = column[:] if not number else list(map(_lower, least, column))
        for place in list(self.edited):
            least[place] = self.least_confidence(place)
        self._least = least
        return least

    def _take(self, here: int, other: RunRows, there: int) -> None:
        self.names[here], self.states[here] = other.names[there], other.states[there]
        for key, column in other.values.items():
            _column(self.values, key, len(self))[here] = column[there]
        for key in {*self.confidence, *other.confidence}:
            column_there = other.confidence.get(key)
            sure = None if column_there is None else column_there[there]
            _column(self.confidence, key, len(self))[here] = sure
        for mine, theirs in self._sparse(other):
            mine.pop(here, None)
            if there in theirs:
                mine[here] = theirs[there]
        (self.shares.add if there in other.shares else self.shares.discard)(here)

    def _sparse(self, other: RunRows) -> Iterable[tuple[dict[int, Any], dict[int, Any]]]:
        return (
            (self.edited, other.edited),
            (self.answered, other.answered),
            (self.problems, other.problems),
            (self.notes, other.notes),
            (self.failures, other.failures),
        )


def rows_of(form: Form, items: Sequence[RunItem]) -> RunRows:
    """Rows made of whole items."""
    rows = RunRows(
        ids=[item.id for item in items],
        names=[item.name for item in items],
        states=[item.state for item in items],
        values={key: [item.value(key) for item in items] for key in form.keys},
    )
    for place, item in enumerate(items):
        answer = item.answer
        if item.edited:
            rows.edited[place] = item.edited
            rows.answered[place] = {} if answer is None else answer.values
        if item.note:
            rows.notes[place] = item.note
        if item.shared_from is not None:
            rows.shares.add(place)
        if item.failure is not None:
            rows.failures[place] = item.failure
        if answer is None:
            continue
        if answer.problems:
            rows.problems[place] = {problem.key: problem.kind for problem in answer.problems}
        for key, sure in answer.confidence.items():
            _column(rows.confidence, key, len(items))[place] = sure
    return rows


def _column(columns: dict[str, list[Any]], key: str, length: int) -> list[Any]:
    if key not in columns:
        columns[key] = [None] * length
    return columns[key]


def _lower(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return one if one < other else other
