"""A run's answer: how it stands, its fields with label, value and boxes, and who answered."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import FormField, Places
from desktop_app.domain.grounding import Grounded
from desktop_app.domain.runs.rows import LOW_CONFIDENCE
from desktop_app.domain.runs.run import ItemState
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.ui.conversation.answer_text import AnswerText
from desktop_app.ui.conversation.mark_button import MarkButton
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.run_words import RunAnswerWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice
from desktop_app.ui.widgets.plain_label import plain_label


class RunFields(QWidget):
    """A row for each field; the whole answer to a plain question, which has no fields.

    Signals:
        pointed(index or -1), chosen(index): a box, by its place in the answer's evidence.
        link_clicked(address): in a plain answer.
    """

    pointed = Signal(int)
    chosen = Signal(int)
    link_clicked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        words: RunAnswerWords,
        parser: MarkdownParser,
        formulas: Formulas,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._parser, self._formulas = parser, formulas
        self._text: AnswerText | None = None
        self.marks: list[MarkButton] = []
        self.rows: list[tuple[str, str, str]] = []
        """What the rows say: label, value, remark."""
        self.state = self.figures = ""
        self._row = -1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.sizes.margin)
        self._grid.setVerticalSpacing(theme.sizes.gap)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)

    def show_answer(self, told: RunAnswer) -> None:
        """Fill it anew."""
        self._clear()
        form = told.plan.form
        self.state, self.figures = self._words.state(told.item), self._words.figures(told)
        if told.item.state is ItemState.FAILED and told.item.failure is not None:
            self._add_failure(told.item.failure.as_error())
        else:
            self._add_line("secondary", self.state)
        if told.has_values and form.is_plain:
            self._add_text(told.words, self._words.remark(told, form.fields[0]))
            self._add_line("bad", self._words.problem(told, form.fields[0].key))
        elif told.has_values:
            for one in form.fields:
                self._add_field(told, one)
        self._add_line("caption", self.figures)

    def highlight(self, index: int | None) -> MarkButton | None:
        """Point out a box, in plain words or by its button, which is returned."""
        found = None
        for mark in self.marks:
            mark.show_highlighted(mark.index == index)
            if mark.index == index:
                found = mark
        if self._text is not None:
            self._text.highlight_evidence(index)
        return found

    def plain_text(self) -> str:
        """The answer in plain words as it reads."""
        return "" if self._text is None else self._text.plain_text()

    def _add_failure(self, error: AppError) -> None:
        """With its details: what a server said stands nowhere else beside the picture."""
        notice = ErrorNotice(self._theme, self)
        notice.set_margins(0, 0)
        notice.show_error(error)
        self._grid.addWidget(notice, self._next_row(), 0, 1, 2)

    def _add_text(self, words: Grounded, remark: str) -> None:
        text = AnswerText(self._theme, self._parser, self._formulas, self)
        text.link_clicked.connect(self.link_clicked)
        text.evidence_hovered.connect(self.pointed)
        text.evidence_clicked.connect(self.chosen)
        self._text = text
        self._grid.addWidget(text, self._next_row(), 0, 1, 2)
        text.show_answer(words.text, words.evidence, complete=True)
        text.show()
        self._add_line("caption", remark)
        self.rows = [("", words.text, remark)]

    def _next_row(self) -> int:
        """Counted here: a layout never has fewer rows than it once had."""
        self._row += 1
        return self._row

    def _add_line(self, role: str, text: str) -> None:
        if text:
            self._grid.addWidget(_label(role, text), self._next_row(), 0, 1, 2)

    def _add_field(self, told: RunAnswer, field: FormField) -> None:
        row = self._next_row()
        problem, remark = self._words.problem(told, field.key), self._words.remark(told, field)
        value = problem or self._words.values.whole(field, told.item.value(field.key))
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.sizes.unit // 2)
        marks = told.marks_of(field.key) if isinstance(field.kind, Places) else range(0)
        if marks:
            boxes = cast("list[list[int]]", told.item.value(field.key))
            for index, box in zip(marks, boxes, strict=True):
                column.addWidget(self._mark(index, box, side))
        else:
            column.addWidget(_label("bad" if problem else "", value))
        if remark:
            sure = told.item.answer.confidence.get(field.key) if told.item.answer is not None else None
            is_low = field.key not in told.item.edited and sure is not None and sure < LOW_CONFIDENCE
            column.addWidget(_label("warn" if is_low else "caption", remark))
        self._grid.addWidget(_label("secondary", field.label), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(side, row, 1, Qt.AlignmentFlag.AlignTop)
        self.rows.append((field.label, value, remark))

    def _mark(self, index: int, box: list[int], parent: QWidget) -> MarkButton:
        left, top, right, bottom = box
        corners = f"{left}, {top} – {right}, {bottom}"
        mark = MarkButton(self._theme, index, corners, self._words.values.box(box), parent)
        mark.pointed.connect(self.pointed)
        mark.clicked.connect(lambda: self.chosen.emit(index))
        self.marks.append(mark)
        return mark

    def _clear(self) -> None:
        self.rows, self.marks, self._text, self._row = [], [], None, -1
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _label(role: str, text: str) -> QLabel:
    label = plain_label(role, text, selectable=True)
    label.setMinimumWidth(1)  # else a long word would push everything out at the side
    return label
