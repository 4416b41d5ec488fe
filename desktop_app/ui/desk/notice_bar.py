"""A notice across the desk for what belongs to no area; stays until it is closed or replaced.

What is said of a drop or a paste also goes with the next one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.ui.report import ErrorReport, describe
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice


class NoticeBar(QWidget):
    """Shows the newest error, or why something that was dropped or pasted was not taken."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_about_intake = False
        self.setProperty("area", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.notice = ErrorNotice(theme, self)
        self._close = QToolButton(self)
        self._close.setProperty("look", "quiet")
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        margin = theme.sizes.gap
        row.setContentsMargins(margin, margin, margin, margin)
        row.addWidget(self.notice, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    def show_error(self, problem: BaseException) -> None:
        """Show an error in place of the one before."""
        self._show(describe(problem), is_about_intake=False)

    def show_refused(self, refused: Sequence[AppError]) -> None:
        """Say of the first what is wrong with it; the sentences about the others are behind "Details"."""
        first, *others = map(describe, refused)
        if others:
            count = self.tr("{count} things were not taken. {first}")
            words = count.format(count=len(refused), first=first.sentence)
            every = "\n".join(report.sentence for report in (first, *others))
            first = ErrorReport(words, first.advice, every)
        self._show(first, is_about_intake=True)

    def show_nothing_pasted(self) -> None:
        """Nothing on the clipboard is of any use here."""
        report = ErrorReport(
            self.tr("There is no picture on the clipboard."),
            self.tr("Copy a picture, its file, its path or its address, then paste again."),
        )
        self._show(report, is_about_intake=True)

    def forget_refused(self) -> None:
        """Something was taken since: what is said of an earlier drop or paste goes; errors stay."""
        if self._is_about_intake:
            self.hide()

    def _show(self, report: ErrorReport, *, is_about_intake: bool) -> None:
        self._is_about_intake = is_about_intake
        self.notice.show_report(report)
        self.show()

    def _tint(self) -> None:
        self._close.setIcon(self._theme.icon("x"))
