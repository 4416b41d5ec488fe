"""How a run's answer about a picture is worded beside the picture, and in a question about it."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, QObject

from desktop_app.domain.forms.form import FormField
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.ui.report import advised
from desktop_app.ui.value_words import ValueWords


class RunAnswerWords(QObject):
    """Wording only."""

    def __init__(self) -> None:
        super().__init__()
        self.values = ValueWords()

    def title(self, told: RunAnswer) -> str:
        """Short, as the pane is narrow."""
        return self.tr("Run “{name}”").format(name=told.plan.name)

    def name(self, told: RunAnswer) -> str:
        return self.tr("Answer of the run “{name}”").format(name=told.plan.name)

    def figures(self, told: RunAnswer) -> str:
        """Who answered, and in which run of which day."""
        answer = told.item.answer
        made = QDateTime.fromSecsSinceEpoch(int(told.created.timestamp()))
        moment = QLocale().toString(made, QLocale.FormatType.ShortFormat)
        parts = [answer.model, answer.server] if answer is not None else []
        return " · ".join(part for part in (*parts, self.tr("run of {moment}").format(moment=moment)) if part)

    def state(self, item: RunItem) -> str:
        """Why there is no answer, or not the last one; "" where there is nothing to say."""
        match item.state:
            case ItemState.QUEUED if item.answer is None:
                return self.tr("Not asked yet.")
            case ItemState.QUEUED:
                return self.tr("Will be asked again.")
            case ItemState.ASKING:
                return self.tr("Being asked now…")
            case ItemState.SKIPPED:
                return self.tr("Left out of this run.")
            case ItemState.FAILED if item.failure is not None:
                return advised(item.failure.as_error(), "\n")
            case _:
                return ""

    def problem(self, told: RunAnswer, key: str) -> str:
        """Why a field has no valid value; "" when it has one, or a person has set it."""
        answer = told.item.answer
        if answer is None or key in told.item.edited:
            return ""
        kinds = {problem.key: problem.kind for problem in answer.problems}
        kind = kinds.get(key) or (kinds.get("") if key not in answer.values else None)
        return "" if kind is None else self.values.problem(kind)

    def remark(self, told: RunAnswer, field: FormField) -> str:
        """What there is to know about a value: that it was set by hand, or how sure the vision model was."""
        answer = told.item.answer
        if field.key in told.item.edited:
            original = None if answer is None else answer.values.get(field.key)
            return self.values.by_hand(field, original)
        sure = None if answer is None else answer.confidence.get(field.key)
        return "" if sure is None else self.values.sure(sure)

    def quoted(self, told: RunAnswer) -> str:
        """The run's question and its answer, to stand before a question about them."""
        form = told.plan.form
        asked = self.tr("A vision model was asked about this picture:")
        parts = [asked, told.asked] if told.asked else [asked]
        parts.append(self.tr("It answered:"))
        if not form.is_plain:
            return "\n\n".join((*parts, "\n".join(self._line(told, one) for one in form.fields)))
        key, answer = form.fields[0].key, told.item.answer
        parts.append("" if answer is None else told.read(str(answer.values.get(key) or "")).text)
        if key in told.item.edited:
            parts += [self.tr("A person changed this to:"), told.words.text]
        return "\n\n".join(parts)

    def _line(self, told: RunAnswer, field: FormField) -> str:
        """The value that counts; the vision model's own beside it where a person has changed it."""
        value = self.problem(told, field.key) or self._flat(field, told.item.value(field.key))
        if field.key not in told.item.edited:
            return f"- {field.label}: {value}"
        answer = told.item.answer
        own = self._flat(field, None if answer is None else answer.values.get(field.key))
        words = self.tr("{label}: {own} (changed by a person to: {value})")
        return "- " + words.format(label=field.label, own=own, value=value)

    def _flat(self, field: FormField, value: object) -> str:
        return "; ".join(line.removeprefix("• ") for line in self.values.whole(field, value).splitlines())
