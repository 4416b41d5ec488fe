"""What the vision model thought before it answered: folded away, with how long it took."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.conversations import Answer, AnswerState
from desktop_app.ui.conversation.answer_words import AnswerWords
from desktop_app.ui.conversation.fitted_text import FittedText
from desktop_app.ui.theme.theme import Theme


class ReasoningPart(QWidget):
    """Made when the first thought arrives; hidden for an answer without any."""

    def __init__(self, theme: Theme, words: AnswerWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._reasoning = ""
        self._thinking_since: float | None = None
        self._thought_s: float | None = None
        self._disclosure = QToolButton(self)
        self.text = FittedText(self)
        self._build()
        theme.changed.connect(self._show_disclosure)

    def show_answer(self, answer: Answer) -> None:
        """Show its thoughts as they are now."""
        self._note_time(answer)
        self._reasoning = answer.reasoning
        self.setVisible(bool(answer.reasoning))
        self._disclosure.setText(self._words.reasoning(answer, self._thought_s))
        self._show_disclosure()

    def _note_time(self, answer: Answer) -> None:
        """Reasoning lasts from its first piece to the first word of the answer."""
        if answer.state is not AnswerState.STREAMING:
            return
        if answer.reasoning and self._thinking_since is None and not answer.text:
            self._thinking_since = time.monotonic()
        if answer.text and self._thinking_since is not None and self._thought_s is None:
            self._thought_s = time.monotonic() - self._thinking_since

    def _show_disclosure(self) -> None:
        is_open = self._disclosure.isChecked() and bool(self._reasoning)
        self._theme.put_beside(self._disclosure, "chevron-down" if is_open else "chevron-right")
        self.text.setVisible(is_open)
        if is_open and self.text.toPlainText() != self._reasoning:
            self.text.setPlainText(self._reasoning.strip())

    def _build(self) -> None:
        disclosure = self._disclosure
        disclosure.setCheckable(True)
        disclosure.setProperty("look", "quiet")
        disclosure.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        disclosure.setAccessibleName(self.tr("Show the model's reasoning"))
        disclosure.setToolTip(self.tr("Show what the model thought before it answered"))
        disclosure.toggled.connect(self._show_disclosure)
        self.text.setProperty("role", "reasoning")
        self.text.setAccessibleName(self.tr("Reasoning"))
        self.text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.sizes.unit)
        column.addWidget(disclosure, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        QWidget.setTabOrder(disclosure, self.text)
