"""One question or form over many pictures: what, which, and whether to try a few first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.variables import OF_PICTURE, check_variables
from desktop_app.domain.runs.run import MOST_CONCURRENT
from desktop_app.ui.report import advice, sentence
from desktop_app.ui.runs.new_run_data import NewRunChoice, NewRunOffer, ScopeChoice
from desktop_app.ui.runs.scope_choices import ScopeChoices
from desktop_app.ui.runs.server_checks import ServerChecks
from desktop_app.ui.theme.theme import Theme


class NewRunDialog(QDialog):
    """Opened with `open()`; `begun` carries what was chosen when a button was pressed.

    Signals:
        begun: a `NewRunChoice`.
        forms_requested: the person wants to see or change forms.
        connect_requested: there is no server; the person wants to set one up.
    """

    begun = Signal(object)
    forms_requested = Signal()
    connect_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._named = False
        self._sample_size = 0
        self.setWindowTitle(self.tr("Ask about many pictures"))
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
        self.prompt.textChanged.connect(self._show_state)
        self.variables = self._make_variables()
        self.fields = QLabel()
        self.fields.setWordWrap(True)
        self.fields.setTextFormat(Qt.TextFormat.PlainText)
        self.fields.setProperty("role", "secondary")
        self.fields.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "bad")
        self.problem.hide()
        self.pages = QStackedWidget()
        self.scopes = ScopeChoices(theme)
        self.scopes.changed.connect(self._show_state)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the run"))
        self.name.textEdited.connect(self._name_typed)
        self.concurrency = QSpinBox()
        self.concurrency.setRange(1, MOST_CONCURRENT)
        self.concurrency.setValue(MOST_CONCURRENT)
        self.concurrency.setAccessibleName(self.tr("Most requests at once"))
        self.concurrency.setToolTip(
            self.tr("Lightdesk finds out by itself how much the server takes; this is the most it tries")
        )
        self.servers = ServerChecks(theme)
        self.servers.changed.connect(self._show_state)
        self.connect_server = QPushButton(self.tr("Connect to a server"))
        self.connect_server.setAutoDefault(False)
        self.connect_server.clicked.connect(self.connect_requested)
        self.sample = QPushButton()
        self.sample.setToolTip(self.tr("See a few answers before you ask for all of them"))
        self.all = QPushButton()
        self.all.setProperty("look", "primary")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.sample.clicked.connect(lambda: self._begin(sample=True))
        self.all.clicked.connect(lambda: self._begin(sample=False))
        self.cancel.clicked.connect(self.reject)
        self._take_lists()
        self._lay_out()
        self.resize(theme.sizes.margin * 48, theme.sizes.margin * 40)

    def show_offer(self, offer: NewRunOffer, sample_size: int, is_new: bool = True) -> None:
        """Fill the dialog.

        Args:
            is_new: begin with what the offer proposes; a question typed before stays, except where an earlier
                run is asked again. False brings an open dialog up to date and changes nothing chosen in it.
        """
        again = is_new and ScopeChoice.RUN in offer.counts
        self.what.blockSignals(True)
        question = self.tr("A question")
        chosen = (offer.form or question) if again else self.what.currentText()
        self.what.clear()
        self.what.addItem(question, None)
        for form in offer.forms:
            self.what.addItem(form.name, form)
        self.what.setCurrentIndex(max(0, self.what.findText(chosen)))
        self.what.blockSignals(False)
        if offer.prompt and (again or (is_new and not self.prompt.toPlainText().strip())):
            self.prompt.setPlainText(offer.prompt)
        self._named = self._named and not is_new
        self.scopes.show_offer(offer, is_new)
        self.servers.show_servers(offer.servers)
        self._order_tabs()
        self.connect_server.setVisible(not offer.servers)
        self._sample_size = sample_size
        self._show_what()
        if is_new:
            (self.prompt if self._form() is None else self.what).setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.scopes.takes(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.scopes.drop(event.mimeData())

    def _take_lists(self) -> None:
        """A file dropped anywhere is a list: fields for text would take its path for words."""
        self.setAcceptDrops(True)
        for field in (self.prompt, self.name):
            field.setAcceptDrops(False)

    def _show_what(self) -> None:
        form = self._form()
        self.pages.setCurrentIndex(0 if form is None else 1)
        if form is not None:
            self.fields.setText(self._told(form))
        if not self._named:
            self.name.setText(self._proposed_name())
        self._show_state()

    def _told(self, form: Form) -> str:
        optional = self.tr("{label} (may be left open)")
        labels = [one.label if one.required else optional.format(label=one.label) for one in form.fields]
        lines = "\n".join(f"• {label}" for label in labels)
        instructions = form.instructions.strip()
        return f"{instructions}\n\n{lines}" if instructions else lines

    def _show_state(self) -> None:
        if not self._named:
            self.name.setText(self._proposed_name())
        count = self.scopes.count
        asks = (self._form() is not None or bool(self.prompt.toPlainText().strip())) and self._is_filled()
        ready = asks and count > 0 and bool(self.servers.chosen) and bool(self.name.text().strip())
        few = min(count, self._sample_size)
        self.sample.setText(self.tr("Try {count} first").format(count=few))
        self.sample.setVisible(count > self._sample_size)
        every = self.tr("Ask about all {count}").format(count=f"{count:,}")
        self.all.setText(every if count > 1 else self.tr("Ask"))
        for button in (self.sample, self.all):
            button.setEnabled(ready)
            button.setAccessibleName(button.text())

    def _is_filled(self) -> bool:
        """Whether the question names only variables that can be filled in; says which one cannot."""
        try:
            check_variables("" if self._form() is not None else self.prompt.toPlainText())
        except AppError as problem:
            self.problem.setText(f"{sentence(problem)} {advice(problem)}".strip())
            self.problem.show()
            return False
        self.problem.hide()
        return True

    def _begin(self, *, sample: bool) -> None:
        form = self._form()
        choice = NewRunChoice(
            form=form,
            prompt="" if form is not None else self.prompt.toPlainText().strip(),
            scope=self.scopes.chosen,
            name=self.name.text().strip(),
            sample=sample,
            servers=self.servers.chosen,
            concurrency=self.concurrency.value(),
        )
        self.accept()
        self.begun.emit(choice)

    def _form(self) -> Form | None:
        form = self.what.currentData()
        return form if isinstance(form, Form) else None

    def _proposed_name(self) -> str:
        form = self._form()
        asked = form.name if form is not None else self.prompt.toPlainText().strip().partition("\n")[0][:40]
        return f"{self.scopes.name}: {asked}" if asked else self.scopes.name

    def _name_typed(self, text: str) -> None:
        self._named = bool(text.strip())
        self._show_state()

    def _make_variables(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Insert"))
        button.setToolTip(self.tr("Words that are different for each picture"))
        button.setAccessibleName(button.toolTip())
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        words = (
            self.tr("File name"),
            self.tr("Folder"),
            self.tr("Date taken"),
            self.tr("Size in pixels"),
        )
        for text, variable in zip(words, OF_PICTURE, strict=True):
            menu.addAction(text, partial(self.prompt.insertPlainText, f"{{{{{variable}}}}}"))
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        what = QHBoxLayout()
        what.setSpacing(sizes.gap)
        what.addWidget(self.what, 1)
        what.addWidget(self.edit_forms)
        question = QWidget()
        of_question = QVBoxLayout(question)
        of_question.setContentsMargins(0, 0, 0, 0)
        of_question.setSpacing(sizes.unit)
        of_question.addWidget(self.prompt, 1)
        of_question.addWidget(self.problem)
        of_question.addWidget(self.variables, 0, Qt.AlignmentFlag.AlignLeft)
        self.pages.addWidget(question)
        self.pages.addWidget(self._scrolled(self.fields))
        server = QHBoxLayout()
        server.addWidget(self.servers, 1)
        server.addWidget(self.connect_server)
        rows = QFormLayout()
        rows.setHorizontalSpacing(sizes.margin)
        rows.setVerticalSpacing(sizes.margin)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self.tr("Ask"), what)
        rows.addRow("", self.pages)
        rows.addRow(self.tr("About"), self.scopes)
        rows.addRow(self.tr("Server"), server)
        rows.addRow(self.tr("At once, at most"), self.concurrency)
        rows.addRow(self.tr("Name"), self.name)
        buttons = QHBoxLayout()
        buttons.setSpacing(sizes.gap)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.sample)
        buttons.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[sizes.margin * 2] * 4)
        column.setSpacing(sizes.margin * 2)
        column.addLayout(rows, 1)
        column.addLayout(buttons)
        self._order_tabs()

    def _scrolled(self, words: QWidget) -> QScrollArea:
        """A form may have more fields than the screen has lines."""
        area = QScrollArea()
        area.setWidget(words)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("What the form asks"))
        return area

    def _order_tabs(self) -> None:
        """From top to bottom; the boxes of the servers follow the row they stand in."""
        after: QWidget = self.what
        scopes = (*self.scopes.buttons.values(), self.scopes.choose_list)
        rows = (self.edit_forms, self.prompt, self.variables, *scopes)
        foot = (self.connect_server, self.concurrency, self.name, self.cancel, self.sample, self.all)
        for widget in (*rows, *self.servers.boxes, *foot):
            QWidget.setTabOrder(after, widget)
            after = widget
