"""How forms read: kinds of fields, what is wrong with a draft, and what a trial brought."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.ui.forms.checks import Mistake, Problem
from desktop_app.ui.forms.draft import FieldDraft, Kind
from desktop_app.ui.value_words import ValueWords


class FormWords(QObject):
    """Wording only; values and what is wrong with them are worded by `values`."""

    def __init__(self) -> None:
        super().__init__()
        self.values = ValueWords()

    def kind(self, kind: Kind) -> str:
        match kind:
            case Kind.YES_NO:
                return self.tr("Yes or no")
            case Kind.NUMBER:
                return self.tr("Number")
            case Kind.TEXT:
                return self.tr("Text")
            case Kind.CHOICE:
                return self.tr("Choice")
            case Kind.CHOICES:
                return self.tr("Several choices")
            case Kind.DATE:
                return self.tr("Date")
            case Kind.LIST:
                return self.tr("List")
            case Kind.BOXES:
                return self.tr("Boxes on the picture")

    def kind_told(self, kind: Kind) -> str:
        """What the kind is good for."""
        match kind:
            case Kind.YES_NO:
                return self.tr("Is it so or not")
            case Kind.NUMBER:
                return self.tr("Counted or measured, with a unit and a range")
            case Kind.TEXT:
                return self.tr("The vision model's own words")
            case Kind.CHOICE:
                return self.tr("Exactly one of your options")
            case Kind.CHOICES:
                return self.tr("Any of your options, or none")
            case Kind.DATE:
                return self.tr("A calendar day")
            case Kind.LIST:
                return self.tr("Several short texts, such as the names of what can be seen")
            case Kind.BOXES:
                return self.tr("Where something is; needs a vision model that was taught to point")

    def field(self, one: FieldDraft) -> str:
        """The second line of a field in the list."""
        parts = [self.kind(one.kind)]
        match one.kind:
            case Kind.NUMBER if one.unit.strip():
                parts.append(one.unit.strip())
            case Kind.CHOICE | Kind.CHOICES if one.named_options:
                parts = [f"{parts[0]}: {', '.join(one.named_options)}"]
        if not one.required:
            parts.append(self.tr("may be left open"))
        return " · ".join(parts)

    def problem(self, problem: Problem) -> str:
        """One sentence beside the place where it can be put right."""
        match problem.mistake:
            case Mistake.NAME_MISSING:
                return self.tr("Give the form a name.")
            case Mistake.NAME_TAKEN:
                return self.tr("Another form has this name already.")
            case Mistake.VARIABLE_UNKNOWN:
                return self.tr("“{name}” is nothing Lightdesk knows of a picture. Use “Insert”.").format(
                    name=problem.about
                )
            case Mistake.NO_FIELDS:
                return self.tr("Add a field: what do you want to know of every picture?")
            case Mistake.TOO_MANY_FIELDS:
                return self.tr("A form has at most {count} fields. Make two forms of it.").format(
                    count=problem.about
                )
            case _:
                return self._of_field(problem)

    def _of_field(self, problem: Problem) -> str:
        match problem.mistake:
            case Mistake.LABEL_MISSING:
                return self.tr("Write what the column is called.")
            case Mistake.KEY_UNUSABLE:
                return self.tr("Begin with a letter a–z; then letters, digits and underscores, 40 at most.")
            case Mistake.KEY_TAKEN:
                return self.tr("Another field has this key already.")
            case Mistake.NOT_A_NUMBER:
                return self.tr("Write a number such as 1000 or 0.5, or nothing for no limit.")
            case Mistake.RANGE_EMPTY:
                return self.tr("The largest value is below the smallest.")
            case Mistake.NO_WHOLE_NUMBER:
                return self.tr("There is no whole number between the two.")
            case Mistake.OPTIONS_MISSING:
                return self.tr("Write the options, one on each line.")
            case _:
                return self.tr("“{option}” is there twice.").format(option=problem.about)

    # What a trial brought

    def figures(self, answer: ItemAnswer) -> str:
        """For example "Qwen2-VL-7B · 312 in, 96 out · 0.4 s"."""
        parts = [answer.model] if answer.model else []
        if answer.usage is not None:
            counts = self.tr("{read} in, {written} out")
            parts.append(
                counts.format(
                    read=QLocale().toString(answer.usage.prompt_tokens),
                    written=QLocale().toString(answer.usage.completion_tokens),
                )
            )
        seconds = QLocale().toString(answer.seconds, "f", 1)
        parts.append(self.tr("{seconds} s").format(seconds=seconds))
        if answer.repaired:
            parts.append(self.tr("asked a second time, as the first answer did not fit"))
        return " · ".join(parts)
