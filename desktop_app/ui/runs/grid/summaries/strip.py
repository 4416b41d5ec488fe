"""The bars above the columns of the answer grid: counts of values, small histograms; choosing one filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop_app.domain.runs.row_filters import ColumnFilter
from desktop_app.domain.runs.rows import GridColumn
from desktop_app.domain.runs.summaries import Summary, is_part_chosen
from desktop_app.ui.runs.grid.summaries.painter import SummaryPainter
from desktop_app.ui.runs.grid.summaries.spots import Spot, height_of, spots_of
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme


class SummaryStrip(QWidget):
    """Left and Right go from bar to bar, Enter chooses one; with Shift or Ctrl it joins those chosen before.

    Signals:
        chosen(key of the column, `Part`, whether to keep what was chosen before).
        more_wanted(key of the column): not all of its values have room.
        reached(key of the column): the keyboard went to one of its bars.
    """

    chosen = Signal(str, object, bool)
    more_wanted = Signal(str)
    reached = Signal(str)

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
        self._painter = SummaryPainter(theme, words)
        self._summaries: Sequence[Summary] = ()
        self._height = 0
        self._filters: Mapping[str, ColumnFilter] = {}
        self._current: tuple[str, object] | None = None
        self._hovered: tuple[str, object] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Summaries of the columns"))
        theme.changed.connect(self.update)

    def show_summaries(self, summaries: Sequence[Summary]) -> None:
        """Without any, as while another run is read, its height stays: the rows do not jump twice."""
        self._summaries = summaries
        if summaries:
            self._height = height_of(summaries, self._theme.sizes.unit)
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
        return QSize(0, self._height)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        spots = self._spots()
        summaries = {summary.key: summary for summary in self._summaries}
        for spot in spots:
            is_chosen = spot.part is not None and is_part_chosen(
                self._filters.get(spot.column.key), spot.part
            )
            is_lit = is_chosen or self._hovered == spot.name
            self._painter.draw(painter, spot, summaries[spot.column.key], is_chosen, is_lit)
        for summary in self._summaries:
            place = self._room(summary.key) if summary.is_histogram else None
            if place is not None:
                self._painter.draw_ends(painter, place[0], summary, place[1])
        current = self._spot(spots) if self.hasFocus() else None
        if current is not None:
            self._painter.draw_focus(painter, current)
        self._draw_covered(painter)

    def _draw_covered(self, painter: QPainter) -> None:
        covered, line = self._covered(), self._theme.sizes.hairline
        if covered:
            painter.fillRect(0, 0, covered, self.height(), self._theme.colour("surface"))
            painter.fillRect(covered - line, 0, line, self.height(), self._theme.colour("line"))

    # Places

    def _spots(self) -> list[Spot]:
        spots: list[Spot] = []
        for summary in self._summaries:
            place = self._room(summary.key)
            if place is not None:
                spots += spots_of(place[0], summary, place[1], self._theme.sizes.unit)
        return spots

    def _room(self, key: str) -> tuple[GridColumn, QRect] | None:
        """A column and the room for its bars."""
        place = self._section(key)
        if place is None:
            return None
        column, left, width = place
        sizes = self._theme.sizes
        return column, QRect(left + sizes.gap, 0, width - 2 * sizes.gap, self.height() - sizes.unit)

    def _spot(self, spots: Sequence[Spot]) -> Spot | None:
        return next((spot for spot in spots if spot.name == self._current), None)

    def _spot_at(self, place: QPoint) -> Spot | None:
        if place.x() < self._covered():
            return None
        return next((spot for spot in self._spots() if spot.reach(self.height()).contains(place)), None)

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

    def _go(self, spot: Spot) -> None:
        self._current = spot.name
        self.reached.emit(spot.column.key)
        self.update()
        self._tell()

    def _choose(self, spot: Spot, held: Qt.KeyboardModifier) -> None:
        if spot.part is None:
            self.more_wanted.emit(spot.column.key)
            return
        keep = bool(held & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        self.chosen.emit(spot.column.key, spot.part, keep)
        self.update()

    def _told(self, spot: Spot) -> str:
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
