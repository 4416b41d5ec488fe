"""A line of text that gives way: what does not fit is replaced by an ellipsis and told in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget


class ElidedLabel(QLabel):
    """A label of plain text that may become as narrow as it must."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str, short: str = "") -> None:
        """Show `text`, which is also the accessible name; `short` instead where `text` does not fit."""
        self._short = short
        self.setText(text)
        self.setAccessibleName(text)
        self._tell_all()

    @property
    def least_width(self) -> int:
        """The room in which it says all it has to, in its shorter words where there are some."""
        return self.fontMetrics().horizontalAdvance(self._short or self.text())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        rect = self.contentsRect()
        self.style().drawItemText(
            painter,
            rect,
            int(self.alignment()),
            option.palette,
            bool(option.state & QStyle.StateFlag.State_Enabled),
            self.fontMetrics().elidedText(self._fitting(), Qt.TextElideMode.ElideRight, rect.width()),
            self.foregroundRole(),
        )

    def _fitting(self) -> str:
        return self._short if self._short and self._is_cut() else self.text()

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def _tell_all(self) -> None:
        self.setToolTip(self.text() if self._is_cut() else "")
