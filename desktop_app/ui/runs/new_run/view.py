"""One question or form over many pictures: what, which, and whether to try a few first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.domain.runs.run import MOST_CONCURRENT
from desktop_app.ui.runs.new_run.offers import NewRunChoice, NewRunOffer, ScopeChoice
from desktop_app.ui.runs.new_run.question_choice import QuestionChoice
from desktop_app.ui.runs.new_run.scope_choices import ScopeChoices
from desktop_app.ui.runs.new_run.server_checks import ServerChecks
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
        self.question = QuestionChoice(theme)
        self.question.changed.connect(self._show_state)
        self.question.forms_requested.connect(self.forms_requested)
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

    @property
    def is_open(self) -> bool:
        return self.isVisible()

    def show_offer(self, offer: NewRunOffer, sample_size: int, is_new: bool = True) -> None:
        """Fill the dialog.

        Args:
            is_new: begin with what the offer proposes; a question typed before stays, except where an earlier
                run is asked again. False brings an open dialog up to date and changes nothing chosen in it.
        """
        again = is_new and ScopeChoice.RUN in offer.counts
        self.question.show_forms(offer.forms, offer.form if again else None)
        if offer.prompt and (again or (is_new and not self.question.prompt.toPlainText().strip())):
            self.question.prompt.setPlainText(offer.prompt)
        self._named = self._named and not is_new
        self.scopes.show_offer(offer, is_new)
        self.servers.show_servers(offer.servers)
        self._order_tabs()
        self.connect_server.setVisible(not offer.servers)
        self._sample_size = sample_size
        self._show_state()
        if is_new:
            self.question.take_focus()

    def show_earlier_runs(self, runs: Sequence[EarlierRun]) -> None:
        """Fields of these runs can be inserted into the question."""
        self.question.variables.show_earlier_runs(runs)

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
        for field in (self.question.prompt, self.name):
            field.setAcceptDrops(False)

    def _show_state(self) -> None:
        if not self._named:
            self.name.setText(self._proposed_name())
        count = self.scopes.count
        ready = (
            self.question.is_ready
            and count > 0
            and bool(self.servers.chosen)
            and bool(self.name.text().strip())
        )
        few = min(count, self._sample_size)
        self.sample.setText(self.tr("Try {count} first").format(count=few))
        self.sample.setVisible(count > self._sample_size)
        every = self.tr("Ask about all {count}").format(count=f"{count:,}")
        self.all.setText(every if count > 1 else self.tr("Ask"))
        for button in (self.sample, self.all):
            button.setEnabled(ready)
            button.setAccessibleName(button.text())

    def _begin(self, *, sample: bool) -> None:
        choice = NewRunChoice(
            form=self.question.form,
            prompt=self.question.words,
            scope=self.scopes.chosen,
            name=self.name.text().strip(),
            sample=sample,
            servers=self.servers.chosen,
            concurrency=self.concurrency.value(),
        )
        self.accept()
        self.begun.emit(choice)

    def _proposed_name(self) -> str:
        asked = self.question.name
        return f"{self.scopes.name}: {asked}" if asked else self.scopes.name

    def _name_typed(self, text: str) -> None:
        self._named = bool(text.strip())
        self._show_state()

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        server = QHBoxLayout()
        server.addWidget(self.servers, 1)
        server.addWidget(self.connect_server)
        rows = QFormLayout()
        rows.setHorizontalSpacing(sizes.margin)
        rows.setVerticalSpacing(sizes.margin)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self.tr("Ask"), self.question)
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

    def _order_tabs(self) -> None:
        """From top to bottom; the boxes of the servers follow the row they stand in."""
        asked = self.question
        scopes = (*self.scopes.buttons.values(), self.scopes.choose_list)
        rows = (asked.edit_forms, asked.prompt, asked.told, asked.variables, *scopes)
        foot = (self.connect_server, self.concurrency, self.name, self.cancel, self.sample, self.all)
        after: QWidget = asked.what
        for widget in (*rows, *self.servers.boxes, *foot):
            QWidget.setTabOrder(after, widget)
            after = widget
