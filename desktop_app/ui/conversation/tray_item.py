"""One numbered thumbnail in the tray."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.pictures import Picture
from desktop_app.ui.conversation.tray_mime import TRAY_MIME
from desktop_app.ui.theme.theme import Theme


class TrayItem(QWidget):
    """One numbered thumbnail.

    Signals:
        move_requested(step): one place to the left (-1) or right (1).
        remove_requested: out of the question.
        chosen: clicked or Enter; show this picture.
    """

    move_requested = Signal(int)
    remove_requested = Signal()
    chosen = Signal()

    def __init__(self, theme: Theme, picture: Picture, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.picture = picture
        self.number = 1
        self._several = False
        self._pixmap: QPixmap | None = None
        self._pressed_at: QPoint | None = None
        edge = theme.sizes.control_height + theme.sizes.margin
        self.setFixedSize(edge, edge)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def set_place(self, number: int, several: bool) -> None:
        """`several`: whether there is an order at all."""
        self.number, self._several = number, several
        name = self.tr("Picture {number}: {name}").format(number=number, name=self.picture.name)
        self.setAccessibleName(name)
        tip = name
        if several:
            tip += "\n" + self.tr("Alt+Left and Alt+Right change the order, Delete takes it out")
        self.setToolTip(tip)
        self.update()

    def set_pixmap(self, pixmap: QPixmap) -> None:
        self._pixmap = pixmap
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        match event.key():
            case Qt.Key.Key_Left if alt:
                self.move_requested.emit(-1)
            case Qt.Key.Key_Right if alt:
                self.move_requested.emit(1)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_requested.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.chosen.emit()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or not self._several:
            return
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if moved >= QApplication.startDragDistance():
            self._pressed_at = None
            drag = QDrag(self)
            data = QMimeData()
            data.setData(TRAY_MIME, str(self.number - 1).encode())
            drag.setMimeData(data)
            drag.setPixmap(self.grab())
            drag.exec(Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is not None and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()
        self._pressed_at = None

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, sizes = self._theme, self._theme.sizes
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = self.rect().adjusted(1, 1, -1, -1)
        painter.fillRect(area, theme.colour("ground"))
        if self._pixmap is not None:
            painter.drawPixmap(_fitted(self._pixmap.size(), area), self._pixmap)
        else:
            theme.icon("image", "text_faint").paint(painter, area.adjusted(8, 8, -8, -8))
        if self._several:
            self._paint_number(painter)
        pen = QPen(theme.colour("accent" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.drawRoundedRect(area, sizes.unit, sizes.unit)
        painter.end()

    def _paint_number(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setFont(theme.font(theme.sizes.caption, bold=True))
        text = str(self.number)
        side = theme.sizes.icon
        width = max(side, painter.fontMetrics().horizontalAdvance(text) + theme.sizes.gap)
        badge = QRect(2, 2, width, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(badge), theme.sizes.unit, theme.sizes.unit)
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _fitted(size: QSize, area: QRect) -> QRect:
    scaled = size.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRect(QPoint(0, 0), scaled)
    fitted.moveCenter(area.center())
    return fitted
