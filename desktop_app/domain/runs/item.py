"""The pictures of a run and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.run import ItemState


@dataclass(frozen=True, slots=True)
class QueuedItem:
    """A picture that is still to be asked about.

    Attributes:
        id: key in the store.
        position: place in the run, from 0.
        path: the file.
        attempts: how often it was asked about before.
        has_answer: it was queued again to get another one.
    """

    id: int
    position: int
    path: str
    attempts: int = 0
    has_answer: bool = False


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What one picture's question brought; kept as one piece.

    Attributes:
        values: valid values by field key; boxes in pixels of the original.
        raw: what the vision model answered, word for word.
        problems: fields without a valid value, and a plain answer that breaks off.
        confidence: 0 to 1 for yes/no and choice fields where the server gives probabilities.
        content_hash: SHA-256 of the picture's bytes.
        original_size: pixels of the picture as it is seen.
        server, model: who answered.
        usage: tokens of all requests it took.
        seconds: from the first request to the answer.
        repaired: a second request was needed.
        asked: the form's instructions with the variables of this picture filled in; "" where they hold none,
            and where it is not known, as of results of a batch service.
        sent_size, family: of an answer in plain words, what places named in it count in: pixels that were
            sent, and the vision family; None and "" with other forms.
    """

    values: Mapping[str, CellValue]
    raw: str
    problems: tuple[FieldProblem, ...]
    confidence: Mapping[str, float]
    content_hash: str
    original_size: Size
    server: str
    model: str
    usage: Usage | None
    seconds: float
    repaired: bool = False
    asked: str = ""
    sent_size: Size | None = None
    family: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether it counts as an answer though it may not fit the form: a field has a value, or need not."""
        return bool(self.values) or not self.problems

    @property
    def lacks_values(self) -> bool:
        """Whether a field has no valid value."""
        return any(one.key not in self.values for one in self.problems)


@dataclass(frozen=True, slots=True)
class RunItem:
    """One row of the answer grid.

    Attributes:
        id: key in the store.
        position: place in the run, from 0.
        path: the file.
        name: path below the run's folder.
        state: how far it is.
        answer: None until there is one.
        edited: values a person has put in place of the answer's, by field key.
        note: a person's remark, "" for none.
        shared_from: id of the item whose identical bytes were asked about, None otherwise.
        failure: why it failed.
        attempts: how often it was asked about.
    """

    id: int
    position: int
    path: str
    name: str
    state: ItemState
    answer: ItemAnswer | None = None
    edited: Mapping[str, CellValue] = field(default_factory=dict)
    note: str = ""
    shared_from: int | None = None
    failure: AnswerFailure | None = None
    attempts: int = 0

    def value(self, key: str) -> CellValue:
        """The value that counts: a person's, else the answer's; None when there is neither."""
        if key in self.edited:
            return self.edited[key]
        return self.answer.values.get(key) if self.answer is not None else None

    def is_answered(self, key: str) -> bool:
        """Whether there is a valid value or a person's; of a field that may be empty it can be None."""
        return key in self.edited or (self.answer is not None and key in self.answer.values)

    @property
    def least_confidence(self) -> float | None:
        """The lowest confidence of its fields, those a person has set left out."""
        if self.answer is None:
            return None
        unsure = [sure for key, sure in self.answer.confidence.items() if key not in self.edited]
        return min(unsure, default=None)
