"""The scrolled list of turns: follows the end only while the reader is there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.conversations import Answer, Turn
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.turn_widget import TurnWidget
from desktop_app.ui.theme.theme import Theme

SHOWN_TURNS = 50
"""A hundred messages; older ones come on request."""

_NEAR_END_PX = 24


class ThreadView(QScrollArea):
    """Shows turns.

    Signals:
        turn_added(TurnWidget): a widget was made, to be connected.
    """

    turn_added = Signal(object)

    def __init__(
        self, theme: Theme, parser: MarkdownParser, formulas: Formulas, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parser = parser
        self._formulas = formulas
        self._turns: tuple[Turn, ...] = ()
        self._widgets: dict[int, TurnWidget] = {}
        self._limit = SHOWN_TURNS
        self._following = True
        self._ranging = False
        inner = QWidget(self)
        sizes = theme.sizes
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(sizes.margin, sizes.gap, sizes.margin, sizes.gap)
        self._column.setSpacing(sizes.margin)
        self._older = QPushButton(self.tr("Show older questions"), inner)
        self._older.setProperty("look", "quiet")
        self._older.setAccessibleName(self._older.text())
        self._older.clicked.connect(self._show_older)
        self._older.hide()
        self._column.addWidget(self._older)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Questions and answers"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._range_changed)
        bar.valueChanged.connect(self._scrolled)

    def show_turns(self, turns: Sequence[Turn], begin_anew: bool) -> None:
        """Show these; `begin_anew` when they belong to another thread than those before."""
        self._turns = tuple(turns)
        if begin_anew:
            self._limit = SHOWN_TURNS
            self._following = True
        wanted = {turn.id: turn for turn in self._turns[-self._limit :]}
        for turn_id in [one for one in self._widgets if begin_anew or one not in wanted]:
            self._remove(turn_id)
        grew = any(turn_id not in self._widgets for turn_id in wanted)
        for place, turn in enumerate(wanted.values()):
            self._show_turn(place, turn)
        self._older.setVisible(len(self._turns) > len(wanted))
        if grew:
            self.follow()

    def widget_of(self, turn_id: int) -> TurnWidget | None:
        return self._widgets.get(turn_id)

    def grow(self, turn_id: int, answer_id: int, text: str, reasoning: str) -> None:
        widget = self._widgets.get(turn_id)
        if widget is not None:
            widget.grow(answer_id, text, reasoning)

    def show_answer(self, turn_id: int, answer: Answer) -> None:
        widget = self._widgets.get(turn_id)
        if widget is not None:
            widget.show_answer(answer)

    def follow(self) -> None:
        """Go to the end and stay there while it grows."""
        self._following = True
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    @property
    def is_following(self) -> bool:
        return self._following

    def _show_turn(self, place: int, turn: Turn) -> None:
        widget = self._widgets.get(turn.id)
        if widget is not None:
            widget.show_turn(turn)
            return
        widget = TurnWidget(self._theme, self._parser, self._formulas, turn, self.widget())
        self._widgets[turn.id] = widget
        # The first place in the column is the button for older turns.
        self._column.insertWidget(place + 1, widget)
        widget.show()
        self.turn_added.emit(widget)

    def _remove(self, turn_id: int) -> None:
        widget = self._widgets.pop(turn_id)
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _show_older(self) -> None:
        bar = self.verticalScrollBar()
        from_end = bar.maximum() - bar.value()
        self._limit += SHOWN_TURNS
        self._following = False
        wanted = {turn.id: turn for turn in self._turns[-self._limit :]}
        for place, turn in enumerate(wanted.values()):
            self._show_turn(place, turn)
        self._older.setVisible(len(self._turns) > len(wanted))
        self._column.activate()
        bar.setValue(bar.maximum() - from_end)

    def _range_changed(self, _least: int, most: int) -> None:
        if self._following:
            self._ranging = True
            self.verticalScrollBar().setValue(most)
            self._ranging = False

    def _scrolled(self, value: int) -> None:
        if not self._ranging:
            self._following = value >= self.verticalScrollBar().maximum() - _NEAR_END_PX
