"""All that is known about one answer, word for word."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.forms.form import Form
from desktop_app.domain.runs.item import RunItem
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label

_WIDTH_IN_MARGINS = 40
_MOST_LINES = 14


class DetailsWindow(QFrame):
    """Escape or a click elsewhere closes it."""

    def __init__(self, theme: Theme, words: GridWords, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._words = words
        self.setProperty("area", "popover")
        self.setAccessibleName(self.tr("The whole answer"))
        self._heading = plain_label("strong", parent=self)
        self._facts = plain_label("secondary", parent=self)
        self.changes = plain_label(parent=self)
        self._problems = plain_label("bad", parent=self)
        self._raw = QPlainTextEdit(self)
        self._raw.setReadOnly(True)
        self._raw.setAccessibleName(self.tr("The answer, word for word"))
        sizes = theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(*[sizes.margin] * 4)
        column.setSpacing(sizes.gap)
        for widget in (self._heading, self._facts, self.changes, self._problems, self._raw):
            column.addWidget(widget)
        self.setFixedWidth(sizes.margin * _WIDTH_IN_MARGINS)

    def open_at(self, item: RunItem, form: Form, at: QRect) -> None:
        """Show an item beside a row on the screen."""
        answer = item.answer
        self._heading.setText(item.name)
        facts = [] if answer is None else [answer.model, answer.server, self._seconds(answer.seconds)]
        if answer is not None and answer.usage is not None:
            words = self.tr("{sent} tokens in, {got} out")
            sent, got = answer.usage.prompt_tokens, answer.usage.completion_tokens
            facts.append(words.format(sent=f"{sent:,}", got=f"{got:,}"))
        if answer is not None and answer.repaired:
            facts.append(self.tr("asked a second time for the right form"))
        if item.attempts > 1:
            facts.append(self.tr("asked {count} times").format(count=item.attempts))
        if item.shared_from is not None:
            facts.append(self.tr("shared with a picture whose file is identical"))
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._facts.setVisible(bool(facts))
        changes = self._change_lines(item, form)
        self.changes.setText("\n".join(changes))
        self.changes.setVisible(bool(changes))
        problems = self._problem_lines(item, form)
        self._problems.setText("\n".join(problems))
        self._problems.setVisible(bool(problems))
        raw = "" if answer is None else answer.raw
        self._raw.setPlainText(raw)
        self._raw.setVisible(bool(raw))
        metrics = QFontMetrics(self._raw.font())
        width = self._theme.sizes.margin * (_WIDTH_IN_MARGINS - 5)
        lines = metrics.boundingRect(
            QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWrapAnywhere), raw
        ).height()
        most = _MOST_LINES * metrics.lineSpacing()
        self._raw.setFixedHeight(min(most, lines) + 3 * self._theme.sizes.margin)
        self.adjustSize()
        screen = self.screen().availableGeometry()
        below = at.bottom() + 1
        fits = below + self.height() <= screen.bottom()
        top = below if fits else max(screen.top(), at.top() - self.height())
        self.move(max(screen.left(), min(at.left(), screen.right() - self.width())), top)
        self.show()
        (self._raw if raw else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def _problem_lines(self, item: RunItem, form: Form) -> list[str]:
        lines = [] if item.failure is None else [self._words.failure_in_full(item.failure)]
        for problem in item.answer.problems if item.answer is not None else ():
            field = form.field_named(problem.key)
            words = self._words.values.problem(problem.kind)
            lines.append(words if field is None else f"{field.label}: {words}")
        return lines

    def _change_lines(self, item: RunItem, form: Form) -> list[str]:
        """What a person has set, and what the answer was."""
        lines, values = [], self._words.values
        for field in form.fields:
            if field.key in item.edited:
                now = values.whole(field, item.edited[field.key])
                original = None if item.answer is None else item.answer.values.get(field.key)
                lines.append(f"{field.label}: {now}. {values.by_hand(field, original)}")
        return lines

    def _seconds(self, seconds: float) -> str:
        return self.tr("{count} s").format(count=f"{seconds:.1f}")
