"""The surface a picture is drawn on: zoom, pan and evidence.

Own painting instead of QGraphicsView: one picture and its marks need no scene, and choosing the version to
draw from keeps a 24-megapixel picture under 10 ms a frame.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.ui.picture.box_editor import BoxEditor
from desktop_app.ui.picture.box_painter import paint_boxes
from desktop_app.ui.picture.overlay import NONE, EvidenceOverlay
from desktop_app.ui.picture.pixels import PicturePixels, combined
from desktop_app.ui.picture.viewport import Viewport
from desktop_app.ui.theme.theme import Theme

_SQUARES_FROM = 3.0
"""From this zoom on picture pixels are drawn as squares, so that what is in the file can be told from what
smoothing would invent."""

_ENOUGH = 1.02
"""A version is asked for when the screen has this many times the pixels of the one at hand."""


class PictureSurface(QWidget):
    """Shows one picture.

    Signals:
        view_changed: zoom or position changed.
        detail_wanted: the screen could show more pixels than there are.
        evidence_hovered: index of the mark under the cursor, -1 for none.
    """

    view_changed = Signal()
    detail_wanted = Signal()
    evidence_hovered = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixels: PicturePixels | None = None
        self._view = Viewport(Size(1, 1), 1.0, 1.0)
        self._shows_focus = False
        self.overlay = EvidenceOverlay(theme)
        self.boxes = BoxEditor(self)
        self.boxes.changed.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.update)

    # What is shown

    @property
    def has_picture(self) -> bool:
        return self._pixels is not None

    @property
    def viewport(self) -> Viewport:
        """Where the picture lies now."""
        return self._view

    @property
    def screen_size(self) -> Size:
        """Size of the area in device pixels."""
        ratio = self.devicePixelRatioF()
        return Size(max(round(self.width() * ratio), 1), max(round(self.height() * ratio), 1))

    def set_picture(self, pixels: PicturePixels, original: Size, *, keep_view: bool = False) -> None:
        """Show a picture, fitted; with `keep_view` (the same picture, read again) zoom and place stay."""
        self._pixels = pixels
        if not keep_view or original != self._view.picture:
            self._view = self._fresh_view(original)
        self._changed()

    def add_pixels(self, pixels: PicturePixels) -> None:
        """More pixels of the picture on screen; nothing moves."""
        if self._pixels is not None:
            self._pixels = combined(self._pixels, pixels)
            self._changed()

    def clear(self) -> None:
        """Show the ground alone."""
        self._pixels = None
        self._view = self._fresh_view(Size(1, 1))
        self.set_evidence(())
        self._changed()

    # Evidence

    def set_evidence(self, marks: Sequence[tuple[int, Evidence]]) -> None:
        """Replace the marks: index in the answer's evidence, and the evidence."""
        pointed_at = self.overlay.highlighted
        self.overlay.set_marks(marks)
        if self.overlay.highlighted != pointed_at:
            self.evidence_hovered.emit(self.overlay.highlighted)
        self.setAccessibleDescription(
            "; ".join(f"{index + 1} {evidence.label}" for index, evidence in self.overlay.marks)
        )
        self.update()

    def highlight(self, index: int) -> None:
        """Point out one mark; none for -1 and for a mark that is not on this picture."""
        index = index if self.overlay.box_of(index) is not None else NONE
        if index != self.overlay.highlighted:
            self.overlay.highlighted = index
            self.update()

    def show_evidence(self, shown: bool) -> None:
        self.overlay.is_visible = shown
        self.update()

    def hover(self, index: int) -> None:
        """The cursor or the keyboard is on a mark now."""
        if index != self.overlay.highlighted:
            self.highlight(index)
            self.evidence_hovered.emit(index)

    def zoom_to_mark(self, index: int) -> None:
        """Bring a mark into the middle, large enough to be judged."""
        box = self.overlay.box_of(index)
        if box is not None and self.has_picture:
            self.set_view(self._view.showing(box))

    # Zoom and pan

    def set_view(self, view: Viewport) -> None:
        if view != self._view and self.has_picture:
            self._view = view
            self._changed()

    def fit(self) -> None:
        self.set_view(self._view.fitted())

    def show_actual_pixels(self, at: QPointF | None = None) -> None:
        """100 %: one picture pixel on one pixel of the screen."""
        self.set_view(self._view.zoomed(1.0, _point(at)))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom with the position `at` held in place (None: the middle)."""
        self.set_view(self._view.zoomed(self._view.zoom * factor, _point(at)))

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the picture by device-independent pixels."""
        self.set_view(self._view.panned(dx, dy))

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._area_changed()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._area_changed()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        keyboard = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._shows_focus = event.reason() in keyboard
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = False
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("ground"))
        if self._pixels is not None:
            self._paint_picture(painter, self._pixels)
            if self.boxes.is_active:
                paint_boxes(painter, self._theme, self.boxes.draft, self._view)
            else:
                self.overlay.paint(painter, self._view)
        if self._shows_focus:
            self._paint_focus(painter, self._theme.colour("accent"))
        painter.end()

    # Inner workings

    def _fresh_view(self, original: Size) -> Viewport:
        return Viewport(original, self.width(), self.height(), self.devicePixelRatioF()).fitted()

    def _area_changed(self) -> None:
        self._view = self._view.resized(self.width(), self.height(), self.devicePixelRatioF())
        self._changed()

    def _changed(self) -> None:
        self.update()
        self.view_changed.emit()
        if self._pixels is not None and self._wants_detail(self._pixels):
            self.detail_wanted.emit()

    def _wants_detail(self, pixels: PicturePixels) -> bool:
        wanted = self._view.wanted_pixels
        have = pixels.size
        return have != self._view.picture and (
            wanted.width > have.width * _ENOUGH + 2 or wanted.height > have.height * _ENOUGH + 2
        )

    def _paint_picture(self, painter: QPainter, pixels: PicturePixels) -> None:
        view = self._view
        level = pixels.level_for(view.wanted_pixels.width)
        across, down = level.width() / view.picture.width, level.height() / view.picture.height
        source = _whole_pixels(view.visible(), across, down, level)
        first = view.to_screen(Point(source.left() / across, source.top() / down))
        last = view.to_screen(Point(source.right() / across, source.bottom() / down))
        target = QRectF(QPointF(first.x, first.y), QPointF(last.x, last.y))
        target = _on_device_pixels(target, source, view.ratio)
        squares = view.zoom >= _SQUARES_FROM and level.width() == view.picture.width
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not squares)
        painter.drawImage(target, level, source)

    def _paint_focus(self, painter: QPainter, colour: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour, self._theme.sizes.hairline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _point(at: QPointF | None) -> Point | None:
    return Point(at.x(), at.y()) if at is not None else None


def _whole_pixels(visible: Box, across: float, down: float, level: QImage) -> QRectF:
    """The visible part in pixels of a version, widened to whole ones so that no edge pixel is cut."""
    left = max(int(visible.left * across) - 1, 0)
    top = max(int(visible.top * down) - 1, 0)
    right = min(int(visible.right * across) + 2, level.width())
    bottom = min(int(visible.bottom * down) + 2, level.height())
    return QRectF(left, top, max(right - left, 1), max(bottom - top, 1))


def _on_device_pixels(target: QRectF, source: QRectF, ratio: float) -> QRectF:
    """When version pixels and screen pixels are as good as one to one, lay them exactly on each other."""
    width, height = target.width() * ratio, target.height() * ratio
    if abs(width - source.width()) > 1.0 or abs(height - source.height()) > 1.0:
        return target
    left, top = round(target.left() * ratio), round(target.top() * ratio)
    return QRectF(left / ratio, top / ratio, source.width() / ratio, source.height() / ratio)
