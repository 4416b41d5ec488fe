"""Draws one tile: picture, name, mark of the answer, and why there is no picture."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.pictures import FolderEntry
from desktop_app.ui.gallery.item_model import GalleryRole
from desktop_app.ui.gallery.pixmap_cache import PixmapCache
from desktop_app.ui.theme.theme import Theme

MARKS: dict[AnswerState, tuple[str, str]] = {
    AnswerState.STREAMING: ("loader-circle", "accent"),
    AnswerState.DONE: ("circle-check", "good"),
    AnswerState.STOPPED: ("circle-pause", "warn"),
    AnswerState.INTERRUPTED: ("circle-alert", "warn"),
    AnswerState.FAILED: ("circle-x", "bad"),
}
"""Icon and colour role of each state: never the colour alone."""


class TileDelegate(QStyledItemDelegate):
    """Colours, sizes and fonts come from the theme.

    Attributes:
        picture_side: of the square for the picture; the view sets it when its width changes.
    """

    def __init__(self, theme: Theme, pixmaps: PixmapCache) -> None:
        super().__init__()
        self._theme = theme
        self._pixmaps = pixmaps
        self.picture_side = 0

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(GalleryRole.ENTRY)
        if entry is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._draw_ground(painter, cell, state)
        square = self._square(cell)
        self._draw_picture(painter, square, entry, index)
        self._draw_mark(painter, square, index.data(GalleryRole.STATE) or "")
        self._draw_name(painter, cell, square, str(index.data(Qt.ItemDataRole.DisplayRole)), state)
        self._draw_focus(painter, cell, state)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        rect: QRect = option.rect
        return rect.size()

    def _square(self, cell: QRect) -> QRect:
        side = self.picture_side
        return QRect(cell.left() + (cell.width() - side) // 2, cell.top() + self._theme.sizes.gap, side, side)

    def _draw_ground(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection" if selected else "raised"))
            painter.drawRoundedRect(self._inner(cell), self._theme.sizes.corner, self._theme.sizes.corner)

    def _draw_focus(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag) -> None:
        if not state & QStyle.StateFlag.State_HasFocus:
            return
        width = 2 * self._theme.sizes.hairline
        painter.setPen(QPen(self._theme.colour("accent"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = self._inner(cell).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inside, self._theme.sizes.corner, self._theme.sizes.corner)

    def _inner(self, cell: QRect) -> QRectF:
        half = self._theme.sizes.unit // 2
        return QRectF(cell.adjusted(half, half, -half, -half))

    def _draw_picture(
        self,
        painter: QPainter,
        square: QRect,
        entry: FolderEntry,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._pixmaps.fitted(entry, square.width(), ratio)
        if pixmap is not None:
            width, height = pixmap.width() / ratio, pixmap.height() / ratio
            left = square.left() + (square.width() - width) / 2
            top = square.top() + (square.height() - height) / 2
            painter.drawPixmap(round(left), round(top), pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("ground"))
        painter.drawRoundedRect(square, self._theme.sizes.corner, self._theme.sizes.corner)
        sentence = str(index.data(GalleryRole.ERROR) or "")
        if sentence:
            self._draw_error(painter, square, sentence)
        else:
            self._draw_icon(painter, "image", "line", square.center().x(), square.center().y())

    def _draw_error(self, painter: QPainter, square: QRect, sentence: str) -> None:
        sizes = self._theme.sizes
        inside = square.adjusted(sizes.gap, sizes.gap, -sizes.gap, -sizes.gap)
        self._draw_icon(painter, "image-off", "text_soft", square.center().x(), inside.top() + sizes.icon)
        font = self._theme.font(sizes.caption)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_soft"))
        words = inside.adjusted(0, 2 * sizes.icon, 0, 0)
        lines = _wrapped(sentence, QFontMetrics(font), words.width(), words.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, "\n".join(lines))

    def _draw_mark(self, painter: QPainter, square: QRect, state: str) -> None:
        if not state:
            return
        icon, role = MARKS[AnswerState(state)]
        sizes = self._theme.sizes
        radius = sizes.icon // 2 + sizes.unit // 2
        x, y = square.right() - radius - sizes.unit, square.top() + radius + sizes.unit
        # A disc of the pane's own colour, so that the mark can be told on any picture.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface"))
        painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        self._draw_icon(painter, icon, role, x, y)

    def _draw_icon(self, painter: QPainter, name: str, role: str, x: int, y: int) -> None:
        side = self._theme.sizes.icon
        self._theme.icon(name, role).paint(painter, x - side // 2, y - side // 2, side, side)

    def _draw_name(
        self, painter: QPainter, cell: QRect, square: QRect, name: str, state: QStyle.StateFlag
    ) -> None:
        sizes = self._theme.sizes
        font = self._theme.font(sizes.caption)
        place = QRect(
            cell.left() + sizes.gap,
            square.bottom() + 1,
            cell.width() - 2 * sizes.gap,
            cell.bottom() - square.bottom() - sizes.unit // 2,
        )
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text" if is_selected else "text_soft"))
        elided = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, elided)


def _wrapped(text: str, metrics: QFontMetrics, width: int, height: int) -> list[str]:
    """Lines that fit, the last one shortened; long words such as file names are shortened in the middle."""
    most = max(1, height // metrics.lineSpacing())
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line = words.pop(0)
        if len(lines) == most - 1:
            lines.append(metrics.elidedText(" ".join([line, *words]), Qt.TextElideMode.ElideRight, width))
            break
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= width:
            line += f" {words.pop(0)}"
        if metrics.horizontalAdvance(line) > width and not line.isascii():
            line, rest = _broken(line, metrics, width)
            words.insert(0, rest)
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, width))
    return lines


def _broken(line: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Chinese has no blanks to break at: any character will do."""
    fitting = next(
        n for n in range(len(line), 0, -1) if n == 1 or metrics.horizontalAdvance(line[:n]) <= width
    )
    return line[:fitting], line[fitting:]
