"""Draws the bars of the answer grid's summaries."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from desktop_app.domain.runs.row_filters import Between
from desktop_app.domain.runs.rows import GridColumn
from desktop_app.domain.runs.summaries import Summary
from desktop_app.ui.runs.grid.summaries.spots import BARS_IN_UNITS, Spot
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme


class SummaryPainter(QObject):
    """Colours, sizes and fonts come from the theme."""

    def __init__(self, theme: Theme, words: GridWords) -> None:
        super().__init__()
        self._theme = theme
        self._words = words

    def draw(self, painter: QPainter, spot: Spot, summary: Summary, is_chosen: bool, is_lit: bool) -> None:
        """One bar; `is_lit`: the mouse is on it, or it is chosen."""
        if spot.is_histogram:
            self._draw_bar(painter, spot, summary, is_lit)
        elif spot.part is None:
            self._draw_more(painter, spot)
        else:
            self._draw_value(painter, spot, summary, is_chosen, is_lit)

    def draw_ends(self, painter: QPainter, column: GridColumn, summary: Summary, room: QRect) -> None:
        """The least and the greatest value, below a histogram."""
        low, high = summary.parts[0].wanted, summary.parts[-1].wanted
        if not isinstance(low, Between) or not isinstance(high, Between):
            return
        font = self._theme.font(self._theme.sizes.caption, tabular=True)
        words = room.adjusted(0, self._theme.sizes.unit * (BARS_IN_UNITS + 2), 0, 0)
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
            first = metrics.elidedText(first, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, left, first)

    def draw_focus(self, painter: QPainter, spot: Spot) -> None:
        painter.setPen(QPen(self._theme.colour("accent"), self._theme.sizes.hairline * 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(spot.rect.adjusted(-1, 0, 0, 1))

    def _draw_value(
        self, painter: QPainter, spot: Spot, summary: Summary, is_chosen: bool, is_lit: bool
    ) -> None:
        """The value's name and count on a bar as long as its share of the run."""
        theme, part = self._theme, spot.part
        if part is None:
            return
        rect = spot.rect.adjusted(0, 0, -theme.sizes.unit, -1)
        most = max(1, sum(one.total for one in summary.parts))
        for count, role in ((part.total, "raised"), (part.shown, "selection" if is_lit else "line")):
            width = max(2, round(rect.width() * count / most)) if count else 0
            painter.fillRect(rect.left(), rect.top(), width, rect.height(), theme.colour(role))
        words, flags = self._begin_words(painter, spot)
        metrics, figure = QFontMetrics(painter.font()), f"{part.shown:,}"
        room = words.width() - metrics.horizontalAdvance(figure) - theme.sizes.unit
        name = self._words.option(spot.column, part.value)
        painter.setPen(theme.colour("text" if part.shown else "text_faint"))
        painter.drawText(words, flags, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))
        painter.drawText(words, flags | int(Qt.AlignmentFlag.AlignRight), figure)
        if is_chosen:
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), theme.colour("accent"))

    def _draw_more(self, painter: QPainter, spot: Spot) -> None:
        words, flags = self._begin_words(painter, spot)
        painter.setPen(self._theme.colour("text_soft"))
        painter.drawText(words, flags, self.tr("{count} more…").format(count=spot.more))

    def _draw_bar(self, painter: QPainter, spot: Spot, summary: Summary, is_lit: bool) -> None:
        rect, part = spot.rect, spot.part
        if part is None:
            return
        most = max(1, *(one.total for one in summary.parts))
        for count, role in ((part.total, "line"), (part.shown, "accent" if is_lit else "text_faint")):
            height = max(2, round(rect.height() * count / most)) if count else 0
            top, width = rect.bottom() + 1 - height, max(1, rect.width() - 1)
            painter.fillRect(rect.left(), top, width, height, self._theme.colour(role))
        line = self._theme.sizes.hairline
        painter.fillRect(rect.left(), rect.bottom() + 1, rect.width(), line, self._theme.colour("line"))

    def _begin_words(self, painter: QPainter, spot: Spot) -> tuple[QRect, int]:
        unit = self._theme.sizes.unit
        painter.setFont(self._theme.font(self._theme.sizes.caption, tabular=True))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        return spot.rect.adjusted(unit, 0, -2 * unit, -1), flags
