"""A marked place in words that can be pointed at: the number it has on the picture, and where it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetricsF, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.ui.conversation.markdown.styles import evidence_colour
from desktop_app.ui.theme.contrast import readable_on
from desktop_app.ui.theme.theme import Theme


class MarkButton(QPushButton):
    """Signals:
    pointed(index or -1): the pointer or the keyboard is on it, or has left.
    """

    pointed = Signal(int)

    def __init__(
        self, theme: Theme, index: int, text: str, place: str, parent: QWidget | None = None
    ) -> None:
        """
        Args:
            index: the place in the answer's evidence, from 0.
            place: where it is, in words.
        """
        super().__init__(text, parent)
        self._theme = theme
        self.index = index
        self.setProperty("look", "mark")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Mark {number}: {place}").format(number=index + 1, place=place))
        self.setToolTip("\n".join((self.tr("Show this place on the picture"), place)))
        side = theme.sizes.icon
        self.setIconSize(QSize(side + theme.sizes.unit, side))
        self.setIcon(QIcon(self._chip()))

    def minimumSizeHint(self) -> QSize:
        """The number stays to be seen; the words beside it may be cut."""
        return QSize(2 * self.iconSize().width(), super().minimumSizeHint().height())

    def show_highlighted(self, is_on: bool) -> None:
        """The pointer is on the place on the picture."""
        self.setProperty("pointed", is_on)
        self.style().unpolish(self)
        self.style().polish(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(self.index)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(self.index)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(-1)

    def _chip(self) -> QPixmap:
        """As it stands on the picture: the number on its colour."""
        sizes, ratio, number = self._theme.sizes, self.devicePixelRatioF(), str(self.index + 1)
        font = self._theme.font(sizes.caption, bold=True)
        area = QRectF(0, 0, sizes.icon + sizes.unit, sizes.icon)
        if QFontMetricsF(font).horizontalAdvance(number) > area.width() - 2:
            font.setPixelSize(sizes.caption - 2)
        pixmap = QPixmap(area.size().toSize() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        colour = evidence_colour(self.index)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(area, 3, 3)
        painter.setFont(font)
        painter.setPen(readable_on(colour))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number)
        painter.end()
        return pixmap
