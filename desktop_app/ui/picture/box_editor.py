"""Boxes under a person's hands, on the picture: drawn, moved and resized with the mouse or with keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.ui.picture.box_draft import CORNERS, HANDLES, BoxDraft, Edge
from desktop_app.ui.picture.viewport import Viewport

GRIP = 8.0
"""How near the pointer must come to a side to take it, in device-independent pixels."""

_LEAST_DRAG = 4.0
_FAST = 10
"""Ctrl makes keys go this many times as far."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_DIAGONAL = (Edge.LEFT | Edge.TOP, Edge.RIGHT | Edge.BOTTOM)


@dataclass(frozen=True, slots=True)
class _Drag:
    """What the mouse does: `edges` are pulled, none moves the box; `draft` is how it was before."""

    draft: BoxDraft
    start: Point
    edges: Edge | None = None
    is_new: bool = False


class BoxEditor(QObject):
    """Holds the boxes while they are worked with; the canvas hands it mouse and keys and draws what it holds.

    Keys: arrows move the chosen box, with Shift its right and lower side, with Ctrl ten times as far; comma
    and full stop choose another box, N or Insert makes one, Delete removes it, Ctrl+Z and Ctrl+Y undo and
    redo, Enter takes the boxes and Escape leaves them as they were.

    Signals:
        changed: other boxes, or another one is chosen.
        refused: there is no room for one more box.
        taken, left: the person is done.
    """

    changed = Signal()
    refused = Signal()
    taken = Signal()
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_active = False
        self.draft = BoxDraft(Size(1, 1), 1)
        self._first = self.draft
        self._done: list[BoxDraft] = []
        self._undone: list[BoxDraft] = []
        self._drag: _Drag | None = None
        self._keys: dict[int, Callable[[Viewport], None]] = {
            Qt.Key.Key_Period: lambda view: self._choose(self.draft.stepped(1)),
            Qt.Key.Key_Comma: lambda view: self._choose(self.draft.stepped(-1)),
            Qt.Key.Key_N: self.add,
            Qt.Key.Key_Insert: self.add,
            Qt.Key.Key_Delete: lambda view: self.remove(),
            Qt.Key.Key_Backspace: lambda view: self.remove(),
            Qt.Key.Key_Return: lambda view: self.taken.emit(),
            Qt.Key.Key_Enter: lambda view: self.taken.emit(),
            Qt.Key.Key_Escape: lambda view: self._escape(),
        }

    def begin(self, picture: Size, boxes: Sequence[Box], most: int) -> None:
        """Work with these boxes; the first one is chosen."""
        self.draft = self._first = BoxDraft(picture, most, tuple(boxes), 0 if boxes else None)
        self._done, self._undone, self._drag = [], [], None
        self.is_active = True
        self.changed.emit()

    def end(self) -> None:
        self.is_active, self._drag = False, None
        self.changed.emit()

    @property
    def is_dragging(self) -> bool:
        return self._drag is not None

    @property
    def is_changed(self) -> bool:
        """Whether the boxes are others than at the beginning."""
        return self.draft.boxes != self._first.boxes

    def set_numbers(self, box: Box) -> None:
        """The chosen box was written in numbers; without one it is a new box."""
        self._do(self.draft.with_new(box) if self.draft.chosen is None else self.draft.changed(box))

    # Mouse

    def press(self, at: QPointF, view: Viewport) -> None:
        """Take a side or a corner of the chosen box, or a box; beside them begin a new one."""
        place = view.to_picture(Point(at.x(), at.y()))
        edges = self._edges_at(at, view)
        if edges is not None:
            self._drag = _Drag(self.draft, place, edges)
            return
        index = self.draft.box_at(place)
        if index is not None:
            self._choose(self.draft.choosing(index))
            self._drag = _Drag(self.draft, place)
        else:
            self._drag = _Drag(self.draft, place.clamped(self.draft.picture), is_new=True)

    def drag(self, at: QPointF, view: Viewport) -> None:
        """The mouse was moved with its button down."""
        drag = self._drag
        if drag is None:
            return
        to = view.to_picture(Point(at.x(), at.y()))
        if drag.is_new:
            far = max(abs(to.x - drag.start.x), abs(to.y - drag.start.y)) * view.scale
            if far < _LEAST_DRAG:
                return
            if drag.draft.is_full and drag.draft.most > 1:
                self._drag = None
                self.refused.emit()
                return
            self._show(drag.draft.with_new(Box(drag.start.x, drag.start.y, to.x, to.y)))
        elif drag.edges is None:
            self._show(drag.draft.moved(to.x - drag.start.x, to.y - drag.start.y))
        else:
            self._show(drag.draft.resized(drag.edges, to))

    def release(self) -> None:
        """The button was let go; a click beside all boxes chooses none."""
        drag, self._drag = self._drag, None
        if drag is None:
            return
        if self.draft.boxes != drag.draft.boxes:
            self._done.append(drag.draft)
            self._undone.clear()
        elif drag.is_new:
            self._choose(self.draft.choosing(None))

    def cursor(self, at: QPointF, view: Viewport) -> Qt.CursorShape:
        """What the pointer would do here."""
        edges = self._edges_at(at, view)
        if edges in _DIAGONAL:
            return Qt.CursorShape.SizeFDiagCursor
        if edges in CORNERS:
            return Qt.CursorShape.SizeBDiagCursor
        if edges in (Edge.LEFT, Edge.RIGHT):
            return Qt.CursorShape.SizeHorCursor
        if edges is not None:
            return Qt.CursorShape.SizeVerCursor
        place = view.to_picture(Point(at.x(), at.y()))
        if self.draft.box_at(place) is not None:
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.CrossCursor

    # Keys

    def knows(self, event: QKeyEvent) -> bool:
        """Whether the key is one of the editor's own."""
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
            return bool(event.modifiers() & control)
        if event.key() in _ARROWS:
            return not event.modifiers() & Qt.KeyboardModifier.AltModifier
        return event.key() in self._keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def press_key(self, event: QKeyEvent, view: Viewport) -> None:
        """A key that it knows."""
        held = event.modifiers()
        if event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
            forward = event.key() == Qt.Key.Key_Y or bool(held & Qt.KeyboardModifier.ShiftModifier)
            (self._redo if forward else self._undo)()
        elif event.key() in _ARROWS:
            # A pixel of the screen, and at least one of the picture.
            times = _FAST if held & Qt.KeyboardModifier.ControlModifier else 1
            step = times * max(1, round(1 / view.scale))
            across, down = _ARROWS[Qt.Key(event.key())]
            self._go(across * step, down * step, bool(held & Qt.KeyboardModifier.ShiftModifier))
        else:
            self._keys[event.key()](view)

    def _go(self, dx: int, dy: int, is_size: bool) -> None:
        box = self.draft.box
        if box is None:
            return
        if not is_size:
            self._do(self.draft.moved(dx, dy))
            return
        corner = Point(max(box.right + dx, box.left + 1), max(box.bottom + dy, box.top + 1))
        self._do(self.draft.resized(Edge.RIGHT | Edge.BOTTOM, corner))

    def add(self, view: Viewport) -> None:
        """A new box in the middle of what is seen."""
        if self.draft.is_full and self.draft.most > 1:
            self.refused.emit()
            return
        seen = view.visible()
        across, down = seen.width / 3, seen.height / 3
        sides = (seen.left + across, seen.top + down, seen.right - across, seen.bottom - down)
        self._do(self.draft.with_new(Box(*map(round, sides))))

    def remove(self) -> None:
        """The chosen box is not wanted."""
        self._do(self.draft.without_chosen())

    def _escape(self) -> None:
        drag, self._drag = self._drag, None
        if drag is not None:
            self._show(drag.draft)
        else:
            self.left.emit()

    def _do(self, draft: BoxDraft) -> None:
        if draft != self.draft:
            self._done.append(self.draft)
            self._undone.clear()
            self._show(draft)

    def _undo(self) -> None:
        if self._done:
            self._undone.append(self.draft)
            self._show(self._done.pop())

    def _redo(self) -> None:
        if self._undone:
            self._done.append(self.draft)
            self._show(self._undone.pop())

    def _choose(self, draft: BoxDraft) -> None:
        """Choosing is nothing to be undone."""
        self._show(draft)

    def _show(self, draft: BoxDraft) -> None:
        if draft != self.draft:
            self.draft = draft
            self.changed.emit()

    def _edges_at(self, at: QPointF, view: Viewport) -> Edge | None:
        """The sides of the chosen box that are under the pointer."""
        box = self.draft.box
        if box is None:
            return None
        for edges in HANDLES:
            grip = grip_of(box, edges, view)
            if abs(grip.x() - at.x()) <= GRIP and abs(grip.y() - at.y()) <= GRIP:
                return edges
        return None


def grip_of(box: Box, edges: Edge, view: Viewport) -> QPointF:
    """Where on the screen a box is taken by these sides: a corner, or the middle of a side."""
    x = box.left if Edge.LEFT in edges else box.right if Edge.RIGHT in edges else (box.left + box.right) / 2
    y = box.top if Edge.TOP in edges else box.bottom if Edge.BOTTOM in edges else (box.top + box.bottom) / 2
    place = view.to_screen(Point(x, y))
    return QPointF(place.x, place.y)
