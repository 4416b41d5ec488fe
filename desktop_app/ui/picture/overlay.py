"""Evidence drawn over the picture: numbered boxes and points that read on bright and on dark pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Point
from desktop_app.ui.picture.viewport import Viewport
from desktop_app.ui.theme.contrast import contrast
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.theme.tokens import EVIDENCE, EVIDENCE_OUTLINES

NONE = -1
"""No mark."""

_LINE, _CHOSEN_LINE, _OUTLINE = 2.0, 4.0, 1.0
"""Even widths on whole positions give sharp edges, also to the outline on both sides."""
_FADED = 0.4
_FILL = 0.18
_TAGS_LIMIT = 200
"""Above this many marks, numbers appear only on the one that is pointed at."""


@dataclass(frozen=True, slots=True)
class _Look:
    colour: QColor
    outline: QColor
    outer: QColor


@dataclass(slots=True)
class _Placed:
    """A mark where it was last drawn, in screen positions."""

    index: int
    number: int
    evidence: Evidence
    area: QRectF
    tag: QRectF | None = None


class EvidenceOverlay:
    """Holds the marks of the picture on screen, paints them and says which one is under the cursor."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._marks: tuple[tuple[int, Evidence], ...] = ()
        self._placed: list[_Placed] = []
        self._looks = tuple(_look(colour) for colour in EVIDENCE)
        self.highlighted = NONE
        self.is_visible = True

    @property
    def marks(self) -> tuple[tuple[int, Evidence], ...]:
        """Index in the answer's evidence, and the evidence."""
        return self._marks

    def set_marks(self, marks: Sequence[tuple[int, Evidence]]) -> None:
        self._marks = tuple(marks)
        self._placed = []
        if all(index != self.highlighted for index, _ in self._marks):
            self.highlighted = NONE

    def box_of(self, index: int) -> Box | None:
        """Where a mark is in the picture; a point counts as an empty box."""
        found = next((evidence for own, evidence in self._marks if own == index), None)
        return _box(found) if found is not None else None

    def mark_at(self, at: QPointF) -> int:
        """Index of the mark under a screen position or `NONE`; number tags first, then the smallest box."""
        if not self.is_visible:
            return NONE
        for placed in self._placed:
            if placed.tag is not None and placed.tag.contains(at):
                return placed.index
        under = [placed for placed in self._placed if placed.area.contains(at)]
        if not under:
            return NONE
        return min(under, key=lambda placed: placed.area.width() * placed.area.height()).index

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Draw all marks that are inside the area."""
        self._placed = []
        if not self.is_visible or not self._marks:
            return
        screen = QRectF(0, 0, view.area_width, view.area_height)
        for index, evidence in self._marks:
            area = self._screen_area(evidence, view)
            if area.intersects(screen):
                self._placed.append(_Placed(index, index + 1, evidence, area))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_shapes(painter)
        self._paint_tags(painter, screen)
        self._paint_label(painter, screen)

    def _screen_area(self, evidence: Evidence, view: Viewport) -> QRectF:
        """The mark on the screen, never smaller than what a cursor can hit."""
        box = _box(evidence)
        first = view.to_screen(Point(box.left, box.top))
        last = view.to_screen(Point(box.right, box.bottom))
        area = QRectF(QPointF(first.x, first.y), QPointF(last.x, last.y))
        least = float(self._theme.sizes.margin if evidence.point is not None else self._theme.sizes.unit)
        wider, taller = max(least - area.width(), 0.0) / 2, max(least - area.height(), 0.0) / 2
        return area.adjusted(-wider, -taller, wider, taller)

    def _paint_shapes(self, painter: QPainter) -> None:
        for placed in sorted(self._placed, key=lambda each: each.index == self.highlighted):
            look, chosen = self._look(placed), placed.index == self.highlighted
            painter.setOpacity(self._opacity(placed))
            if self._is_line(placed) and not chosen:
                self._paint_line_of_text(painter, placed.area, look)
                continue
            line = _CHOSEN_LINE if chosen and not self._is_line(placed) else _LINE
            if chosen:
                fill = QColor(look.colour)
                fill.setAlphaF(_FILL)
                painter.fillRect(placed.area, fill)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # With one light and one dark line around it, a mark reads at 4.5:1 on whatever lies below.
            for colour, width in (
                (look.outer, line + 4 * _OUTLINE),
                (look.outline, line + 2 * _OUTLINE),
                (look.colour, line),
            ):
                pen = QPen(colour, width)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                painter.setPen(pen)
                if placed.evidence.point is not None:
                    painter.drawEllipse(placed.area)
                else:
                    # Outside the marked place, so that the lines do not cover what they mark.
                    painter.drawRect(placed.area.toRect().adjusted(-2, -2, 2, 2))
        painter.setOpacity(1.0)

    def _paint_line_of_text(self, painter: QPainter, area: QRectF, look: _Look) -> None:
        """A tint and a line below: lines of text lie so close that frames would cover their neighbours."""
        tint = QColor(look.colour)
        tint.setAlphaF(_FILL)
        painter.fillRect(area, tint)
        painter.setPen(QPen(look.colour, _LINE))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.bottomLeft())

    def _is_line(self, placed: _Placed) -> bool:
        """Whether this looks like a line of text on the screen."""
        sizes = self._theme.sizes
        return placed.evidence.point is None and placed.area.height() < sizes.control_height + sizes.unit

    def _paint_tags(self, painter: QPainter, screen: QRectF) -> None:
        """Numbers beside their marks; one that would cover another's number waits for its turn."""
        font = self._theme.font(self._theme.sizes.caption, bold=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        taken: list[QRectF] = []
        many = len(self._placed) > _TAGS_LIMIT
        for placed in sorted(self._placed, key=lambda each: each.index != self.highlighted):
            if many and placed.index != self.highlighted:
                continue
            tag = self._tag_place(placed, metrics, screen, taken)
            if tag is None:
                continue
            taken.append(tag)
            placed.tag = tag
            self._paint_tag(painter, placed, tag)
        painter.setOpacity(1.0)

    def _tag_place(
        self, placed: _Placed, metrics: QFontMetricsF, screen: QRectF, taken: list[QRectF]
    ) -> QRectF | None:
        unit = float(self._theme.sizes.unit)
        width = metrics.horizontalAdvance(str(placed.number)) + 2 * unit
        size = QSizeF(max(width, metrics.height()), metrics.height() + 2)
        area = placed.area.intersected(screen)
        above = (area.left() - 1, placed.area.top() - size.height() - 1)
        before = (area.left() - size.width() - 2, placed.area.center().y() - size.height() / 2)
        after = (placed.area.right() + 2, before[1])
        below = (area.left() - 1, placed.area.bottom() + 2)
        corner = (area.left() + 2, area.top() + 2)
        # Lines of text lie close above each other: a number over one would hide the other.
        is_line = self._is_line(placed)
        places = (before, after, above, below) if is_line else (above, before, after, below, corner)
        for left, top in places:
            tag = QRectF(QPointF(left, top), size)
            if screen.contains(tag) and not any(tag.intersects(other) for other in taken):
                return tag
        return None

    def _paint_tag(self, painter: QPainter, placed: _Placed, tag: QRectF) -> None:
        look = self._look(placed)
        painter.setOpacity(self._opacity(placed))
        painter.setPen(QPen(look.outline, 1.0))
        painter.setBrush(look.colour)
        painter.drawRoundedRect(tag, 3, 3)
        painter.setPen(look.outline)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(placed.number))

    def _paint_label(self, painter: QPainter, screen: QRectF) -> None:
        """The words of the mark that is pointed at, on the theme's own surface."""
        placed = next((each for each in self._placed if each.index == self.highlighted), None)
        if placed is None or not placed.evidence.label.strip():
            return
        sizes = self._theme.sizes
        font = self._theme.font(sizes.secondary)
        metrics = QFontMetricsF(font)
        room = max(screen.width() - 4 * sizes.gap, 0.0)
        words = " ".join(placed.evidence.label.split())
        text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        size = QSizeF(metrics.horizontalAdvance(text) + 2 * sizes.gap, metrics.height() + 2 * sizes.unit)
        chip = QRectF(self._label_place(placed, size, screen), size)
        painter.setPen(QPen(self._theme.colour("line"), 1.0))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(chip, sizes.corner, sizes.corner)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)

    def _label_place(self, placed: _Placed, size: QSizeF, screen: QRectF) -> QPointF:
        """Below the mark; above it (over the tag) or inside when there is no room."""
        gap = float(self._theme.sizes.unit)
        tag_height = placed.tag.height() if placed.tag is not None else 0.0
        top = placed.area.bottom() + gap
        if top + size.height() > screen.bottom():
            top = placed.area.top() - tag_height - size.height() - gap
        if top < screen.top():
            top = max(min(placed.area.bottom(), screen.bottom()) - size.height() - gap, screen.top())
        left = min(max(placed.area.left(), screen.left() + gap), screen.right() - size.width() - gap)
        return QPointF(max(left, screen.left()), top)

    def _look(self, placed: _Placed) -> _Look:
        return self._looks[placed.index % len(self._looks)]

    def _opacity(self, placed: _Placed) -> float:
        return 1.0 if self.highlighted in (NONE, placed.index) else _FADED


def _box(evidence: Evidence) -> Box:
    if evidence.box is not None:
        return evidence.box.normalised()
    point = evidence.point if evidence.point is not None else Point(0.0, 0.0)
    return Box(point.x, point.y, point.x, point.y)


def _look(colour: str) -> _Look:
    fill = QColor(colour)
    outer, outline = sorted(
        (QColor(each) for each in EVIDENCE_OUTLINES), key=lambda each: contrast(fill, each)
    )
    return _Look(fill, outline, outer)
