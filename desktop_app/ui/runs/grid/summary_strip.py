"""The bars above the columns of the answer grid: counts of values, small histograms; choosing one filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop_app.domain.runs.row_filters import Between, ColumnFilter, OneOf
from desktop_app.domain.runs.rows import GridColumn
from desktop_app.domain.runs.summaries import Part, Summary
from desktop_app.ui.runs.grid.delegate import tabular
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme

_LINES = 3
"""Values one under the other; more go beside them."""

_HEIGHT_IN_UNITS = 14
_BARS_IN_UNITS = 7
_NARROWEST_IN_UNITS = 15
"""Of a value with its count."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A bar and where it can be hit; without a part it stands for `more` values that found no room."""

    column: GridColumn
    part: Part | None
    rect: QRect
    is_histogram: bool = False
    more: int = 0

    @property
    def name(self) -> tuple[str, object]:
        return self.column.key, None if self.part is None else self.part.wanted


class SummaryStrip(QWidget):
    """Left and Right go from bar to bar, Enter chooses one; with Shift or Ctrl it joins those chosen before.

    Signals:
        chosen(key of the column, `Part`, whether to keep what was chosen before).
        more_wanted(key of the column): not all of its values have room.
    """

    chosen = Signal(str, object, bool)
    more_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        words: GridWords,
        section: Callable[[str], tuple[GridColumn, int, int] | None],
        covered: Callable[[], int],
    ) -> None:
        """
        Args:
            section: a column by its key, with its left edge and width in the strip.
            covered: how much at the left belongs to the pinned column, which has no summary.
        """
        super().__init__()
        self._theme = theme
        self._words = words
        self._section = section
        self._covered = covered
        self._summaries: Sequence[Summary] = ()
        self._filters: Mapping[str, ColumnFilter] = {}
        self._current: tuple[str, object] | None = None
        self._hovered: tuple[str, object] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Summaries of the columns"))
        theme.changed.connect(self.update)

    def show_summaries(self, summaries: Sequence[Summary]) -> None:
        self._summaries = summaries
        self.update()
        self._tell()

    def show_filters(self, filters: Mapping[str, ColumnFilter]) -> None:
        """Mark the bars that are chosen."""
        self._filters = filters
        self.update()

    @property
    def is_empty(self) -> bool:
        return not self._summaries

    def part_rect(self, key: str, number: int) -> QRect:
        """Where a bar is, for whoever points at it."""
        spots = [spot for spot in self._spots() if spot.column.key == key]
        return spots[number].rect

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.sizes.unit * _HEIGHT_IN_UNITS)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        spots = self._spots()
        for spot in spots:
            if spot.is_histogram:
                self._draw_column(painter, spot)
            else:
                self._draw_value(painter, spot)
        for summary in self._summaries:
            if summary.is_histogram:
                self._draw_ends(painter, summary)
        if self.hasFocus():
            self._draw_focus(painter, spots)
        covered, line = self._covered(), self._theme.sizes.hairline
        if covered:
            painter.fillRect(0, 0, covered, self.height(), self._theme.colour("surface"))
            painter.fillRect(covered - line, 0, line, self.height(), self._theme.colour("line"))

    def _draw_value(self, painter: QPainter, spot: _Spot) -> None:
        """The value's name and count on a bar as long as its share of the run."""
        theme, rect = self._theme, spot.rect.adjusted(0, 0, -self._theme.sizes.unit, -1)
        font = tabular(theme.font(theme.sizes.caption))
        painter.setFont(font)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        words = rect.adjusted(theme.sizes.unit, 0, -theme.sizes.unit, 0)
        if spot.part is None:
            painter.setPen(theme.colour("text_soft"))
            painter.drawText(words, flags, self.tr("{count} more…").format(count=spot.more))
            return
        part = spot.part
        is_lit = self._is_chosen(spot) or self._hovered == spot.name
        most = max(1, sum(one.total for one in self._parts(spot.column.key)))
        for count, role in ((part.total, "raised"), (part.shown, "selection" if is_lit else "line")):
            width = max(2, round(rect.width() * count / most)) if count else 0
            painter.fillRect(rect.left(), rect.top(), width, rect.height(), theme.colour(role))
        metrics, figure = QFontMetrics(font), f"{part.shown:,}"
        room = words.width() - metrics.horizontalAdvance(figure) - theme.sizes.unit
        name = metrics.elidedText(
            self._words.option(spot.column, part.value), Qt.TextElideMode.ElideRight, room
        )
        painter.setPen(theme.colour("text" if part.shown else "text_faint"))
        painter.drawText(words, flags, name)
        painter.drawText(words, flags | int(Qt.AlignmentFlag.AlignRight), figure)
        if self._is_chosen(spot):
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), theme.colour("accent"))

    def _draw_column(self, painter: QPainter, spot: _Spot) -> None:
        rect, part = spot.rect, spot.part
        if part is None:
            return
        is_lit = self._is_chosen(spot) or self._hovered == spot.name
        most = max(1, *(one.total for one in self._parts(spot.column.key)))
        for count, role in ((part.total, "line"), (part.shown, "accent" if is_lit else "text_faint")):
            height = max(2, round(rect.height() * count / most)) if count else 0
            top, width = rect.bottom() + 1 - height, max(1, rect.width() - 1)
            painter.fillRect(rect.left(), top, width, height, self._theme.colour(role))
        line = self._theme.sizes.hairline
        painter.fillRect(rect.left(), rect.bottom() + 1, rect.width(), line, self._theme.colour("line"))

    def _draw_ends(self, painter: QPainter, summary: Summary) -> None:
        place = self._inner(summary.key)
        if place is None:
            return
        column, inner = place
        font = tabular(self._theme.font(self._theme.sizes.caption))
        low, high = summary.parts[0].wanted, summary.parts[-1].wanted
        if not isinstance(low, Between) or not isinstance(high, Between):
            return
        words = inner.adjusted(0, self._theme.sizes.unit * (_BARS_IN_UNITS + 2), 0, 0)
        first, last = self._words.bound(column, low.low), self._words.bound(column, high.high)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_faint"))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(f"{first}  {last}") <= words.width():
            painter.drawText(words, left, first)
            painter.drawText(words, right, last)
        else:
            painter.drawText(
                words, left, metrics.elidedText(first, Qt.TextElideMode.ElideRight, words.width())
            )

    def _draw_focus(self, painter: QPainter, spots: Sequence[_Spot]) -> None:
        spot = self._spot(spots)
        if spot is None:
            return
        painter.setPen(QPen(self._theme.colour("accent"), self._theme.sizes.hairline * 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(spot.rect.adjusted(-1, 0, 0, 1))

    def _is_chosen(self, spot: _Spot) -> bool:
        match self._filters.get(spot.column.key), None if spot.part is None else spot.part.wanted:
            case OneOf(values), OneOf(one):
                return one <= values
            case Between(low, high), Between(first, last):
                is_above = low is None or (first is not None and first >= low)  # type: ignore[operator]
                return is_above and (high is None or (last is not None and last <= high))  # type: ignore[operator]
            case _:
                return False

    # Places

    def _spots(self) -> list[_Spot]:
        spots: list[_Spot] = []
        for summary in self._summaries:
            place = self._inner(summary.key)
            if place is None:
                continue
            column, inner = place
            make = self._columns if summary.is_histogram else self._values
            spots += make(column, summary.parts, inner)
        return spots

    def _columns(self, column: GridColumn, parts: Sequence[Part], inner: QRect) -> list[_Spot]:
        """Bars side by side, over the figures at their ends."""
        unit = self._theme.sizes.unit
        top, height = inner.top() + unit, unit * _BARS_IN_UNITS
        edges = [inner.left() + round(inner.width() * n / len(parts)) for n in range(len(parts) + 1)]
        return [
            _Spot(column, part, QRect(left, top, right - left, height), is_histogram=True)
            for part, left, right in zip(parts, edges, edges[1:], strict=False)
        ]

    def _values(self, column: GridColumn, parts: Sequence[Part], inner: QRect) -> list[_Spot]:
        """Values one under the other, a few lines high."""
        narrowest = self._theme.sizes.unit * _NARROWEST_IN_UNITS
        across = max(1, min(-(-len(parts) // _LINES), inner.width() // narrowest))
        room = across * _LINES
        shown = parts if len(parts) <= room else parts[: room - 1]
        width, height = inner.width() // across, inner.height() // _LINES
        rects = [
            QRect(inner.left() + n // _LINES * width, inner.top() + n % _LINES * height, width, height)
            for n in range(room)
        ]
        spots = [_Spot(column, part, rect) for part, rect in zip(shown, rects, strict=False)]
        if len(parts) > room:
            spots.append(_Spot(column, None, rects[-1], more=len(parts) - len(shown)))
        return spots

    def _inner(self, key: str) -> tuple[GridColumn, QRect] | None:
        """A column and the room for its bars."""
        place = self._section(key)
        if place is None:
            return None
        column, left, width = place
        sizes = self._theme.sizes
        return column, QRect(left + sizes.gap, 0, width - 2 * sizes.gap, self.height() - sizes.unit)

    def _parts(self, key: str) -> Sequence[Part]:
        return next((summary.parts for summary in self._summaries if summary.key == key), ())

    def _spot(self, spots: Sequence[_Spot]) -> _Spot | None:
        return next((spot for spot in spots if spot.name == self._current), None)

    def _spot_at(self, place: QPoint) -> _Spot | None:
        if place.x() < self._covered():
            return None
        # What is above and below the bars of a histogram belongs to them.
        return next((spot for spot in self._spots() if _reach(spot, self.height()).contains(place)), None)

    # Hands

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self._spot_at(event.pos())
            QToolTip.showText(event.globalPos(), self._told(spot) if spot is not None else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position().toPoint())
        hovered = None if spot is None else spot.name
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or spot is None:
            return
        self._current = spot.name
        self._choose(spot, event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        spots = self._spots()
        current = self._spot(spots)
        number = spots.index(current) if current is not None else 0
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right if spots:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                self._go(spots[max(0, min(len(spots) - 1, number + step))])
            case Qt.Key.Key_Home if spots:
                self._go(spots[0])
            case Qt.Key.Key_End if spots:
                self._go(spots[-1])
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if current is not None:
                self._choose(current, event.modifiers())
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        spots = self._spots()
        if self._spot(spots) is None and spots:
            self._current = spots[0].name
        self._tell()
        super().focusInEvent(event)

    def _go(self, spot: _Spot) -> None:
        self._current = spot.name
        self.update()
        self._tell()

    def _choose(self, spot: _Spot, held: Qt.KeyboardModifier) -> None:
        if spot.part is None:
            self.more_wanted.emit(spot.column.key)
            return
        keep = bool(held & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        self.chosen.emit(spot.column.key, spot.part, keep)
        self.update()

    def _told(self, spot: _Spot) -> str:
        part, heading = spot.part, self._words.heading(spot.column)
        if part is None:
            return self.tr("{heading}: show all values").format(heading=heading)
        name = f"{heading}: {self._words.part(spot.column, part)}"
        if part.shown == part.total:
            counted = self.tr("{count} pictures").format(count=f"{part.total:,}")
        else:
            words = self.tr("{shown} of {total} pictures")
            counted = words.format(shown=f"{part.shown:,}", total=f"{part.total:,}")
        return f"{name}\n{counted}"

    def _tell(self) -> None:
        """A screen reader says the bar the keyboard is on."""
        spot = self._spot(self._spots())
        words = "" if spot is None else self._told(spot).replace("\n", ", ")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


def _reach(spot: _Spot, height: int) -> QRect:
    rect = QRect(spot.rect)
    if spot.is_histogram:
        rect.setTop(0)
        rect.setBottom(height)
    return rect
