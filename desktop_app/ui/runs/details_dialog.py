"""What a run asked, exactly as it was frozen when the run was made."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.runs.asked import prompts_of
from desktop_app.domain.runs.run import AskingMethod, Run, RunServer
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label


class DetailsDialog(QDialog):
    """Opened with `open()`; deletes itself when closed."""

    def __init__(self, theme: Theme, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What was asked: {name}").format(name=run.plan.name))
        sizes = theme.sizes
        rows = QFormLayout()
        rows.setHorizontalSpacing(sizes.margin)
        rows.setVerticalSpacing(sizes.gap)
        for label, value in self._facts(run):
            shown = plain_label(text=value, selectable=True)
            shown.setAccessibleName(f"{label}: {value}")
            rows.addRow(label, shown)
        self.prompt = QPlainTextEdit(self._prompt(run))
        self.prompt.setReadOnly(True)
        self.prompt.setTabChangesFocus(True)
        self.prompt.setAccessibleName(self.tr("The prompt, word for word"))
        heading = plain_label("strong", self.tr("The prompt, word for word"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[sizes.margin * 2] * 4)
        column.setSpacing(sizes.margin)
        column.addLayout(rows)
        column.addWidget(heading)
        column.addWidget(self.prompt, 1)
        column.addWidget(buttons)
        self.resize(sizes.margin * 48, sizes.margin * 44)

    def _facts(self, run: Run) -> list[tuple[str, str]]:
        plan, options = run.plan, run.plan.options
        made = QDateTime.fromSecsSinceEpoch(int(run.created.timestamp()))
        methods = {
            AskingMethod.PLAIN: self.tr("a plain question"),
            AskingMethod.SCHEMA: self.tr("the server enforces the form"),
            AskingMethod.PROMPTED: self.tr("the server enforces no form; the prompt asks for it"),
            None: self.tr("not known yet"),
        }
        form = plan.form
        return [
            (
                self.tr("Made"),
                QLocale().toString(made, QLocale.FormatType.ShortFormat),
            ),
            (self.tr("Pictures"), f"{run.counts.total:,} · {plan.scope.folder}"),
            (
                self.tr("Form"),
                self.tr("A question")
                if form.is_plain
                else self.tr("{name}, version {version}").format(name=form.name, version=form.version),
            ),
            (
                self.tr("Servers"),
                "\n".join(map(self._server, plan.servers)),
            ),
            (self.tr("Asked as"), methods[run.method]),
            (
                self.tr("Options"),
                self.tr("temperature {temperature:g}, longest answer {tokens}, image tokens {image}").format(
                    temperature=options.temperature, tokens=options.max_tokens, image=options.image_tokens
                ),
            ),
            (self.tr("System prompt"), options.system or self.tr("none")),
            (self.tr("Program"), f"Lightdesk {plan.program_version}"),
        ]

    def _server(self, server: RunServer) -> str:
        model = server.model or self.tr("the first model it has; it has not answered yet")
        return f"{server.name} ({server.base_url}), {model}"

    @staticmethod
    def _prompt(run: Run) -> str:
        return "\n\n".join(prompts_of(run))
