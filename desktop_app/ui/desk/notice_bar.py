"""A notice across the desk for errors that belong to no area; stays until it is closed or replaced."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice


class NoticeBar(QWidget):
    """Shows the newest error."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
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
        self.notice.show_error(problem)
        self.show()

    def _tint(self) -> None:
        self._close.setIcon(self._theme.icon("x"))
