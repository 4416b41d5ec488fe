"""What a run answered about the picture: read above the thread, never a part of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.ui.conversation.mark_button import MarkButton
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.run_fields import RunFields
from desktop_app.ui.conversation.run_words import RunAnswerWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel


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
        self._is_open = True
        self.setProperty("area", "run")
        self.fold = QToolButton(self)
        self._title = ElidedLabel(self)
        self.fields = RunFields(theme, self._words, parser, formulas, self)
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
        self._told = told
        self.setVisible(told is not None)
        if told is None:
            return
        self._title.set_text(self._words.title(told))
        self.setAccessibleName(self._words.name(told))
        self.fields.show_answer(told)
        self.ask.setEnabled(told.has_values)
        self._show_fold()
        self.filled.emit()

    def highlight_evidence(self, index: int | None) -> MarkButton | None:
        """The pointer is on a mark on the picture; the button that stands for it."""
        return self.fields.highlight(index)

    def _build(self) -> None:
        self.fold.setProperty("look", "quiet")
        self.fold.clicked.connect(self._toggle)
        self._title.setProperty("role", "strong")
        self.ask.setToolTip(self.tr("Your next question goes with the run's question and this answer"))
        self.ask.setText(self.tr("Ask on"))
        self.ask.setProperty("look", "quiet")
        self.ask.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.ask.setAccessibleName(self.tr("Ask about this answer"))
        self.ask.clicked.connect(self._quote)
        self.fields.pointed.connect(self.evidence_hovered)
        self.fields.chosen.connect(self.evidence_clicked)
        self.fields.link_clicked.connect(self.link_clicked)

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
        column.addWidget(self.fields)

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._show_fold()

    def _show_fold(self) -> None:
        is_open = self._is_open
        words = self.tr("Fold this answer") if is_open else self.tr("Unfold this answer")
        self.fold.setToolTip(words)
        self.fold.setAccessibleName(words)
        self.fields.setVisible(is_open)
        self.ask.setVisible(is_open)
        self._paint_icons()

    def _quote(self) -> None:
        if self._told is not None:
            self.quote_requested.emit(self._words.quoted(self._told))

    def _paint_icons(self) -> None:
        self._theme.put_beside(self.ask, "message-square")
        self.fold.setIcon(self._theme.icon("chevron-down" if self._is_open else "chevron-right"))
