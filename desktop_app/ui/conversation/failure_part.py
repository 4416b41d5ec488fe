"""Why an answer failed, and the buttons that lead on from there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice

_MENDED_IN_SETTINGS = frozenset(
    {
        ErrorCode.SERVER_ADDRESS,
        ErrorCode.SERVER_UNREACHABLE,
        ErrorCode.SERVER_REFUSED,
        ErrorCode.SERVER_TLS,
        ErrorCode.SERVER_KEY,
        ErrorCode.SERVER_KEY_MISSING,
        ErrorCode.SERVER_MODEL_UNKNOWN,
        ErrorCode.SERVER_NO_MODELS,
        ErrorCode.SERVER_NO_VISION,
        ErrorCode.SERVER_NOT_AN_API,
        ErrorCode.BLOCKED_HOST,
        ErrorCode.BLOCKED_REDIRECT,
    }
)
"""Failures whose advice leads to the server's settings."""


class FailurePart(QWidget):
    """Made when an answer fails.

    Signals:
        ask_again_requested: another answer to the same question.
        groups_requested: ask about the pictures in groups of at most this many.
        settings_requested: look at the server's settings.
    """

    ask_again_requested = Signal()
    groups_requested = Signal(int)
    settings_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._limit = 0
        self._notice = ErrorNotice(theme, self)
        # Below the notice: a narrow pane has no room for them beside its details.
        self._remedy, self._settings = QPushButton(self), QPushButton(self.tr("Server settings…"), self)
        self._settings.setAccessibleName(self.tr("Server settings…"))
        self._settings.setToolTip(self.tr("Open the settings of this server"))
        self._settings.clicked.connect(self.settings_requested)
        self._remedy.clicked.connect(self._act)
        sizes = theme.sizes
        self._notice.set_margins(0, sizes.unit)
        row = QHBoxLayout()
        row.setSpacing(sizes.gap)
        for button in (self._remedy, self._settings):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.unit)
        column.addWidget(self._notice)
        column.addLayout(row)

    def show_failure(self, error: AppError) -> None:
        """Tell it with what can be done about it."""
        limit = error.values.get("limit")
        is_too_many = error.code is ErrorCode.SERVER_TOO_MANY_PICTURES
        self._limit = limit if is_too_many and isinstance(limit, int) else 0
        if self._limit > 0:
            action = self.tr("Ask in groups of {limit}").format(limit=self._limit)
        else:
            action = self.tr("Ask again")
        self._notice.show_error(error)
        self._remedy.setText(action)
        self._remedy.setAccessibleName(action)
        self._settings.setVisible(error.code in _MENDED_IN_SETTINGS)

    def _act(self) -> None:
        if self._limit > 0:
            self.groups_requested.emit(self._limit)
        else:
            self.ask_again_requested.emit()
