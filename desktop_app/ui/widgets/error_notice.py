"""An error shown in place: a sign, a sentence, what to do next, and the technical detail on demand."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.report import ErrorReport, describe
from desktop_app.ui.theme.theme import Theme

_DETAIL_LINES = 8


class ErrorNotice(QWidget):
    """Shows one error at a time.

    Signals:
        action_requested: the button beside the details was pressed.
    """

    action_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, icon: str = "circle-alert") -> None:
        """`icon`: name of the sign; it is tinted as an error."""
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._report = ErrorReport("", "")
        self._is_low = False
        self._icon = QLabel(self)
        self._sentence = QLabel(self)
        self._advice = QLabel(self)
        self._details = QToolButton(self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._action = QPushButton(self)
        self._detail = QPlainTextEdit(self)
        self._build_words()
        self._build_controls()
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_error(self, problem: BaseException, action: str = "") -> None:
        """Show any exception; `action` is the (translated) verb on the button, "" for no button."""
        self.show_report(describe(problem), action)

    def show_report(self, report: ErrorReport, action: str = "") -> None:
        """Show a report; a repeated report leaves open details open."""
        if report != self._report:
            self._details.setChecked(False)
        self._report = report
        self._sentence.setText(report.sentence)
        self._advice.setText(report.advice)
        self._show_advice()
        self._detail.setPlainText(report.detail)
        self._details.setVisible(bool(report.detail))
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(report.sentence)
        self.setAccessibleDescription(report.advice)

    def set_margins(self, beside: int, above: int) -> None:
        """The room around it, where it is a part of something that has room of its own."""
        self._row.setContentsMargins(beside, above, beside, above)

    def set_low(self, low: bool) -> None:
        """On one line where there is little room: the advice is told by the tip then."""
        self._is_low = low
        sizes, directions = self._theme.sizes, QBoxLayout.Direction
        self._words.setDirection(directions.LeftToRight if low else directions.TopToBottom)
        above = sizes.unit if low else sizes.margin
        self.set_margins(sizes.margin, above)
        self._show_advice()

    @property
    def report(self) -> ErrorReport:
        """What is shown."""
        return self._report

    def _build_words(self) -> None:
        self._sentence.setProperty("role", "strong")
        self._advice.setProperty("role", "secondary")
        for label in (self._sentence, self._advice):
            label.setWordWrap(True)
            # Names of files and words of servers come in here; they are never markup.
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _build_controls(self) -> None:
        self._details.setText(self.tr("Details"))
        self._details.setCheckable(True)
        self._details.setProperty("look", "quiet")
        self._details.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._details.setFixedHeight(self._theme.sizes.control_height)  # Qt would have it a little higher
        self._details.setAccessibleName(self.tr("Show technical details"))
        self._details.setToolTip(self.tr("Show what the program or the server said"))
        self._details.toggled.connect(self._show_details)
        self._copy.setAccessibleName(self.tr("Copy the details"))
        self._copy.setToolTip(self.tr("Copy the sentence and the details to the clipboard"))
        self._copy.clicked.connect(self._copy_all)
        self._copy.hide()
        self._action.clicked.connect(self.action_requested)
        self._action.hide()
        self._detail.setReadOnly(True)
        self._detail.setTabChangesFocus(True)
        self._detail.setAccessibleName(self.tr("Technical details"))
        self._detail.hide()

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        buttons = QHBoxLayout()
        buttons.setSpacing(sizes.gap)
        for button in (self._action, self._details, self._copy):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._words = words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        words.setSpacing(sizes.unit)
        words.addWidget(self._sentence, 1)
        words.addWidget(self._advice)
        words.addLayout(buttons)
        column = QVBoxLayout()
        column.setSpacing(sizes.unit)
        column.addLayout(words)
        column.addWidget(self._detail)
        column.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(sizes.gap)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.set_low(False)

    def _show_advice(self) -> None:
        advice = self._report.advice
        self._advice.setVisible(bool(advice) and not self._is_low)
        self._sentence.setToolTip(advice if self._is_low else "")

    def _show_details(self, shown: bool) -> None:
        self._detail.setVisible(shown)
        self._copy.setVisible(shown)
        self._restyle()
        self.updateGeometry()

    def _copy_all(self) -> None:
        parts = (self._report.sentence, self._report.advice, self._report.detail)
        QGuiApplication.clipboard().setText("\n\n".join(part for part in parts if part))

    def _restyle(self) -> None:
        side = self._theme.sizes.icon_large
        self._icon.setPixmap(
            self._theme.icon(self._icon_name, "bad").pixmap(QSize(side, side), self.devicePixelRatioF())
        )
        arrow = "chevron-down" if self._details.isChecked() else "chevron-right"
        self._theme.put_beside(self._details, arrow)
        lines = min(max(self._report.detail.count("\n") + 2, 3), _DETAIL_LINES)
        self._detail.setFixedHeight(
            lines * self._detail.fontMetrics().lineSpacing() + 2 * self._theme.sizes.margin
        )
