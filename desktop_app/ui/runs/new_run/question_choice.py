"""What a run asks: a question in the person's own words, or a form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form, plain_form
from desktop_app.domain.forms.variables import check_variables
from desktop_app.ui.report import advised
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.variables_button import VariablesButton


class QuestionChoice(QWidget):
    """Signals:
    changed: another form is chosen, or another question written.
    prompt_changed: that question, or what the form says first; `show_problem` answers.
    forms_requested: the person wants to see or change forms.
    """

    changed = Signal()
    prompt_changed = Signal(str)
    forms_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: AppError | None = None
        """With what the prompt names of earlier runs."""
        self.what = QComboBox()
        self.what.setAccessibleName(self.tr("What to ask"))
        self.what.currentIndexChanged.connect(self._show_what)
        self.edit_forms = QPushButton(self.tr("Forms…"))
        self.edit_forms.setToolTip(self.tr("See, change and make forms"))
        self.edit_forms.setAutoDefault(False)
        self.edit_forms.clicked.connect(self.forms_requested)
        self.prompt = QPlainTextEdit()
        self.prompt.setPlaceholderText(self.tr("For example: Is there corrosion? Where, and how heavy?"))
        self.prompt.setAccessibleName(self.tr("Question"))
        self.prompt.setTabChangesFocus(True)
        self.prompt.textChanged.connect(self._look)
        self.variables = VariablesButton(theme)
        self.variables.chosen.connect(self.prompt.insertPlainText)
        self.fields = plain_label("secondary")
        self.fields.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.problem = plain_label("bad")
        self.problem.hide()
        self.told = self._scrolled(self.fields)
        self._pages = QStackedWidget()
        self._lay_out(theme)

    @property
    def form(self) -> Form | None:
        """None for a question in words."""
        form = self.what.currentData()
        return form if isinstance(form, Form) else None

    @property
    def words(self) -> str:
        """The question, "" with a form."""
        return self.prompt.toPlainText().strip() if self.form is None else ""

    @property
    def name(self) -> str:
        """What is asked, for the name of the run; "" for nothing yet."""
        if self.form is not None:
            return self.form.name
        return plain_form(self.words).name[:40] if self.words else ""

    @property
    def is_ready(self) -> bool:
        """Whether it can be asked: it names only variables that can be filled in."""
        return self._wrong() is None and (self.form is not None or bool(self.words))

    def show_forms(self, forms: Sequence[Form], chosen: str | None) -> None:
        """Offer these.

        Args:
            chosen: name of the form to begin with, "" for a question; None for what is chosen already.
        """
        question = self.tr("A question")
        before = self.what.currentText() if chosen is None else chosen or question
        self.what.blockSignals(True)
        self.what.clear()
        self.what.addItem(question, None)
        for form in forms:
            self.what.addItem(form.name, form)
        self.what.setCurrentIndex(max(0, self.what.findText(before)))
        self.what.blockSignals(False)
        self._show_what()

    def show_problem(self, problem: AppError | None) -> None:
        """What is wrong with the prompt that was told last."""
        self._problem = problem
        self._show_wrong()

    def take_focus(self) -> None:
        """The keyboard goes to where the question is written, or to the form."""
        (self.prompt if self.form is None else self.what).setFocus()

    def _show_what(self) -> None:
        form = self.form
        self._pages.setCurrentIndex(0 if form is None else 1)
        self.variables.setVisible(form is None)
        if form is not None:
            self.fields.setText(self._told(form))
        self._look()

    def _look(self) -> None:
        self._show_wrong()
        self.prompt_changed.emit(self._prompt())

    def _prompt(self) -> str:
        return self.words if self.form is None else self.form.instructions

    def _wrong(self) -> AppError | None:
        """Why a variable cannot be filled in; None when all can."""
        try:
            check_variables(self._prompt())
        except AppError as problem:
            return problem
        return self._problem

    def _show_wrong(self) -> None:
        wrong = self._wrong()
        if wrong is not None:
            self.problem.setText(advised(wrong))
        self.problem.setVisible(wrong is not None)
        self.changed.emit()

    def _told(self, form: Form) -> str:
        optional = self.tr("{label} (may be left open)")
        labels = [one.label if one.required else optional.format(label=one.label) for one in form.fields]
        lines = "\n".join(f"• {label}" for label in labels)
        instructions = form.instructions.strip()
        return f"{instructions}\n\n{lines}" if instructions else lines

    def _lay_out(self, theme: Theme) -> None:
        sizes = theme.sizes
        what = QHBoxLayout()
        what.setSpacing(sizes.gap)
        what.addWidget(self.what, 1)
        what.addWidget(self.edit_forms)
        self._pages.addWidget(self.prompt)
        self._pages.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.unit)
        column.addLayout(what)
        column.addSpacing(sizes.gap)
        column.addWidget(self._pages, 1)
        column.addWidget(self.problem)
        column.addWidget(self.variables, 0, Qt.AlignmentFlag.AlignLeft)

    def _scrolled(self, words: QWidget) -> QScrollArea:
        """A form may have more fields than the screen has lines."""
        area = QScrollArea()
        area.setWidget(words)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("What the form asks"))
        return area
