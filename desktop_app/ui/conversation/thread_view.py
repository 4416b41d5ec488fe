"""The scrolled list of turns: follows the end only while the reader is there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.conversations import Answer, Turn
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.turn_widget import TurnWidget
from desktop_app.ui.theme.theme import Theme

SHOWN_TURNS = 50
"""A hundred messages; older ones come on request."""

_LEAST_LINES = 3
"""Lines that there is always room for."""
_NEAR_END_PX = 24
_AT_ONCE_S = 0.008
_LOOK_AGAIN_MS = 50


class _Filling:
    """The turns that wait for their widgets, and where the reader is while they come."""

    def __init__(self) -> None:
        self.missing: list[Turn] = []
        """The one to be made next is the last."""
        self.is_on = False
        self.is_told = False
        self.has_moved = False
        self.anchor: tuple[QWidget, int] | None = None
        """What is first in view, and how far below the view's top it begins."""


class ThreadView(QScrollArea):
    """Shows turns, and above them what belongs to their picture; all of it is scrolled together.

    Signals:
        turn_added(TurnWidget): a widget was made, to be connected.
        filled: all turns that are to be shown have their widgets.
    """

    turn_added = Signal(object)
    filled = Signal()

    def __init__(
        self,
        theme: Theme,
        parser: MarkdownParser,
        formulas: Formulas,
        lead: QWidget,
        teaching: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            lead: stands above the turns; while it is visible a thread begins with it, not with its end.
            teaching: takes the place of the turns where there are none.
        """
        super().__init__(parent)
        self._theme = theme
        self._parser = parser
        self._formulas = formulas
        self._lead, self._teaching = lead, teaching
        self._turns: tuple[Turn, ...] = ()
        self._widgets: dict[int, TurnWidget] = {}
        self._limit = SHOWN_TURNS
        self._following = True
        self._ranging = False
        self._filling = _Filling()
        self._fill_timer = QTimer(self)
        self._fill_timer.setSingleShot(True)
        self._fill_timer.timeout.connect(self._fill)
        inner = QWidget(self)
        # What has not moved is not painted again when it grows.
        inner.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        sizes = theme.sizes
        self._column = QVBoxLayout(inner)
        # It grows at once with a turn; else the other turns would give that their room until it has grown.
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        self._column.setContentsMargins(sizes.margin, sizes.gap, sizes.margin, sizes.gap)
        self._column.setSpacing(sizes.margin)
        self._older = QPushButton(self.tr("Show older questions"), inner)
        self._older.setProperty("look", "quiet")
        self._older.setAccessibleName(self._older.text())
        self._older.clicked.connect(self._show_older)
        self._older.hide()
        self._column.addWidget(lead)
        self._column.addWidget(teaching, 1)
        self._column.addWidget(self._older)
        self._column.addStretch(0)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Questions and answers"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(_LEAST_LINES * sizes.control_height)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._range_changed)
        bar.valueChanged.connect(self._scrolled)

    def show_turns(self, turns: Sequence[Turn], begin_anew: bool) -> None:
        """Show these; `begin_anew` when they belong to another thread than those before.

        The newest turns are there at once; others follow above them, between other events.
        """
        self._turns = tuple(turns)
        self._teaching.setVisible(not self._turns)
        begins_with_lead = begin_anew and not self._lead.isHidden()
        if begin_anew:
            self._limit = SHOWN_TURNS
            self._following = True
        if begins_with_lead:
            self.show_lead()
        wanted = {turn.id: turn for turn in self._turns[-self._limit :]}
        for turn_id in [one for one in self._widgets if begin_anew or one not in wanted]:
            self._remove(turn_id)
        for turn_id, widget in self._widgets.items():
            widget.show_turn(wanted[turn_id])
        missing = [turn for turn in wanted.values() if turn.id not in self._widgets]
        known = {turn.id for turn in self._filling.missing}
        grew = begin_anew or any(turn.id not in known for turn in missing)
        self._begin_filling(missing)
        if grew and not begins_with_lead:
            self.follow()

    def show_lead(self) -> None:
        """Go to what stands above the turns."""
        self.verticalScrollBar().setValue(0)
        self._following = False

    def reveal(self, part: QWidget) -> None:
        """Bring a part of what stands above the turns into view, where some of that is seen already."""
        if not self._lead.visibleRegion().isEmpty():
            self.ensureWidgetVisible(part)

    def widget_of(self, turn_id: int) -> TurnWidget | None:
        return self._widgets.get(turn_id)

    def grow(self, turn_id: int, answer_id: int, text: str, reasoning: str) -> None:
        widget = self._widgets.get(turn_id)
        if widget is not None:
            widget.grow(answer_id, text, reasoning)
            return
        for turn in self._filling.missing:
            for answer in turn.answers if turn.id == turn_id else ():
                if answer.id == answer_id:
                    grown = replace(answer, text=answer.text + text, reasoning=answer.reasoning + reasoning)
                    self._change_missing(turn, grown)

    def show_answer(self, turn_id: int, answer: Answer) -> None:
        widget = self._widgets.get(turn_id)
        if widget is not None:
            widget.show_answer(answer)
            return
        for turn in self._filling.missing:
            if turn.id == turn_id:
                self._change_missing(turn, answer)

    def follow(self) -> None:
        """Go to the end and stay there while it grows."""
        self._following = True
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def widgets(self) -> list[TurnWidget]:
        """Those there are, the oldest turn first."""
        return [self._widgets[turn.id] for turn in self._turns if turn.id in self._widgets]

    @property
    def is_filling(self) -> bool:
        """Whether some of the thread is still to be drawn."""
        return self._filling.is_on

    def _begin_filling(self, missing: list[Turn]) -> None:
        self._filling.missing = missing
        self._filling.anchor = self._anchor()
        self._filling.is_on, self._filling.is_told = True, False
        self._fill()

    def _fill(self) -> None:
        """Make widgets for a short while, the newest turn first."""
        started, missing = time.perf_counter(), self._filling.missing
        # One after the other, so that none grows any more when it is scrolled past.
        while missing and not self._is_behind():
            self._make(missing.pop())
            if time.perf_counter() - started > _AT_ONCE_S:
                break
        self._older.setVisible(not missing and len(self._turns) > len(self._widgets))
        # Laid out before anything is painted, so that nothing is seen out of place.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if missing:
            self._fill_timer.start(0)
        else:
            self._end_filling()

    def _end_filling(self) -> None:
        """Hold the reader's place until long answers are drawn and the last layout has come to rest."""
        filling = self._filling
        if not filling.is_told:
            filling.is_told = True
            self.filled.emit()
        if filling.has_moved or self._is_behind():
            filling.has_moved = False
            self._fill_timer.start(_LOOK_AGAIN_MS)
        else:
            filling.is_on = False

    def _is_behind(self) -> bool:
        return any(widget.is_behind for widget in self._widgets.values())

    def _change_missing(self, turn: Turn, answer: Answer) -> None:
        """A turn without a widget keeps what happens to it until it has one."""
        self._filling.missing[self._filling.missing.index(turn)] = turn.with_answer(answer)

    def _make(self, turn: Turn) -> None:
        widget = TurnWidget(self._theme, self._parser, self._formulas, turn, self.widget())
        order = [one.id for one in self._turns]
        above = sum(1 for one in order[: order.index(turn.id)] if one in self._widgets)
        self._widgets[turn.id] = widget
        self._column.insertWidget(self._column.indexOf(self._older) + 1 + above, widget)
        widget.show()
        self.turn_added.emit(widget)

    def _remove(self, turn_id: int) -> None:
        widget = self._widgets.pop(turn_id)
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _show_older(self) -> None:
        self._limit += SHOWN_TURNS
        self._following = False
        self._begin_filling([turn for turn in self._turns[-self._limit :] if turn.id not in self._widgets])

    def _anchor(self) -> tuple[QWidget, int] | None:
        top = self.verticalScrollBar().value()
        parts = [one for one in (self._lead, *self.widgets()) if not one.isHidden()]
        first = next((one for one in parts if one.geometry().bottom() >= top), None)
        return None if first is None else (first, first.y() - top)

    def _range_changed(self, _least: int, most: int) -> None:
        filling = self._filling
        filling.has_moved = True
        value = None
        if self._following and self._turns:
            value = most
        elif filling.is_on and filling.anchor is not None and self._column.indexOf(filling.anchor[0]) >= 0:
            # What comes above must not move what is being read.
            value = filling.anchor[0].y() - filling.anchor[1]
        if value is not None:
            self._ranging = True
            self.verticalScrollBar().setValue(value)
            self._ranging = False

    def _scrolled(self, value: int) -> None:
        if not self._ranging:
            self._following = value >= self.verticalScrollBar().maximum() - _NEAR_END_PX
            if self._filling.is_on:
                self._filling.anchor = self._anchor()
