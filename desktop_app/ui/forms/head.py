"""What stands above a form's fields: its name, and what the vision model is told first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.ui.forms.checks import Part, Problem
from desktop_app.ui.forms.draft import FormDraft
from desktop_app.ui.forms.protocols import FormFacts
from desktop_app.ui.forms.rows import Row
from desktop_app.ui.forms.words import FormWords
from desktop_app.ui.report import advised
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.variables_button import VariablesButton

_LINES = 3


class FormHead(QWidget):
    """Signals:
    edited: name, instructions, and whether the fields are told in the prompt.
    prompt_changed: the instructions, whoever wrote them; `show_remark` answers.
    """

    edited = Signal(str, str, bool)
    prompt_changed = Signal(str)

    def __init__(self, theme: Theme, words: FormWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._filling = False
        self._problem = self._remark = ""
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("For example: Bridge inspection"))
        self.name.textEdited.connect(self._changed)
        self.name_row = Row(theme, self.tr("Na&me"), self.name)
        self.facts = plain_label("secondary")
        self.insert = VariablesButton(theme)
        self.insert.chosen.connect(self._insert)
        self.instructions = QPlainTextEdit()
        self.instructions.setTabChangesFocus(True)
        self.instructions.setPlaceholderText(
            self.tr("For example: You see a bridge from below. Report only damage that can be seen.")
        )
        self.instructions.setFixedHeight(
            _LINES * self.instructions.fontMetrics().lineSpacing() + theme.sizes.margin * 2
        )
        self.instructions.textChanged.connect(self._changed)
        self.instructions_row = Row(theme, self.tr("&Instructions"), self.instructions, self.insert)
        self.describe = QCheckBox(self.tr("Tell the fields in the &prompt as well"))
        self.describe.setAccessibleName(self.tr("Tell the fields in the prompt as well"))
        self.describe.setToolTip(
            self.tr("Leave this on, except for vision models that were trained on a fixed prompt")
        )
        self.describe.toggled.connect(self._changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.sizes.unit)
        column.addWidget(self.name_row)
        column.addWidget(self.facts)
        column.addSpacing(theme.sizes.unit)
        column.addWidget(self.instructions_row)
        column.addWidget(self.describe)

    def show_form(self, draft: FormDraft, facts: FormFacts) -> None:
        """Fill it without telling it as a change; the cursor stays where text is the same."""
        self._filling = True
        try:
            if self.name.text() != draft.name:
                self.name.setText(draft.name)
            if self.instructions.toPlainText() != draft.instructions:
                self.instructions.setPlainText(draft.instructions)
            self.describe.setChecked(draft.describe)
        finally:
            self._filling = False
        self.facts.setText(self._told(facts))
        self.prompt_changed.emit(draft.instructions)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        texts = {problem.part: self._words.problem(problem) for problem in reversed(problems)}
        self.name_row.show_problem(texts.get(Part.NAME, ""))
        self._problem = texts.get(Part.INSTRUCTIONS, "")
        self.instructions_row.show_problem(self._problem or self._remark)

    def show_remark(self, error: AppError | None) -> None:
        """What keeps the instructions from being asked here and now. The form can be saved all the same: it
        may be meant for another library.
        """
        self._remark = "" if error is None else advised(error)
        self.instructions_row.show_problem(self._problem or self._remark)

    def show_earlier_runs(self, runs: Sequence[EarlierRun]) -> None:
        """Fields of these runs can be inserted."""
        self.insert.show_earlier_runs(runs)

    def _told(self, facts: FormFacts) -> str:
        if facts.is_shipped:
            return self.tr("Comes with Lightdesk. Saving makes a form of your own; this one stays.")
        if facts.version:
            return self.tr(
                "Version {version}. Saving makes the next one; runs keep the version they were asked with."
            ).format(version=facts.version)
        return self.tr("Not saved yet.")

    def _insert(self, variable: str) -> None:
        self.instructions.insertPlainText(variable)
        self.instructions.setFocus()

    def _changed(self) -> None:
        if not self._filling:
            self.prompt_changed.emit(self.instructions.toPlainText())
            self.edited.emit(self.name.text(), self.instructions.toPlainText(), self.describe.isChecked())
