"""A question with its answers; several answers are leafed through."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.conversations import Answer, Turn
from desktop_app.ui.conversation.answer_bubble import AnswerBubble
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.question_bubble import QuestionBubble
from desktop_app.ui.theme.theme import Theme


class TurnWidget(QWidget):
    """Shows a turn; the newest answer first.

    Signals (the first argument is always the turn's id):
        edit_requested(turn, question), delete_requested(turn), ask_again_requested(turn),
        groups_requested(turn, limit), link_clicked(address), evidence_hovered(turn, index),
        evidence_clicked(turn, index), answer_shown(turn, answer): another answer came to the front.
    settings_requested: look at the server's settings.
    """

    edit_requested = Signal(int, str)
    delete_requested = Signal(int)
    ask_again_requested = Signal(int)
    groups_requested = Signal(int, int)
    link_clicked = Signal(str)
    evidence_hovered = Signal(int, int)
    evidence_clicked = Signal(int, int)
    answer_shown = Signal(int, object)
    settings_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        parser: MarkdownParser,
        formulas: Formulas,
        turn: Turn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # it grows at its end
        self._theme = theme
        self._parser = parser
        self._formulas = formulas
        self._turn = turn
        self._answers: dict[int, Answer] = {}
        self._shown = -1
        self._bubble: AnswerBubble | None = None
        self._question = QuestionBubble(theme, turn.question, self)
        self._question.edit_requested.connect(lambda: self.edit_requested.emit(turn.id, turn.question))
        self._question.delete_requested.connect(lambda: self.delete_requested.emit(turn.id))
        self._switcher: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.sizes.gap)
        column.addWidget(self._question)
        self._column = column
        self.show_turn(turn)

    @property
    def turn_id(self) -> int:
        return self._turn.id

    @property
    def bubble(self) -> AnswerBubble | None:
        """The answer in front."""
        return self._bubble

    @property
    def is_behind(self) -> bool:
        """Whether a part of a long answer is still to be drawn."""
        return self._bubble is not None and self._bubble.text.is_behind

    def show_turn(self, turn: Turn) -> None:
        """Take over the turn as it is now; a new answer comes to the front."""
        self._turn = turn
        if turn.answers and turn.answers == tuple(self._answers.values()):
            return
        is_new = any(answer.id not in self._answers for answer in turn.answers)
        self._answers = {answer.id: answer for answer in turn.answers}
        if not self._answers:
            self._drop_bubble()
        elif is_new or self._shown not in self._answers:
            self._bring(turn.answers[-1].id)
        else:
            self.show_answer(self._answers[self._shown])
        self._show_switcher()

    def show_answer(self, answer: Answer) -> None:
        """An answer changed."""
        is_new = answer.id not in self._answers
        self._answers[answer.id] = answer
        if is_new:
            self._bring(answer.id)
            self._show_switcher()
        elif self._bubble is not None and self._bubble.answer.id == answer.id:
            self._bubble.show_answer(answer)
            self.answer_shown.emit(self.turn_id, answer)

    def grow(self, answer_id: int, text: str, reasoning: str) -> None:
        """A piece of an answer arrived."""
        if self._bubble is not None and self._bubble.answer.id == answer_id:
            self._bubble.grow(text, reasoning)
            self._answers[answer_id] = self._bubble.answer

    def _bring(self, answer_id: int) -> None:
        self._drop_bubble()
        self._shown = answer_id
        answer = self._answers[answer_id]
        bubble = AnswerBubble(self._theme, self._parser, self._formulas, answer, self)
        turn = self.turn_id
        bubble.ask_again_requested.connect(lambda: self.ask_again_requested.emit(turn))
        bubble.delete_requested.connect(lambda: self.delete_requested.emit(turn))
        bubble.groups_requested.connect(lambda limit: self.groups_requested.emit(turn, limit))
        bubble.link_clicked.connect(self.link_clicked)
        bubble.settings_requested.connect(self.settings_requested)
        bubble.evidence_hovered.connect(lambda index: self.evidence_hovered.emit(turn, index))
        bubble.evidence_clicked.connect(lambda index: self.evidence_clicked.emit(turn, index))
        if self._switcher is not None:
            bubble.add_to_foot(self._switcher)
        self._bubble = bubble
        self._column.addWidget(bubble)
        if self.isVisible():
            bubble.show()
        self._show_switcher()
        self.answer_shown.emit(turn, answer)

    def _drop_bubble(self) -> None:
        if self._bubble is not None:
            if self._switcher is not None:
                self._switcher.setParent(self)
                self._switcher.hide()
            self._column.removeWidget(self._bubble)
            self._bubble.hide()
            self._bubble.deleteLater()
            self._bubble = None

    def _build_switcher(self) -> QWidget:
        switcher = QWidget(self)
        row = QHBoxLayout(switcher)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._earlier = self._step_button("chevron-left", self.tr("Earlier answer"), -1)
        self._later = self._step_button("chevron-right", self.tr("Later answer"), 1)
        self._count = QLabel(switcher)
        self._count.setProperty("role", "caption")
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self._earlier, self._count, self._later):
            row.addWidget(widget)
        self._theme.changed.connect(self._show_switcher)
        return switcher

    def _step_button(self, icon: str, text: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setProperty("icon-name", icon)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: self._step(step))
        return button

    def _step(self, step: int) -> None:
        order = list(self._answers)
        position = order.index(self._shown) + step
        if 0 <= position < len(order):
            self._bring(order[position])
            (self._later if self._later.isEnabled() else self._earlier).setFocus()

    def _show_switcher(self) -> None:
        order = list(self._answers)
        if len(order) > 1 and self._switcher is None:
            self._switcher = self._build_switcher()
            if self._bubble is not None:
                self._bubble.add_to_foot(self._switcher)
        if self._switcher is None:
            return
        self._switcher.setVisible(len(order) > 1)
        if len(order) < 2 or self._shown not in order:
            return
        position = order.index(self._shown)
        self._count.setText(self.tr("{number} of {count}").format(number=position + 1, count=len(order)))
        self._earlier.setEnabled(position > 0)
        self._later.setEnabled(position < len(order) - 1)
        for button in (self._earlier, self._later):
            button.setIcon(self._theme.icon(str(button.property("icon-name"))))
