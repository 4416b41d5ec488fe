"""How boxes look while a person draws them: numbered, with grips on the one that is worked with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop_app.domain.geometry import Box, Point
from desktop_app.ui.picture.box_draft import HANDLES, BoxDraft
from desktop_app.ui.picture.box_editor import GRIP, grip_of
from desktop_app.ui.picture.viewport import Viewport
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.theme.tokens import EVIDENCE

_LINE, _CHOSEN_LINE = 2.0, 3.0
_DARK, _LIGHT = QColor(0, 0, 0), QColor(255, 255, 255)


def paint_boxes(painter: QPainter, theme: Theme, draft: BoxDraft, view: Viewport) -> None:
    """Draw all boxes, the chosen one last and with its grips."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    order = sorted(range(len(draft.boxes)), key=lambda number: number == draft.chosen)
    for number in order:
        is_chosen = number == draft.chosen
        colour = QColor(EVIDENCE[number % len(EVIDENCE)])
        area = _on_screen(draft.boxes[number], view)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        line = _CHOSEN_LINE if is_chosen else _LINE
        # With a dark and a light line around it, it reads on whatever lies below.
        for pen, width in ((_DARK, line + 4), (_LIGHT, line + 2), (colour, line)):
            painter.setPen(QPen(pen, width, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(area)
        _paint_number(painter, theme, number + 1, colour, area)
        if is_chosen:
            _paint_grips(painter, draft.boxes[number], view)


def _paint_number(painter: QPainter, theme: Theme, number: int, colour: QColor, area: QRectF) -> None:
    font = theme.font(theme.sizes.caption, bold=True)
    metrics = QFontMetricsF(font)
    width = max(metrics.horizontalAdvance(str(number)) + 2 * theme.sizes.unit, metrics.height())
    tag = QRectF(area.left(), area.top() - metrics.height() - 6, width, metrics.height() + 2)
    if tag.top() < 0:
        tag.moveTop(area.top() + 4)
    painter.setFont(font)
    painter.setPen(QPen(_DARK, 1.0))
    painter.setBrush(colour)
    painter.drawRoundedRect(tag, 3, 3)
    painter.setPen(_DARK if colour.lightnessF() > 0.45 else _LIGHT)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(number))


def _paint_grips(painter: QPainter, box: Box, view: Viewport) -> None:
    painter.setPen(QPen(_DARK, 1.0))
    painter.setBrush(_LIGHT)
    for edges in HANDLES:
        middle = grip_of(box, edges, view)
        painter.drawRect(QRectF(middle.x() - GRIP / 2, middle.y() - GRIP / 2, GRIP, GRIP))


def _on_screen(box: Box, view: Viewport) -> QRectF:
    first, last = view.to_screen(Point(box.left, box.top)), view.to_screen(Point(box.right, box.bottom))
    return QRectF(QPointF(first.x, first.y), QPointF(last.x, last.y))
