"""A trial: what the vision model answers about the selected picture with the form as it is now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.ui.forms.protocols import Missing
from desktop_app.ui.forms.trial_table import TrialTable
from desktop_app.ui.forms.words import FormWords
from desktop_app.ui.report import ErrorReport
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel
from desktop_app.ui.widgets.error_notice import ErrorNotice
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.spoken import spoken

_RAW_LINES = 8


class TrialPanel(QWidget):
    """One button asks and stops; everything else is what came of it."""

    ask_requested = Signal()
    stop_requested = Signal()
    connect_requested = Signal()
    step_requested = Signal(int)
    """Another picture, so many places further on."""

    def __init__(self, theme: Theme, words: FormWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._running = False
        self._possible = False
        self._make_subject()
        self._make_controls()
        self._make_answer()
        self.notice = ErrorNotice(theme)
        self.notice.action_requested.connect(self.connect_requested)
        self.notice.hide()
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()
        self._show_raw(False)

    def show_subject(self, picture: Path | None, server: str) -> None:
        """Which picture would be asked about, and who."""
        self.picture.set_text(picture.name if picture is not None else self.tr("No picture is selected."))
        self.server.set_text(server or self.tr("No server is connected."))
        if picture is None:
            self.small.clear()
        self.small.setVisible(picture is not None)
        for button in (self.previous, self.next):
            button.setEnabled(picture is not None)

    def show_small(self, raster: Raster) -> None:
        size, side = raster.size, self._side
        image = QImage(raster.rgb, size.width, size.height, 3 * size.width, QImage.Format.Format_RGB888)
        pixmap = QPixmap.fromImage(image)
        if max(size.width, size.height) > side:
            pixmap = pixmap.scaled(
                side,
                side,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self.small.setPixmap(pixmap)

    def show_possible(self, possible: bool) -> None:
        self._possible = possible
        self._tint()

    def show_running(self, running: bool) -> None:
        self._running = running
        self.busy.setVisible(running)
        self._tint()

    def show_answer(self, form: Form, answer: ItemAnswer) -> None:
        self.table.show_answer(form, answer)
        self.figures.setText(self._words.figures(answer))
        self.raw.setPlainText(answer.raw)
        self.answer_part.show()
        self.waiting.hide()

    def show_outdated(self, outdated: bool) -> None:
        self.outdated.setVisible(outdated)

    def show_missing(self, missing: Missing) -> None:
        if missing is Missing.PICTURE:
            sentence = self.tr("No picture is selected.")
            self._show(ErrorReport(sentence, self.tr("Select one in the gallery, then try again.")), "")
            return
        self._show(
            ErrorReport(
                self.tr("A form needs a server with a vision model."),
                self.tr("Connect to one; the built-in reader only finds text in pictures."),
            ),
            self.tr("Connect to a server"),
        )

    def show_error(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.notice.show()
        self.waiting.hide()

    def clear(self) -> None:
        """Nothing was tried."""
        self.answer_part.hide()
        self.notice.hide()
        self.outdated.hide()
        self.waiting.show()
        self.show_raw.setChecked(False)

    # Making

    def _make_subject(self) -> None:
        self._side = self._theme.sizes.margin * 6
        self.small = QLabel()
        self.small.setFixedSize(self._side, self._side)
        self.small.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.small.setAccessibleName(self.tr("The selected picture"))
        self.picture = ElidedLabel()
        self.picture.setProperty("role", "strong")
        self.server = ElidedLabel()
        self.server.setProperty("role", "secondary")

    def _make_controls(self) -> None:
        self.ask = QPushButton()
        self.ask.setAutoDefault(False)
        self.ask.clicked.connect(self._pressed)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.ask.click)
        self.previous = self._step_button(self.tr("Previous picture"), "Ctrl+PgUp", -1)
        self.next = self._step_button(self.tr("Next picture"), "Ctrl+PgDown", 1)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(self._theme.sizes.unit)
        self.busy.setAccessibleName(self.tr("Asking the server"))
        # Takes its place when hidden too, so that nothing jumps.
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(policy)
        self.busy.hide()

    def _make_answer(self) -> None:
        self.waiting = plain_label(
            "secondary",
            self.tr(
                "See what comes back before you ask about many pictures. Nothing has to be saved for it."
            ),
        )
        self.outdated = plain_label("warn", self.tr("The form has changed since. Try it again."))
        self.outdated.hide()
        self.table = TrialTable(self._theme, self._words)
        self.figures = plain_label("secondary")
        self.show_raw = QToolButton()
        self.show_raw.setText(self.tr("Raw answer"))
        self.show_raw.setAccessibleName(self.tr("Show the raw answer"))
        self.show_raw.setToolTip(self.tr("What the vision model answered, word for word"))
        self.show_raw.setCheckable(True)
        self.show_raw.setProperty("look", "quiet")
        self.show_raw.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.show_raw.toggled.connect(self._show_raw)
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setTabChangesFocus(True)
        self.raw.setAccessibleName(self.tr("Raw answer"))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(self._theme.sizes.secondary)
        self.raw.setFont(fixed)
        self.raw.setFixedHeight(_RAW_LINES * self.raw.fontMetrics().lineSpacing())
        self.answer_part = QWidget()
        column = QVBoxLayout(self.answer_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.sizes.gap)
        column.addWidget(self.outdated)
        column.addWidget(self.table)
        column.addWidget(self.figures)
        column.addWidget(self.show_raw, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.raw)
        self.answer_part.hide()

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        words = QVBoxLayout()
        words.setSpacing(sizes.unit)
        words.addStretch(1)
        words.addWidget(self.picture)
        words.addWidget(self.server)
        words.addStretch(1)
        controls = QHBoxLayout()
        controls.setSpacing(sizes.unit)
        for button in (self.ask, self.previous, self.next):
            controls.addWidget(button)
        controls.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(sizes.margin)
        top.addWidget(self.small)
        top.addLayout(words, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, sizes.gap, 0)
        column.setSpacing(sizes.margin)
        column.addWidget(self.waiting)
        column.addWidget(self.notice)
        column.addWidget(self.answer_part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("Answer"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[sizes.margin] * 4)
        whole.setSpacing(sizes.gap)
        whole.addLayout(top)
        whole.addLayout(controls)
        whole.addWidget(self.busy)
        whole.addWidget(scroll, 1)

    def _step_button(self, text: str, keys: str, count: int) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(text)
        button.setToolTip(self.tr("{what} ({keys})").format(what=text, keys=keys))
        button.clicked.connect(lambda: self.step_requested.emit(count))
        QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        return button

    def _show(self, report: ErrorReport, action: str) -> None:
        self.notice.show_report(report, action)
        self.notice.show()
        self.waiting.hide()

    def _pressed(self) -> None:
        (self.stop_requested if self._running else self.ask_requested).emit()

    def _show_raw(self, shown: bool) -> None:
        self.raw.setVisible(shown)
        self._tint()

    def _tint(self) -> None:
        text = self.tr("S&top") if self._running else self.tr("&Try it")
        self.ask.setText(text)
        self.ask.setAccessibleName(spoken(text))
        tip = (
            self.tr("Stop asking") if self._running else self.tr("Ask the server about the selected picture")
        )
        self.ask.setToolTip(self.tr("{what} ({keys})").format(what=tip, keys="Ctrl+Enter"))
        self._theme.put_beside(self.ask, "square" if self._running else "play")
        self.ask.setEnabled(self._running or self._possible)
        self.previous.setIcon(self._theme.icon("chevron-left"))
        self.next.setIcon(self._theme.icon("chevron-right"))
        arrow = "chevron-down" if self.show_raw.isChecked() else "chevron-right"
        self._theme.put_beside(self.show_raw, arrow)
