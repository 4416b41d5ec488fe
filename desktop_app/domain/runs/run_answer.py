"""A run's answer about one picture, as it is read beside the picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.forms.form import PLAIN_FIELD, Places
from desktop_app.domain.forms.variables import FILE, FOLDER, SIZE, fill_known, size_words
from desktop_app.domain.grounding import Grounded
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.marks import evidence_of, ground_words
from desktop_app.domain.runs.run import Run, RunPlan


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """What a run asked and what it holds of a picture, values that a person has set included.

    Attributes:
        plan: what was asked.
        created: when the run was made.
        item: the picture and its answer, if there is one by now.
    """

    plan: RunPlan
    created: datetime
    item: RunItem

    @classmethod
    def of(cls, run: Run, item: RunItem) -> RunAnswer:
        return cls(run.plan, run.created, item)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every box, in the order of the form; of an answer in plain words the places it names."""
        return self.words.evidence if self.plan.form.is_plain else evidence_of(self.plan.form, self.item)

    @property
    def words(self) -> Grounded:
        """The answer to a plain question, as a person has left it."""
        return self.read(str(self.item.value(PLAIN_FIELD.key) or ""))

    def read(self, text: str) -> Grounded:
        """A text that answers a plain question, its places taken out."""
        return ground_words(self.plan, self.item, text)

    @property
    def asked(self) -> str:
        """The form's instructions as this picture was asked; a variable keeps its braces where nobody wrote
        down what stood in its place.
        """
        instructions, answer = self.plan.form.instructions.strip(), self.item.answer
        if answer is not None and answer.asked:
            return answer.asked.strip()
        path = PurePath(self.item.path)
        known = {FILE: path.name, FOLDER: path.parent.name}
        if answer is not None:
            known[SIZE] = size_words(answer.original_size)
        return fill_known(instructions, known)

    @property
    def has_values(self) -> bool:
        """Whether there is anything to be read in its fields."""
        return self.item.answer is not None or bool(self.item.edited)

    def marks_of(self, key: str) -> range:
        """The places of a field's boxes in `evidence`."""
        first = 0
        for one in self.plan.form.fields:
            value = self.item.value(one.key) if isinstance(one.kind, Places) else None
            count = len(value) if isinstance(value, list) else 0
            if one.key == key:
                return range(first, first + count)
            first += count
        return range(0)
