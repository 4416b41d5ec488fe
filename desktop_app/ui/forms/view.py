"""The forms dialog: what is asked of every picture of a run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.ui.forms.checks import Part, Problem
from desktop_app.ui.forms.draft import FieldDraft, FormDraft
from desktop_app.ui.forms.field_editor import FieldEditor
from desktop_app.ui.forms.field_list import FieldList
from desktop_app.ui.forms.form_list import FormList
from desktop_app.ui.forms.head import FormHead
from desktop_app.ui.forms.protocols import FormFacts, FormLine, Preview
from desktop_app.ui.forms.rows import ProblemLabel
from desktop_app.ui.forms.schema_view import SchemaView
from desktop_app.ui.forms.trial_panel import TrialPanel
from desktop_app.ui.forms.words import FormWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice
from desktop_app.ui.widgets.keeping_dialog import KeepingDialog
from desktop_app.ui.widgets.plain_label import plain_label


class FormsDialog(KeepingDialog):
    """Opened with `open()`; its parts tell their own intents, and `trial` is a view of its own."""

    save_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    activated = Signal()
    """The person is back from another window, where another server may have been chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = FormWords()
        self._problems: tuple[Problem, ...] = ()
        self.setWindowTitle(self.tr("Forms"))
        self.forms = FormList(theme)
        self.head = FormHead(theme, self._words)
        self.fields = FieldList(theme, self._words)
        self.editor = FieldEditor(theme, self._words)
        self.schema = SchemaView(theme)
        self.trial = TrialPanel(theme, self._words)
        self.notice = ErrorNotice(theme)
        self.notice.hide()
        self._make_buttons()
        self._lay_out()
        self.numbered = self.tr("{name} {number}")
        self.resize(theme.sizes.margin * 104, theme.sizes.margin * 60)
        theme.changed.connect(self._tint)
        self._tint()

    # What the presenter shows

    def show_forms(self, forms: Sequence[FormLine], selected: int) -> None:
        self.forms.show_forms(forms, selected)

    def show_form(self, draft: FormDraft, facts: FormFacts) -> None:
        self.head.show_form(draft, facts)
        self.saved.hide()

    def show_fields(
        self, fields: Sequence[FieldDraft], selected: int | None, problems: Sequence[Problem]
    ) -> None:
        self.fields.show_fields(fields, selected, problems)
        self.forms.save_file.setEnabled(bool(fields) and not problems)
        shown = next((one for one in fields if one.id == selected), None)
        self.field_pages.setCurrentIndex(0 if shown is not None else 1)
        if shown is not None:
            self.editor.show_field(shown)
            self.editor.show_problems([problem for problem in problems if problem.field_id == shown.id])

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self.head.show_problems([problem for problem in problems if problem.field_id is None])
        of_fields = next((problem for problem in problems if problem.part is Part.FIELDS), None)
        self.fields_problem.show_problem(self._words.problem(of_fields) if of_fields is not None else "")
        self._problems = tuple(problems)
        count = len(problems)
        text = self.tr("1 thing to put right") if count == 1 else self.tr("{count} things to put right")
        self.wrong.setText(text.format(count=count))
        self.wrong.setAccessibleName(text.format(count=count))
        self.wrong.setVisible(bool(problems))

    def show_state(self, *, can_save: bool, can_undo: bool, can_redo: bool) -> None:
        self.save.setEnabled(can_save)
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)
        if can_save:
            self.saved.hide()

    def show_preview(self, preview: Preview | None) -> None:
        self.schema.show_preview(preview)

    def show_earlier_runs(self, runs: Sequence[EarlierRun]) -> None:
        self.head.show_earlier_runs(runs)

    def show_removed(self, name: str) -> None:
        self.forms.show_removed(name)

    def show_saved(self, name: str) -> None:
        self.saved.setText(self.tr("Saved: {name}").format(name=name))
        self.saved.show()

    def show_error(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.notice.show()

    def clear_error(self) -> None:
        self.notice.hide()

    def begin_naming(self) -> None:
        self.head.name.setFocus()
        self.head.name.selectAll()

    def begin_labelling(self) -> None:
        self.editor.label.setFocus()
        self.editor.label.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()
        super().changeEvent(event)

    def question_about_unsaved(self) -> str:
        return self.tr("Save the changes to your forms?")

    # Making

    def _make_buttons(self) -> None:
        self.save = QPushButton(self.tr("&Save"))
        self.save.setAccessibleName(self.tr("Save"))
        self.save.setProperty("look", "primary")
        self.save.setAutoDefault(False)
        # A shortcut of the button's own would take the place of its underlined letter.
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save.click)
        self.save.setToolTip(self.tr("Save this form ({keys})").format(keys="Ctrl+S"))
        self.save.clicked.connect(self.save_requested)
        self.undo = self._step(self.tr("Undo"), "Ctrl+Z", self.undo_requested)
        self.redo = self._step(self.tr("Redo"), "Ctrl+Shift+Z", self.redo_requested)
        self.wrong = QToolButton()
        self.wrong.setProperty("look", "quiet")
        self.wrong.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.wrong.setToolTip(self.tr("Go to the first of them"))
        self.wrong.clicked.connect(self._go_to_problem)
        self.wrong.hide()
        self.saved = QLabel()
        self.saved.setProperty("role", "good")
        self.saved.setTextFormat(Qt.TextFormat.PlainText)
        self.saved.hide()
        self.close_button = QPushButton(self.tr("&Close"))
        self.close_button.setToolTip(self.tr("Close this window ({keys})").format(keys="Esc"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.leave_requested)

    def _step(self, text: str, keys: str, wanted: SignalInstance) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(text)
        button.setToolTip(self.tr("{what} ({keys})").format(what=text, keys=keys))
        button.clicked.connect(wanted)
        # In a field of text the keys take back what was typed there.
        QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        return button

    def _make_middle(self) -> QWidget:
        sizes = self._theme.sizes
        self.fields_problem = ProblemLabel(self._theme)
        heading = QLabel(self.tr("&Fields, the columns of the table"))
        heading.setBuddy(self.fields.list)
        heading.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(sizes.unit)
        left.addWidget(heading)
        left.addWidget(self.fields_problem)
        left.addWidget(self.fields, 1)
        fields = QHBoxLayout()
        fields.setSpacing(sizes.margin)
        fields.addLayout(left, 2)
        fields.addWidget(self._make_field_pages(), 3)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(sizes.margin * 2, sizes.margin, sizes.margin, sizes.margin)
        column.setSpacing(sizes.margin)
        column.addWidget(self.head)
        column.addLayout(fields, 1)
        column.addWidget(self.notice)
        return middle

    def _make_field_pages(self) -> QStackedWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(self._theme.sizes.unit, 0, self._theme.sizes.gap, 0)
        column.addWidget(self.editor)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        # It scrolls up and down only: nothing of a field may be cut off at its side.
        beside = scroll.verticalScrollBar().sizeHint().width()
        scroll.setMinimumWidth(content.minimumSizeHint().width() + beside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the field that has the keyboard
        scroll.setWidget(content)
        empty = QWidget()
        alone = QVBoxLayout(empty)
        alone.addWidget(
            plain_label(
                "secondary",
                self.tr("Each field is one question to the vision model and one column of the table."),
            )
        )
        alone.addStretch(1)
        self.field_pages = QStackedWidget()
        self.field_pages.addWidget(scroll)
        self.field_pages.addWidget(empty)
        return self.field_pages

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Preview"))
        self.tabs.addTab(self.trial, self.tr("Trial"))
        self.tabs.addTab(self.schema, self.tr("What is sent"))
        areas = QSplitter(Qt.Orientation.Horizontal)
        areas.setHandleWidth(sizes.hairline)
        areas.setChildrenCollapsible(False)
        areas.addWidget(self._make_middle())
        areas.addWidget(self.tabs)
        areas.setStretchFactor(0, 3)
        areas.setStretchFactor(1, 2)
        areas.setSizes([sizes.margin * 52, sizes.margin * 32])
        foot = QHBoxLayout()
        foot.setContentsMargins(sizes.margin * 2, sizes.margin, sizes.margin, sizes.margin)
        foot.setSpacing(sizes.gap)
        for widget in (self.save, self.undo, self.redo, self.wrong, self.saved):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(areas, 1)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.forms)
        whole.addLayout(right, 1)

    def _go_to_problem(self) -> None:
        if not self._problems:
            return
        first = self._problems[0]
        if first.field_id is not None:
            self.fields.selected.emit(first.field_id)
            self.editor.widget_of(first.part).setFocus()
        elif first.part is Part.FIELDS:
            self.fields.add.setFocus()
        else:
            (self.head.name if first.part is Part.NAME else self.head.instructions).setFocus()

    def _tint(self) -> None:
        self._theme.put_beside(self.wrong, "circle-alert", "bad")
        self.undo.setIcon(self._theme.icon("undo-2"))
        self.redo.setIcon(self._theme.icon("redo-2"))
