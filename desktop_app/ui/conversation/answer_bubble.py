"""One answer: reasoning, text, failure, figures and actions. It shows what the answer holds and no more."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.conversations import Answer, AnswerState
from desktop_app.ui.conversation.action_row import ActionRow
from desktop_app.ui.conversation.answer_text import AnswerText
from desktop_app.ui.conversation.answer_words import AnswerWords, failure_of
from desktop_app.ui.conversation.failure_part import FailurePart
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.reasoning_part import ReasoningPart
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.tab_order import follow_with


class AnswerBubble(QFrame):
    """Shows one answer and keeps it up to date while it streams.

    Signals:
        ask_again_requested: another answer to the same question.
        groups_requested: ask about the pictures in groups of at most this many.
        delete_requested: remove question and answer.
        settings_requested: look at the server's settings.
        link_clicked, evidence_hovered, evidence_clicked: as in `AnswerText`.
    """

    ask_again_requested = Signal()
    groups_requested = Signal(int)
    delete_requested = Signal()
    settings_requested = Signal()
    link_clicked = Signal(str)
    evidence_hovered = Signal(int)
    evidence_clicked = Signal(int)

    def __init__(
        self,
        theme: Theme,
        parser: MarkdownParser,
        formulas: Formulas,
        answer: Answer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # it grows at its end
        self._theme = theme
        self._words = AnswerWords(self)
        self._answer = answer
        self.setAccessibleName(self.tr("Answer"))
        # What only some answers need is made when it is needed.
        self._reasoning: ReasoningPart | None = None
        self._failure: FailurePart | None = None
        self._waiting = self._label("faint")
        self._text = AnswerText(theme, parser, formulas, self)
        self._ending = self._label("warn")
        self._figures = self._label("caption")
        self._sent = self._label("caption")
        self._actions = ActionRow(theme, self)
        self._build_actions()
        self._lay_out()
        for signal, target in (
            (self._text.link_clicked, self.link_clicked),
            (self._text.evidence_hovered, self.evidence_hovered),
            (self._text.evidence_clicked, self.evidence_clicked),
        ):
            signal.connect(target)
        self.show_answer(answer)

    @property
    def answer(self) -> Answer:
        return self._answer

    @property
    def text(self) -> AnswerText:
        """The part that shows the answer's words."""
        return self._text

    def show_answer(self, answer: Answer) -> None:
        """Show all of it as it is now."""
        self._answer = answer
        is_streaming = answer.state is AnswerState.STREAMING
        self._text.show_answer(answer.text, answer.evidence, complete=not is_streaming)
        self._show_reasoning()
        self._show_waiting()
        self._show_failure()
        self._put(self._ending, self._words.ending(answer))
        self._put(self._figures, "" if is_streaming else self._words.figures(answer))
        self._put(self._sent, self._words.sent(answer))
        self._sent.setToolTip(self._words.sent_in_full(answer))

    def grow(self, text: str, reasoning: str) -> None:
        """A piece arrived."""
        now = replace(
            self._answer, text=self._answer.text + text, reasoning=self._answer.reasoning + reasoning
        )
        first = text and not self._answer.text
        self._answer = now
        if text:
            self._text.show_answer(now.text, now.evidence, complete=False)
        if reasoning or first:
            self._show_reasoning()
        if first or reasoning:
            self._show_waiting()

    def highlight_evidence(self, index: int | None) -> None:
        self._text.highlight_evidence(index)

    def copy_text(self) -> None:
        """The answer as it reads."""
        QGuiApplication.clipboard().setText(self._text.plain_text())

    def copy_markdown(self) -> None:
        """The answer exactly as it arrived."""
        QGuiApplication.clipboard().setText(self._answer.text)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions.add_to(menu)
        menu.popup(event.globalPos())

    def _show_reasoning(self) -> None:
        if self._answer.reasoning or self._reasoning is not None:
            part = self._reasoning or self._make_reasoning()
            part.show_answer(self._answer)

    def _make_reasoning(self) -> ReasoningPart:
        self._reasoning = ReasoningPart(self._theme, self._words, self)
        self._column.insertWidget(0, self._reasoning)
        QWidget.setTabOrder(self._reasoning.text, self._text)
        return self._reasoning

    def _show_waiting(self) -> None:
        waits = self._answer.state is AnswerState.STREAMING and not self._answer.text
        self._put(self._waiting, self._words.waiting(self._answer) if waits else "")
        self._text.setVisible(bool(self._answer.text))

    def _show_failure(self) -> None:
        error = failure_of(self._answer)
        if error is not None:
            part = self._failure or self._make_failure()
            part.show_failure(error)
        if self._failure is not None:
            self._failure.setVisible(error is not None)

    def _make_failure(self) -> FailurePart:
        failure = FailurePart(self._theme, self)
        failure.ask_again_requested.connect(self.ask_again_requested)
        failure.groups_requested.connect(self.groups_requested)
        failure.settings_requested.connect(self.settings_requested)
        self._column.insertWidget(self._column.indexOf(self._ending), failure)
        follow_with(self._text, failure)
        self._failure = failure
        return failure

    def _build_actions(self) -> None:
        for icon, text, call in (
            ("copy", self.tr("Copy as text"), self.copy_text),
            ("clipboard", self.tr("Copy as Markdown"), self.copy_markdown),
            ("refresh-cw", self.tr("Ask again"), self.ask_again_requested.emit),
            ("trash-2", self.tr("Delete question and answer"), self.delete_requested.emit),
        ):
            self._actions.add(icon, text, call)
        self._text.menu_opened.connect(self._actions.add_to)

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.unit, 0, sizes.unit, 0)
        column.setSpacing(sizes.unit)
        for widget in (self._waiting, self._text, self._ending, self._figures, self._sent):
            column.addWidget(widget)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.addWidget(self._actions)
        self._foot.addStretch(1)
        column.addLayout(self._foot)
        self._column = column

    def add_to_foot(self, widget: QWidget) -> None:
        """Place a widget at the right end of the actions' row."""
        self._foot.addWidget(widget)

    def _label(self, role: str) -> QLabel:
        label = plain_label(role, parent=self, selectable=True)
        # The height follows the width; a fixed one would leave room below the thread's end.
        policy = label.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        label.setSizePolicy(policy)
        label.hide()
        return label

    @staticmethod
    def _put(label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))
