"""The answer of a trial, field by field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.domain.forms.form import Form
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.ui.forms.rows import ProblemLabel
from desktop_app.ui.forms.words import FormWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label


class TrialTable(QWidget):
    """A row for each field: its label, the value or what is wrong, and how sure the vision model was."""

    def __init__(self, theme: Theme, words: FormWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.setAccessibleName(self.tr("Answer"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.sizes.margin)
        self._grid.setVerticalSpacing(theme.sizes.gap)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.rows: list[tuple[str, str, str]] = []

    def show_answer(self, form: Form, answer: ItemAnswer) -> None:
        """Fill the table anew."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        problems = {problem.key: problem.kind for problem in answer.problems}
        row = 0
        if "" in problems:
            self._add_problem(row, self._words.values.problem(problems[""]), 0, 3)
            self.rows.append(("", self._words.values.problem(problems[""]), ""))
            row = 1
        for place, one in enumerate(form.fields, start=row):
            label = plain_label("secondary", one.label)
            self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            sure = answer.confidence.get(one.key)
            told = self._words.values.sure(sure) if sure is not None else ""
            if one.key in problems:
                text = self._words.values.problem(problems[one.key])
                self._add_problem(place, text, 1, 2)
            elif one.key in answer.values:
                text = self._words.values.whole(one, answer.values[one.key])
                self._add_value(place, text, told)
            else:
                text = "–"
                self._add_value(place, text, "")
            self.rows.append((one.label, text, told))

    def _add_value(self, row: int, text: str, told: str) -> None:
        value = plain_label(text=text, selectable=True)
        self._grid.addWidget(value, row, 1, 1, 1 if told else 2, Qt.AlignmentFlag.AlignTop)
        if told:
            sure = QLabel(told)
            sure.setProperty("role", "secondary")
            sure.setToolTip(self.tr("How likely this option was for the vision model beside the others"))
            self._grid.addWidget(sure, row, 2, Qt.AlignmentFlag.AlignTop)

    def _add_problem(self, row: int, text: str, column: int, columns: int) -> None:
        problem = ProblemLabel(self._theme)
        problem.show_problem(text)
        self._grid.addWidget(problem, row, column, 1, columns)
