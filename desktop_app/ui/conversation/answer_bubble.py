"""One answer: reasoning, text, failure, figures and actions. It shows what the answer holds and no more."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.conversations import Answer, AnswerState
from desktop_app.domain.errors import ErrorCode
from desktop_app.ui.conversation.action_row import ActionRow
from desktop_app.ui.conversation.answer_text import AnswerText
from desktop_app.ui.conversation.answer_words import AnswerWords, failure_of
from desktop_app.ui.conversation.fitted_text import FittedText
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice
from desktop_app.ui.widgets.plain_label import plain_label

_MENDED_IN_SETTINGS = frozenset(
    {
        ErrorCode.SERVER_ADDRESS,
        ErrorCode.SERVER_UNREACHABLE,
        ErrorCode.SERVER_REFUSED,
        ErrorCode.SERVER_TLS,
        ErrorCode.SERVER_KEY,
        ErrorCode.SERVER_KEY_MISSING,
        ErrorCode.SERVER_MODEL_UNKNOWN,
        ErrorCode.SERVER_NO_MODELS,
        ErrorCode.SERVER_NO_VISION,
        ErrorCode.SERVER_NOT_AN_API,
        ErrorCode.BLOCKED_HOST,
        ErrorCode.BLOCKED_REDIRECT,
    }
)
"""Failures whose advice leads to the server's settings."""


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
        self._theme = theme
        self._words = AnswerWords(self)
        self._answer = answer
        self._thinking_since: float | None = None
        self._thought_s: float | None = None
        self.setAccessibleName(self.tr("Answer"))
        # What only some answers need is made when it is needed.
        self._disclosure: QToolButton | None = None
        self._reasoning: FittedText | None = None
        self._waiting = self._label("faint")
        self._text = AnswerText(theme, parser, formulas, self)
        self._ending = self._label("warn")
        self._notice: ErrorNotice | None = None
        self._remedy: QPushButton | None = None
        self._settings: QPushButton | None = None
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
        self._note_time(answer)
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
        self._note_time(now)
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

    def _note_time(self, answer: Answer) -> None:
        """Reasoning lasts from its first piece to the first word of the answer."""
        if answer.state is not AnswerState.STREAMING:
            return
        if answer.reasoning and self._thinking_since is None and not answer.text:
            self._thinking_since = time.monotonic()
        if answer.text and self._thinking_since is not None and self._thought_s is None:
            self._thought_s = time.monotonic() - self._thinking_since

    def _show_reasoning(self) -> None:
        reasoning = self._answer.reasoning
        if not reasoning and self._disclosure is None:
            return
        disclosure = self._disclosure or self._build_reasoning()
        disclosure.setVisible(bool(reasoning))
        disclosure.setText(self._words.reasoning(self._answer, self._thought_s))
        self._show_disclosure()

    def _show_disclosure(self) -> None:
        if self._disclosure is None or self._reasoning is None:
            return
        is_open = self._disclosure.isChecked() and bool(self._answer.reasoning)
        self._theme.put_beside(self._disclosure, "chevron-down" if is_open else "chevron-right")
        self._reasoning.setVisible(is_open)
        if is_open and self._reasoning.toPlainText() != self._answer.reasoning:
            self._reasoning.setPlainText(self._answer.reasoning.strip())

    def _show_waiting(self) -> None:
        waits = self._answer.state is AnswerState.STREAMING and not self._answer.text
        self._put(self._waiting, self._words.waiting(self._answer) if waits else "")
        self._text.setVisible(bool(self._answer.text))

    def _show_failure(self) -> None:
        error = failure_of(self._answer)
        if error is None:
            for widget in (self._remedy, self._settings, self._notice):
                if widget is not None:
                    widget.hide()
            return
        notice, remedy = self._notice or self._make_notice(), self._remedy or self._make_remedy()
        limit = error.values.get("limit")
        if error.code is ErrorCode.SERVER_TOO_MANY_PICTURES and isinstance(limit, int) and limit > 0:
            action = self.tr("Ask in groups of {limit}").format(limit=limit)
        else:
            action = self.tr("Ask again")
        notice.show_error(error)
        notice.show()
        remedy.setText(action)
        remedy.setAccessibleName(action)
        remedy.show()
        if self._settings is not None:
            self._settings.setVisible(error.code in _MENDED_IN_SETTINGS)

    def _make_notice(self) -> ErrorNotice:
        notice = ErrorNotice(self._theme, self)
        layout = notice.layout()
        if layout is not None:
            layout.setContentsMargins(0, self._theme.sizes.unit, 0, self._theme.sizes.unit)
        self._column.insertWidget(self._column.indexOf(self._ending), notice)
        self._notice = notice
        return notice

    def _make_remedy(self) -> QPushButton:
        # Below the notice: a narrow pane has no room for them beside its details.
        remedy, settings = QPushButton(self), QPushButton(self.tr("Server settings…"), self)
        remedy.clicked.connect(self._act_on_failure)
        settings.setAccessibleName(self.tr("Server settings…"))
        settings.setToolTip(self.tr("Open the settings of this server"))
        settings.clicked.connect(self.settings_requested)
        row = QHBoxLayout()
        row.setSpacing(self._theme.sizes.gap)
        for button in (remedy, settings):
            row.addWidget(button)
        row.addStretch(1)
        self._column.insertLayout(self._column.indexOf(self._figures), row)
        QWidget.setTabOrder(self._text, remedy)
        QWidget.setTabOrder(remedy, settings)
        self._remedy, self._settings = remedy, settings
        return remedy

    def _act_on_failure(self) -> None:
        error = failure_of(self._answer)
        limit = error.values.get("limit") if error is not None else None
        if error is not None and error.code is ErrorCode.SERVER_TOO_MANY_PICTURES and isinstance(limit, int):
            self.groups_requested.emit(limit)
        else:
            self.ask_again_requested.emit()

    def _build_reasoning(self) -> QToolButton:
        disclosure, reasoning = QToolButton(self), FittedText(self)
        disclosure.setCheckable(True)
        disclosure.setProperty("look", "quiet")
        disclosure.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        disclosure.setAccessibleName(self.tr("Show the model's reasoning"))
        disclosure.setToolTip(self.tr("Show what the model thought before it answered"))
        reasoning.setProperty("role", "reasoning")
        reasoning.setAccessibleName(self.tr("Reasoning"))
        reasoning.hide()
        self._column.insertWidget(0, disclosure, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.insertWidget(1, reasoning)
        QWidget.setTabOrder(disclosure, reasoning)
        QWidget.setTabOrder(reasoning, self._text)
        self._disclosure, self._reasoning = disclosure, reasoning
        disclosure.toggled.connect(self._show_disclosure)
        self._theme.changed.connect(self._show_disclosure)
        return disclosure

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
