"""The picture under a person's hands: wheel, pinch, drag, double click and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from desktop_app.ui.picture.overlay import NONE
from desktop_app.ui.picture.surface import PictureSurface
from desktop_app.ui.theme.theme import Theme

_KEY_ZOOM = 1.25
_NOTCH_ZOOM = 1.2
"""One notch of a mouse wheel."""
_NOTCH = 120.0
"""What Qt reports for one notch."""
_KEY_PAN = 0.1
"""Share of the area that a key moves the picture by."""


class Canvas(PictureSurface):
    """A picture surface that can be worked with.

    The wheel zooms at the cursor; on a touchpad two fingers move the picture and Ctrl or a pinch zooms.
    Dragging moves the picture; with the space bar held also where a mark is. Double click changes between
    fit and 100 %. Keys: + - and Ctrl+0 or 0 (fit), Ctrl+1 (100 %), Shift and arrows to move, comma and full
    stop to go through the marks. Other keys are left to the parents. While boxes are drawn, the left button
    and the keys that `BoxEditor` knows are theirs.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._pressed_mark = NONE
        self._space_held = False
        self._keys: dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]] = self._key_table()
        self.grabGesture(Qt.GestureType.PinchGesture)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.has_picture:
            event.ignore()
            return
        event.accept()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.phase() != Qt.ScrollPhase.NoScrollPhase and not control:
            moved = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
            self.pan_by(moved.x(), moved.y())
            return
        notches = (event.angleDelta().y() or event.angleDelta().x()) / _NOTCH
        self.zoom_by(_NOTCH_ZOOM**notches, event.position())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._is_for_boxes(cast(QKeyEvent, event)):
            event.accept()  # else Escape, N and the like would be the window's
            return True
        if event.type() == QEvent.Type.NativeGesture:
            gesture = cast(QNativeGestureEvent, event)
            if gesture.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1.0 + gesture.value(), gesture.position())
                return True
        if event.type() == QEvent.Type.Gesture:
            pinch = cast(QGestureEvent, event).gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = self.mapFromGlobal(pinch.centerPoint().toPoint())
                self.zoom_by(pinch.scaleFactor(), QPointF(centre))
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        free = self._space_held or event.button() == Qt.MouseButton.MiddleButton
        if self.boxes.is_active and not free:
            self.boxes.press(event.position(), self.viewport)
            return
        self._pressed_at = event.position()
        self._dragged_from = None
        self._pressed_mark = NONE if free else self.overlay.mark_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.boxes.is_active and self._pressed_at is None:
            self.boxes.drag(event.position(), self.viewport)
            self._set_cursor(self._cursor_for_boxes(event.position()))
            return
        if self._pressed_at is None:
            self.hover(self.overlay.mark_at(event.position()))
            self._choose_cursor()
            return
        if self._dragged_from is None:
            moved = (event.position() - self._pressed_at).manhattanLength()
            if moved < QApplication.startDragDistance():
                return
            self._dragged_from = self._pressed_at
        step = event.position() - self._dragged_from
        self._dragged_from = event.position()
        self._choose_cursor()
        self.pan_by(step.x(), step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.boxes.is_dragging:
            self.boxes.release()
            return
        clicked = self._pressed_mark if self._dragged_from is None else NONE
        self._pressed_at = self._dragged_from = None
        self._pressed_mark = NONE
        self._choose_cursor()
        if clicked != NONE:
            self.zoom_to_mark(clicked)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        is_mark = self.overlay.mark_at(event.position()) != NONE
        if event.button() != Qt.MouseButton.LeftButton or is_mark or self.boxes.is_active:
            return
        if self.viewport.is_fitted and self.viewport.zoom != 1.0:
            self.show_actual_pixels(event.position())
        else:
            self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        self.hover(NONE)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._hold_space(True)
            return
        if self._is_for_boxes(event):
            self.boxes.press_key(event, self.viewport)
            return
        action = self._keys.get((event.key(), _without_keypad(event)))
        if action is None or not self.has_picture:
            super().keyPressEvent(event)
            return
        action()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hold_space(False)
            return
        super().keyReleaseEvent(event)

    def zoom_in(self) -> None:
        self.zoom_by(_KEY_ZOOM)

    def zoom_out(self) -> None:
        self.zoom_by(1 / _KEY_ZOOM)

    def step_mark(self, step: int) -> None:
        """Go to the next (1) or previous (-1) mark, round and round."""
        indexes = [index for index, _ in self.overlay.marks]
        if not indexes or not self.overlay.is_visible:
            return
        now = self.overlay.highlighted
        start = indexes.index(now) if now in indexes else (-1 if step > 0 else 0)
        chosen = indexes[(start + step) % len(indexes)]
        self.hover(chosen)
        self.zoom_to_mark(chosen)

    def _key_table(self) -> dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]]:
        key, modifier = Qt.Key, Qt.KeyboardModifier
        plain, shift, control = modifier.NoModifier, modifier.ShiftModifier, modifier.ControlModifier
        return {
            **{
                (each, held): self.zoom_in
                for each in (key.Key_Plus, key.Key_Equal)
                for held in (plain, shift, control, control | shift)
            },
            (key.Key_Minus, plain): self.zoom_out,
            (key.Key_Minus, control): self.zoom_out,
            (key.Key_0, plain): self.fit,
            (key.Key_0, control): self.fit,
            (key.Key_1, control): self.show_actual_pixels,
            (key.Key_Left, shift): lambda: self._pan_share(1, 0),
            (key.Key_Right, shift): lambda: self._pan_share(-1, 0),
            (key.Key_Up, shift): lambda: self._pan_share(0, 1),
            (key.Key_Down, shift): lambda: self._pan_share(0, -1),
            (key.Key_Up, plain): lambda: self._pan_share(0, 1),
            (key.Key_Down, plain): lambda: self._pan_share(0, -1),
            (key.Key_Period, plain): lambda: self.step_mark(1),
            (key.Key_Comma, plain): lambda: self.step_mark(-1),
        }

    def _pan_share(self, across: int, down: int) -> None:
        self.pan_by(across * self.width() * _KEY_PAN, down * self.height() * _KEY_PAN)

    def _hold_space(self, held: bool) -> None:
        self._space_held = held
        self._choose_cursor()

    def _choose_cursor(self) -> None:
        if self._dragged_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self.overlay.highlighted != NONE and not self._space_held:
            shape = Qt.CursorShape.PointingHandCursor
        elif self.has_picture and (self._space_held or self.viewport.is_larger_than_area):
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        self._set_cursor(shape)

    def _is_for_boxes(self, event: QKeyEvent) -> bool:
        return self.boxes.is_active and self.boxes.knows(event)

    def _cursor_for_boxes(self, at: QPointF) -> Qt.CursorShape:
        if self._space_held:
            return Qt.CursorShape.OpenHandCursor
        return self.cursor().shape() if self.boxes.is_dragging else self.boxes.cursor(at, self.viewport)

    def _set_cursor(self, shape: Qt.CursorShape) -> None:
        if self.cursor().shape() != shape:
            self.setCursor(shape)


def _without_keypad(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The same keys on the number pad do the same."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
