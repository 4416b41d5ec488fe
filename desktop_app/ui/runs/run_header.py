"""The selected run: how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.runs.run import RunState
from desktop_app.ui.runs.run_status import RunStatus
from desktop_app.ui.runs.run_words import RunWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel


class RunHeader(QWidget):
    """Signals:
    resume_requested, pause_requested, stop_requested, retry_requested, export_requested,
    duplicate_requested, details_requested, delete_requested: about the run shown.
    batch_requested, results_requested: its questions go to a batch service, or come back answered.
    reasons_wanted(shown): why pictures failed, where that is folded away.
    """

    resume_requested = Signal()
    pause_requested = Signal()
    stop_requested = Signal()
    retry_requested = Signal()
    export_requested = Signal()
    batch_requested = Signal()
    results_requested = Signal()
    duplicate_requested = Signal()
    details_requested = Signal()
    delete_requested = Signal()
    reasons_wanted = Signal(bool)

    def __init__(self, theme: Theme, words: RunWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._status: RunStatus | None = None
        self._is_folded = False
        self._name = ElidedLabel(self)
        self._name.setProperty("role", "strong")
        self._figures = ElidedLabel(self)
        self._figures.setProperty("role", "secondary")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(theme.sizes.unit)
        self._bar.setAccessibleName(self.tr("Progress of the run"))
        self._why = QToolButton(self)
        self._why.setText(self.tr("Why?"))
        self._why.setCheckable(True)
        self._why.setProperty("look", "quiet")
        self._why.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._why.setFixedHeight(theme.sizes.control_height)
        self._why.setToolTip(self.tr("Show why pictures failed"))
        self._why.setAccessibleName(self.tr("Show why pictures failed"))
        self._why.toggled.connect(self.reasons_wanted)
        self._go = self._button(self._go_on)
        self._retry = self._button(self.retry_requested.emit)
        self._retry.setToolTip(self.tr("Ask again about every picture that failed"))
        self._export = self._button(self.export_requested.emit)
        self._export.setText(self.tr("Export…"))
        self._export.setAccessibleName(self.tr("Export the table"))
        self._export.setToolTip(self.tr("Hand the table over: Excel, CSV, HTML and others"))
        self._more = QToolButton(self)
        self._more.setProperty("look", "quiet")
        self._more.setAccessibleName(self.tr("More about this run"))
        self._more.setToolTip(self.tr("More about this run"))
        self._more.setFixedHeight(theme.sizes.control_height)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._retry_in_menu = self._menu.addAction("", self.retry_requested.emit)
        self._stop = self._menu.addAction(self.tr("Stop the run"), self.stop_requested.emit)
        self._menu.addAction(self.tr("Ask the same pictures again…"), self.duplicate_requested.emit)
        self._menu.addAction(self.tr("What was asked…"), self.details_requested.emit)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Hand over to a batch service…"), self.batch_requested.emit)
        self._results = self._menu.addAction(self.tr("Take in batch results…"), self.results_requested.emit)
        self._menu.addSeparator()
        self._delete = self._menu.addAction(self.tr("Delete the run…"), self.delete_requested.emit)
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()

    def show_status(self, status: RunStatus) -> None:
        """Show another run, or the same one further on."""
        self._status = status
        run, counts = status.run, status.run.counts
        self._name.set_text(run.plan.name)
        facts = (
            self._words.state(status),
            self._words.count(status),
            self._words.pace(status) if run.state is RunState.RUNNING and not status.is_ending else "",
            self._words.tokens(status),
            self._words.remark(status) if self._is_folded else "",
        )
        self._figures.set_text(" · ".join(fact for fact in facts if fact))
        self._bar.setRange(0, max(counts.total, 1))
        self._bar.setValue(counts.done)
        self._show_buttons(status)

    def set_low(self, low: bool) -> None:
        """On one line, without the bar that the list of runs shows as well."""
        sizes, directions = self._theme.sizes, QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if low else directions.TopToBottom)
        self._line.setSpacing(sizes.gap if low else sizes.unit // 2)
        above = sizes.unit if low else sizes.gap
        self._column.setContentsMargins(sizes.margin, above, sizes.gap, above)
        self._bar.setHidden(low)

    def fold(self, folded: bool) -> None:
        """Why pictures failed is shown when it is asked for, and asking all of them again is in the menu;
        what there is to remark ends the line.
        """
        if folded == self._is_folded:
            return
        self._is_folded = folded
        if self._status is not None:
            self.show_status(self._status)

    @property
    def is_folded(self) -> bool:
        return self._is_folded

    @property
    def are_reasons_wanted(self) -> bool:
        """Whether to show why pictures failed."""
        return not self._is_folded or self._why.isChecked()

    def _show_buttons(self, status: RunStatus) -> None:
        run, counts = status.run, status.run.counts
        going_on = status.can_be_paused
        self._go.setVisible(bool(counts.left) and (going_on or not run.is_elsewhere))
        self._let_go_on(not status.is_ending)
        if going_on:
            text, tip = self.tr("Pause"), self.tr("Finish what is being asked and begin nothing more")
        elif status.sample_left:
            text = self.tr("Ask the {count} of the sample").format(count=status.sample_left)
            tip = self.tr("Go on with the first pictures; the others wait until you have seen the answers")
        elif counts.done:
            text = self.tr("Ask the other {count}").format(count=f"{counts.left:,}")
            tip = self.tr("Go on with the pictures that are left")
        else:
            text, tip = self.tr("Begin"), self.tr("Ask about every picture of this run")
        self._go.setText(text)
        self._go.setToolTip(tip)
        self._go.setAccessibleName(text)
        may_retry = bool(counts.failed) and not run.is_elsewhere
        self._retry.setText(self.tr("Ask the {count} failed again").format(count=f"{counts.failed:,}"))
        self._retry.setAccessibleName(self._retry.text())
        self._retry.setVisible(may_retry and not self._is_folded)
        self._retry_in_menu.setText(self._retry.text())
        self._retry_in_menu.setVisible(may_retry and self._is_folded)
        self._why.setVisible(self._is_folded and bool(counts.failed))
        self._export.setEnabled(bool(counts.answered))
        self._stop.setEnabled(
            bool(counts.left) and run.state is not RunState.STOPPED and (going_on or not run.is_elsewhere)
        )
        self._results.setEnabled(not going_on and not run.is_elsewhere)
        self._delete.setEnabled(not going_on and not run.is_elsewhere)
        self._tint()

    def _let_go_on(self, may: bool) -> None:
        """The keyboard waits here while the button cannot be pressed; Qt would give it to the next button."""
        if not may and self._go.hasFocus():
            self.setFocus()
        self._go.setEnabled(may)
        if may and self.hasFocus():
            self._go.setFocus()

    def _go_on(self) -> None:
        if self._status is not None and self._status.can_be_paused:
            self.pause_requested.emit()
        else:
            self.resume_requested.emit()

    def _button(self, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.clicked.connect(lambda _checked=False: pressed())
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        self._line = words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        words.addWidget(self._name)
        words.addWidget(self._figures, 1)
        top = QHBoxLayout()
        top.setSpacing(sizes.gap)
        top.addLayout(words, 1)
        for button in (self._why, self._go, self._retry, self._export, self._more):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(sizes.gap)
        column.addLayout(top)
        column.addWidget(self._bar)
        self.set_low(False)

    def _tint(self) -> None:
        can_pause = self._status is not None and self._status.can_be_paused
        self._theme.put_beside(self._why, "circle-x", "bad")
        self._theme.put_beside(self._go, "circle-pause" if can_pause else "play")
        self._theme.put_beside(self._retry, "rotate-ccw")
        self._theme.put_beside(self._export, "download")
        self._more.setIcon(self._theme.icon("ellipsis"))
