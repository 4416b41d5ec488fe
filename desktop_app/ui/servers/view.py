"""The servers dialog: who answers, and how to reach them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError
from desktop_app.domain.servers import ModelCard, NetworkScope, ServerProfile, ServerReport
from desktop_app.ui.servers.draft import Draft
from desktop_app.ui.servers.form import ServerForm
from desktop_app.ui.servers.report_panel import ReportPanel
from desktop_app.ui.servers.server_list import ServerList
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice
from desktop_app.ui.widgets.keeping_dialog import KeepingDialog
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.spoken import spoken


class ServersDialog(KeepingDialog):
    """Opened with `open()` or `show()`. Names are None for the built-in reader, "" for a new server."""

    selected = Signal(object)
    edited = Signal(Draft)
    test_requested = Signal()
    stop_requested = Signal()
    models_requested = Signal()
    save_requested = Signal()
    use_requested = Signal()
    remove_confirmed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._testing = self._listing = False
        self.setWindowTitle(self.tr("Servers"))
        self.servers = ServerList(theme)
        self.servers.selected.connect(self.selected)
        self.servers.remove_confirmed.connect(self.remove_confirmed)
        self.form = ServerForm(theme)
        self.form.edited.connect(self.edited)
        self.form.models_requested.connect(self.models_requested)
        self.report = ReportPanel(theme)
        self.notice = ErrorNotice(theme)
        self.notice.hide()
        self._make_buttons()
        self._reader_page = self._make_reader_page()
        self._form_page = self._make_form_page()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._reader_page)
        self.pages.addWidget(self._form_page)
        self._lay_out()
        self.resize(theme.sizes.margin * 64, theme.sizes.margin * 58)
        theme.changed.connect(self._tint)
        self._tint()

    # What the presenter shows

    def show_servers(
        self,
        profiles: Sequence[ServerProfile],
        in_use: str | None,
        selected: str | None,
        unsaved: Sequence[str],
    ) -> None:
        self.servers.show_servers(profiles, in_use, selected, unsaved)
        is_used = selected == in_use
        self.use.setVisible(not is_used)
        self.in_use.setVisible(is_used)
        self.in_use_mark.setVisible(is_used)
        self.use.setText(
            self.tr("&Use the built-in reader") if selected is None else self.tr("&Use this server")
        )
        self.use.setAccessibleName(spoken(self.use.text()))

    def show_reader(self) -> None:
        self.pages.setCurrentWidget(self._reader_page)
        self.use.setEnabled(True)

    def show_form(self, draft: Draft, *, is_new: bool) -> None:
        self.pages.setCurrentWidget(self._form_page)
        self.heading.setText(self.tr("New server") if is_new else draft.name)
        self.form.show_draft(draft)
        if is_new and draft.is_empty:
            self.form.address.setFocus()

    def show_address(self, base_url: str, scope: NetworkScope | None) -> None:
        self.form.show_address(base_url, scope)
        for button in (self.test, self.form.refresh, self.use):
            button.setEnabled(bool(base_url))

    def show_consent(self, *, may_be_given: bool) -> None:
        self.form.show_consent(may_be_given=may_be_given)

    def show_key_place(self, *, protected: bool) -> None:
        self.form.show_key_place(protected=protected)

    def show_unsaved(self, unsaved: bool) -> None:
        self.save.setEnabled(unsaved)
        self.servers.show_unsaved(unsaved)

    def show_name_taken(self, taken: bool) -> None:
        self.form.show_name_taken(taken)

    def show_models(self, models: Sequence[ModelCard]) -> None:
        self.form.show_models(models)

    def show_listing(self, running: bool) -> None:
        self._listing = running
        self.form.show_listing(running)
        self.busy.setVisible(self._testing or self._listing)

    def show_testing(self, running: bool) -> None:
        self._testing = running
        self.busy.setVisible(self._testing or self._listing)
        self._tint()

    def show_report(self, report: ServerReport, *, key_given: bool) -> None:
        self.report.show_report(report, key_given=key_given)
        self._scroll_to(self.report)

    def show_error(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.notice.show()
        self._scroll_to(self.notice)

    def clear_result(self) -> None:
        self.report.clear()
        self.notice.hide()

    def question_about_unsaved(self) -> str:
        return self.tr("Save the changes to your servers?")

    # Making

    def _make_buttons(self) -> None:
        self.test = QPushButton()
        self.test.setAutoDefault(False)
        self.test.clicked.connect(self._test_pressed)
        self.save = QPushButton(self.tr("Sa&ve"))
        self.save.setAccessibleName(self.tr("Save"))
        self.save.setProperty("look", "primary")
        self.save.setDefault(True)
        # A shortcut of the button's own would take the place of its underlined letter.
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save.click)
        self.save.setToolTip(self.tr("Save this server ({keys})").format(keys="Ctrl+S"))
        self.save.clicked.connect(self.save_requested)
        self.use = QPushButton()
        self.use.setToolTip(self.tr("Ask here from now on; changes are saved first"))
        self.use.setAutoDefault(False)
        self.use.clicked.connect(self.use_requested)
        self.in_use_mark = QLabel()
        self.in_use = QLabel(self.tr("In use: questions go here"))
        self.close_button = QPushButton(self.tr("&Close"))
        self.close_button.setToolTip(self.tr("Close this window ({keys})").format(keys="Esc"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.leave_requested)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(self._theme.sizes.unit)
        self.busy.setAccessibleName(self.tr("Asking the server"))
        self.busy.hide()

    def _make_reader_page(self) -> QWidget:
        page, column = self._page()
        heading = QLabel(self.tr("Built-in reader"))
        heading.setProperty("role", "heading")
        column.addWidget(heading)
        for text in (
            self.tr(
                "The built-in reader finds the text in a picture, Chinese and English, and marks where it "
                "stands. It works on this computer, without any server, and sends nothing anywhere."
            ),
            self.tr(
                "It is no vision model: it does not understand your question, and it sees nothing but text. "
                "To ask what a picture shows, add a server with a vision-language model."
            ),
        ):
            column.addWidget(plain_label(text=text))
        column.addStretch(1)
        return page

    def _make_form_page(self) -> QWidget:
        content, column = self._page()
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QHBoxLayout()
        buttons.setSpacing(self._theme.sizes.gap)
        buttons.addWidget(self.save)
        buttons.addWidget(self.test)
        buttons.addStretch(1)
        column.addWidget(self.heading)
        column.addWidget(self.form)
        column.addLayout(buttons)
        column.addWidget(self.report)
        column.addWidget(self.notice)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        return self._scroll

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        margin = self._theme.sizes.margin
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(margin * 2, margin * 2, margin * 2, margin)
        column.setSpacing(margin)
        return page, column

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        foot = QHBoxLayout()
        foot.setContentsMargins(sizes.margin * 2, sizes.margin, sizes.margin, sizes.margin)
        foot.setSpacing(sizes.gap)
        foot.addWidget(self.use)
        foot.addWidget(self.in_use_mark)
        foot.addWidget(self.in_use)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        right.addWidget(self.busy)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.servers)
        whole.addLayout(right, 1)

    def _test_pressed(self) -> None:
        (self.stop_requested if self._testing else self.test_requested).emit()

    def _scroll_to(self, part: QWidget) -> None:
        """Once the layout has given the part its place."""
        QTimer.singleShot(0, part, lambda: self._scroll.ensureWidgetVisible(part))

    def _tint(self) -> None:
        side = self._theme.sizes.icon
        self.in_use_mark.setPixmap(self._theme.icon("circle-check", "good").pixmap(side, side))
        self.test.setText(self.tr("Stop the &test") if self._testing else self.tr("&Test"))
        self.test.setAccessibleName(spoken(self.test.text()))
        self.test.setToolTip(
            self.tr("Stop trying the server")
            if self._testing
            else self.tr("Try the server as it stands here; nothing is saved")
        )
        self._theme.put_beside(self.test, "square" if self._testing else "plug")
