"""How a form's values are worded wherever they are read, and why there is none."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from desktop_app.domain.forms.form import FormField, Number, Places
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.runs.table import NO, YES


class ValueWords(QObject):
    """Wording only; one for the answer grid, the trial of a form and the answer beside the picture."""

    def whole(self, field: FormField, value: Any) -> str:
        """A value in full, over several lines where it needs them."""
        match value:
            case list() if isinstance(field.kind, Places):
                return "\n".join(self.box(box) for box in value) or self.boxes(0)
            case list():
                return "\n".join(f"• {one}" for one in value) or self.tr("none")
            case bool():
                return self.yes_no(value)
            case int() | float():
                unit = field.kind.unit if isinstance(field.kind, Number) else ""
                return f"{number(value)} {unit}".strip()
            case None:
                return self.tr("no value")
            case "":
                return self.tr("nothing")
            case _:
                return str(value)

    def yes_no(self, value: bool) -> str:
        return QCoreApplication.translate("run_table", YES if value else NO)

    def box(self, box: Any) -> str:
        left, top, right, bottom = box
        words = self.tr("left {left}, top {top}, right {right}, bottom {bottom}")
        return words.format(left=left, top=top, right=right, bottom=bottom)

    def boxes(self, count: int) -> str:
        if count == 0:
            return self.tr("no box")
        return self.tr("1 box") if count == 1 else self.tr("{count} boxes").format(count=count)

    def percent(self, share: float) -> str:
        """A share of 1; never 100 % for what is only nearly certain."""
        return self.tr("{count} %").format(count=int(share * 100 + 1e-9))

    def sure(self, share: float) -> str:
        """How sure the vision model was, in a word or two."""
        return self.tr("{percent} sure").format(percent=self.percent(share))

    def by_hand(self, field: FormField, original: Any) -> str:
        """That a person has set the value, and what the answer was."""
        words = self.tr("Set by hand. The vision model answered: {value}")
        return words.format(value=self.whole(field, original))

    def problem(self, kind: ProblemKind) -> str:
        """Why a field has no value, in one sentence."""
        match kind:
            case ProblemKind.NO_JSON:
                return self.tr("The answer does not follow the form.")
            case ProblemKind.CUT_OFF:
                return self.tr("The answer was too long and was cut off.")
            case ProblemKind.BLANKS:
                return self.tr("The vision model lost its way and wrote only blanks.")
            case ProblemKind.MISSING:
                return self.tr("The answer says nothing about this.")
            case ProblemKind.WRONG_TYPE:
                return self.tr("The answer is of another kind than the form asks for.")
            case ProblemKind.OUT_OF_RANGE:
                return self.tr("The number is outside the range of the form.")
            case ProblemKind.TOO_LONG:
                return self.tr("The answer is longer than the form allows.")
            case ProblemKind.NOT_AN_OPTION:
                return self.tr("The answer is none of the choices.")
            case ProblemKind.NOT_A_DATE:
                return self.tr("The answer is no date.")


def number(value: int | float) -> str:
    """A number with separated thousands and no more decimals than it needs."""
    if isinstance(value, int) or (value == int(value) and abs(value) < 1e15):
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".") if 1e-3 <= abs(value) < 1e15 else f"{value:.4g}"
