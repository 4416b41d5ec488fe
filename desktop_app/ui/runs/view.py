"""The runs area at the foot of the desk: the list of runs, and the selected run with its answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.domain.runs.run import Run
from desktop_app.ui.runs.details_dialog import DetailsDialog
from desktop_app.ui.runs.failures_bar import FailuresBar
from desktop_app.ui.runs.handover.view import HandoverView
from desktop_app.ui.runs.run_header import RunHeader
from desktop_app.ui.runs.run_list import RunList
from desktop_app.ui.runs.run_status import RunStatus
from desktop_app.ui.runs.run_words import RunWords
from desktop_app.ui.runs.trouble_words import TroubleWords, is_of_servers
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.questions import confirm

_LOW_IN_MARGINS, _LOWER_IN_MARGINS = 32, 24
"""Lower than this the table would be left with three rows, or with one."""


class RunsView(QFrame):
    """Signals:
    run_selected: id of a run.
    new_requested: a new run is wanted.
    servers_requested: the run stands still for a server's sake, which its settings may mend.
    """

    run_selected = Signal(int)
    new_requested = Signal()
    servers_requested = Signal()

    def __init__(self, theme: Theme, grid: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = grid
        self._run_id = 0
        self._words = RunWords()
        self._trouble = TroubleWords()
        self.setProperty("area", "pane")
        self.list = RunList(theme, self._words)
        self.list.run_selected.connect(self.run_selected)
        self.header = RunHeader(theme, self._words)
        self.header.reasons_wanted.connect(self._fit)
        self.failures = FailuresBar(theme)
        self.handover = HandoverView(theme)
        self.notice = ErrorNotice(theme, icon="triangle-alert")
        self.notice.action_requested.connect(self.servers_requested)
        self._remark = plain_label("secondary")
        self._new = QPushButton(self.tr("New run…"))
        self._new.setToolTip(self.tr("Ask one question or form about many pictures"))
        self._new.setAccessibleName(self.tr("New run"))
        self._new.clicked.connect(self.new_requested)
        self._pages = QStackedWidget()
        self._empty = self._make_empty_page()
        self._page = self._make_run_page(grid)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._page)
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()

    # What the presenter shows

    def show_runs(self, runs: Sequence[RunStatus], selected: int | None) -> None:
        """All runs, newest first."""
        self.list.show_runs(runs, selected)
        self._side.setVisible(bool(runs))
        if not runs:
            self._pages.setCurrentWidget(self._empty)

    def show_run(self, status: RunStatus) -> None:
        """The selected run, also where the list did not select it."""
        self._run_id = status.run.id
        self.list.select(status.run.id)
        has_keyboard = self._begin.hasFocus()
        self._pages.setCurrentWidget(self._page)
        if has_keyboard:
            self._grid.setFocus()
        self.header.show_status(status)
        trouble = self._trouble.report(status)
        if trouble is not None:
            servers_may_mend = is_of_servers(status)
            self.notice.show_report(trouble, self.tr("Servers…") if servers_may_mend else "")
        self.notice.setVisible(trouble is not None)
        self._remark.setText(self._words.remark(status))
        self._fit()

    def update_run(self, status: RunStatus) -> bool:
        """How far a run is now; False when the list lacks it."""
        return self.list.update_run(status)

    def take_keyboard(self) -> None:
        """The area was asked for: the keyboard goes to the answers, or to what makes the first run."""
        (self._begin if self._pages.currentWidget() is self._empty else self._grid).setFocus()

    def show_failures(self, groups: Sequence[FailureGroup]) -> None:
        """Why pictures of the run shown failed."""
        self.failures.show_groups(self._run_id, groups)
        self._fit()

    def show_details(self, run: Run) -> None:
        """What was asked, in a window of its own."""
        DetailsDialog(self._theme, run, self).open()

    async def may_delete(self, name: str, answers: int) -> bool:
        """Whether a run and its answers may be deleted for good."""
        return await confirm(
            self,
            self.tr("Delete the run “{name}”?").format(name=name),
            self.tr("Its {count} answers are deleted from this computer. The pictures stay.").format(
                count=f"{answers:,}"
            ),
            self.tr("Delete"),
            self.tr("Keep"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height, margin = self.height(), self._theme.sizes.margin
        is_low = height < margin * _LOW_IN_MARGINS
        for part in (self.header, self.notice, self.failures):
            part.set_low(is_low)
        self.header.fold(height < margin * _LOWER_IN_MARGINS)
        self._fit()

    def _fit(self) -> None:
        """Leave the room to the table where there is very little of it."""
        self.failures.setVisible(self.failures.has_reasons and self.header.are_reasons_wanted)
        self._remark.setVisible(bool(self._remark.text()) and not self.header.is_folded)

    # Making

    def _make_empty_page(self) -> QWidget:
        sizes = self._theme.sizes
        page = QWidget()
        heading = plain_label("strong", self.tr("Ask one question about many pictures"))
        words = plain_label(
            "secondary",
            self.tr(
                "A run asks every picture the same question or form and gathers the answers in a table. "
                "Every answer is kept the moment it arrives; a run can be paused and goes on where it was."
            ),
        )
        words.setMaximumWidth(sizes.margin * 48)
        self._begin = QPushButton(self.tr("New run…"))
        self._begin.setProperty("look", "primary")
        self._begin.setAccessibleName(self.tr("New run"))
        self._begin.clicked.connect(self.new_requested)
        column = QVBoxLayout(page)
        column.setContentsMargins(*[sizes.margin * 2] * 4)
        column.setSpacing(sizes.gap)
        column.addStretch(1)
        column.addWidget(heading)
        column.addWidget(words)
        column.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        return page

    def _make_run_page(self, grid: QWidget) -> QWidget:
        sizes = self._theme.sizes
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._remark.setContentsMargins(sizes.margin, 0, sizes.margin, sizes.unit)
        column.addWidget(self._remark)
        column.addWidget(self.notice)
        column.addWidget(self.failures)
        column.addWidget(self.handover)
        column.addWidget(grid, 1)
        self.notice.hide()
        self._remark.hide()
        return page

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        self._side = QWidget()
        self._side.setProperty("area", "pane")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(sizes.gap, sizes.gap, sizes.gap, sizes.gap)
        side.setSpacing(sizes.gap)
        side.addWidget(self._new)
        side.addWidget(self.list, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(sizes.hairline)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._side)
        self._split.addWidget(self._pages)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([sizes.margin * 20, sizes.margin * 80])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split)
        # What can scroll gives way, so that the whole window fits a small screen.
        self.setMinimumHeight(sizes.margin * 13)

    def _tint(self) -> None:
        self._theme.put_beside(self._new, "plus")
