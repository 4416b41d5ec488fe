"""What a run answered about the picture: read above the thread, never a part of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.run_fields import RunFields
from desktop_app.ui.conversation.run_words import RunAnswerWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

_LEAST_LINES = 2
"""Lines of the answer that there is always room for."""


class RunCard(QFrame):
    """Hidden where no run is open that knows the picture. Folded, it stays folded for the next pictures.

    Signals:
        evidence_hovered(index or -1), evidence_clicked(index): a box of the answer.
        quote_requested(text): the run's question and answer are to go with the next question.
        link_clicked(address): in an answer in plain words.
        filled: other fields are shown.
    """

    evidence_hovered = Signal(int)
    evidence_clicked = Signal(int)
    quote_requested = Signal(str)
    link_clicked = Signal(str)
    filled = Signal()

    def __init__(
        self, theme: Theme, parser: MarkdownParser, formulas: Formulas, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = RunAnswerWords()
        self._told: RunAnswer | None = None
        self._most = 0
        self._is_open = True
        self.setProperty("area", "run")
        self.fold = QToolButton(self)
        self._title = ElidedLabel(self)
        self._scroll = _FieldsArea(_LEAST_LINES * theme.sizes.control_height, self)
        self.fields = RunFields(theme, self._words, parser, formulas)
        self.ask = QToolButton(self)
        self._build()
        self._lay_out()
        theme.changed.connect(self._paint_icons)
        self._paint_icons()
        self.hide()

    @property
    def told(self) -> RunAnswer | None:
        """What is shown."""
        return self._told

    def show_answer(self, told: RunAnswer | None) -> None:
        """Show a run's answer; None takes the card away."""
        is_same = told is not None and self._told is not None and told.item.id == self._told.item.id
        self._told = told
        self.setVisible(told is not None)
        if told is None:
            return
        self._title.set_text(self._words.title(told))
        self.setAccessibleName(self._words.name(told))
        self.fields.show_answer(told)
        self.ask.setEnabled(told.has_values)
        self._show_fold()
        self._fit()
        if not is_same:
            self._scroll.verticalScrollBar().setValue(0)
        self.filled.emit()

    def highlight_evidence(self, index: int | None) -> None:
        """The pointer is on a mark on the picture."""
        button = self.fields.highlight(index)
        if button is not None:
            self._scroll.ensureWidgetVisible(button)

    def set_most_height(self, most: int) -> None:
        """The room it may take of the pane; what is longer is scrolled."""
        self._most = most
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        self.fold.setProperty("look", "quiet")
        self.fold.clicked.connect(self._toggle)
        self._title.setProperty("role", "strong")
        self._scroll.setWidget(self.fields)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ask.setToolTip(self.tr("Your next question goes with the run's question and this answer"))
        self.ask.setText(self.tr("Ask on"))
        self.ask.setProperty("look", "quiet")
        self.ask.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.ask.setAccessibleName(self.tr("Ask about this answer"))
        self.ask.clicked.connect(self._quote)
        self.fields.pointed.connect(self.evidence_hovered)
        self.fields.chosen.connect(self.evidence_clicked)
        self.fields.link_clicked.connect(self.link_clicked)
        self.fields.resized.connect(self._fit)

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        head = QHBoxLayout()
        head.setSpacing(sizes.unit)
        head.addWidget(self.fold)
        head.addWidget(self._title, 1)
        head.addWidget(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.gap, sizes.unit, sizes.gap, sizes.gap)
        column.setSpacing(sizes.unit)
        column.addLayout(head)
        column.addWidget(self._scroll)

    def _fit(self) -> None:
        """As high as the fields need, within the room there is."""
        needed = self.fields.needed_height(self._scroll.viewport().width())
        beside = self.height() - self._scroll.height() if self.isVisible() else 0
        self._scroll.want(needed, self._most - beside)

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._show_fold()

    def _show_fold(self) -> None:
        is_open = self._is_open
        words = self.tr("Fold this answer") if is_open else self.tr("Unfold this answer")
        self.fold.setToolTip(words)
        self.fold.setAccessibleName(words)
        self._scroll.setVisible(is_open)
        self.ask.setVisible(is_open)
        self._paint_icons()

    def _quote(self) -> None:
        if self._told is not None:
            self.quote_requested.emit(self._words.quoted(self._told))

    def _paint_icons(self) -> None:
        self._theme.put_beside(self.ask, "message-square")
        self.fold.setIcon(self._theme.icon("chevron-down" if self._is_open else "chevron-right"))


class _FieldsArea(QScrollArea):
    """As high as it is wanted to be, where there is the room; at least a few lines."""

    def __init__(self, least: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._least = self._wanted = least
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def want(self, needed: int, most: int) -> None:
        height = min(needed, max(most, self._least))
        if height != self._wanted:
            self._wanted = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), min(self._wanted, self._least))
