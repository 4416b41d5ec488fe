"""Where a question is put together: pictures, words, options, Ask and Stop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop_app.ui.conversation.options_panel import OptionsPanel
from desktop_app.ui.conversation.prompts import Prompt
from desktop_app.ui.conversation.question_box import QuestionBox
from desktop_app.ui.conversation.quote_bar import QuoteBar
from desktop_app.ui.conversation.tray import Tray
from desktop_app.ui.theme.theme import Theme


class Composer(QWidget):
    """The foot of the conversation.

    Signals:
        ask_requested: the words to ask, behind those that go along with them.
        stop_requested: stop the answer.
        incoming: dropped or pasted pictures, files or addresses (`Incoming`).
        draft_changed: the words in the box changed.
        cancel_edit_requested: give up editing an earlier question.
    """

    ask_requested = Signal(str)
    stop_requested = Signal()
    incoming = Signal(object)
    draft_changed = Signal(str)
    cancel_edit_requested = Signal()

    def __init__(self, theme: Theme, prompts: Sequence[Prompt], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._prompts = tuple(prompts)
        self._streaming = False
        self._can_ask = False
        self._editing = False
        self.tray = Tray(theme, self)
        self.options = OptionsPanel(theme, self)
        self._quote = QuoteBar(theme, self)
        self._box = QuestionBox(theme, self)
        self._ask = QPushButton(self)
        self._cancel = QPushButton(self.tr("Cancel editing"), self)
        self._prompts_button = self._tool("sparkles", self.tr("Ready-made questions"))
        self._options_button = self._tool("sliders-horizontal", self.tr("How to ask"))
        self._lay_out()
        self._connect()
        theme.changed.connect(self._show_state)
        self._show_state()

    @property
    def draft(self) -> str:
        return self._box.toPlainText()

    def set_draft(self, text: str) -> None:
        """Put words into the box, the cursor behind them."""
        if text != self.draft:
            self._box.setPlainText(text)
        cursor = self._box.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self._box.setTextCursor(cursor)
        self._show_state()

    def offer(self, text: str) -> None:
        """Put a ready-made question into the box; Ctrl+Z brings back what was typed there."""
        cursor = self._box.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        self._box.setTextCursor(cursor)
        self.focus_box()

    @property
    def quote(self) -> str:
        """What goes along with the next question."""
        return self._quote.text

    def set_quote(self, text: str) -> None:
        """Words that go along with the next question, before it; "" for none."""
        self._quote.show_text(text)

    def set_streaming(self, streaming: bool) -> None:
        """Ask turns into Stop while an answer streams."""
        self._streaming = streaming
        self._show_state()

    def set_can_ask(self, possible: bool) -> None:
        """Whether there is a picture to ask about."""
        self._can_ask = possible
        self._show_state()

    def set_editing(self, editing: bool) -> None:
        """An earlier question is in the box."""
        self._editing = editing
        if editing:
            self.set_quote("")  # an earlier question holds all that went along with it
        self._show_state()

    def focus_box(self) -> None:
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _connect(self) -> None:
        self._ask.clicked.connect(self._press)
        self._box.ask_requested.connect(self._ask_now)
        self._box.stop_requested.connect(self._escape)
        self._box.incoming.connect(self.incoming)
        self._box.textChanged.connect(self._typed)
        self._quote.left_out.connect(self._leave_quote_out)
        self.tray.incoming.connect(self.incoming)
        self._cancel.clicked.connect(self.cancel_edit_requested)
        self._prompts_button.clicked.connect(self._show_prompts)
        self._options_button.clicked.connect(self._show_options)

    def _press(self) -> None:
        if self._streaming:
            self.stop_requested.emit()
        else:
            self._ask_now()

    def _ask_now(self) -> None:
        if self._can_ask and not self._streaming and self.draft.strip():
            quote, question = self.quote, self.draft.strip()
            self.set_quote("")
            self.ask_requested.emit(f"{quote}\n\n{question}" if quote else question)

    def _escape(self) -> None:
        if self._streaming:
            self.stop_requested.emit()
        elif self._editing:
            self.cancel_edit_requested.emit()
        else:
            self.set_quote("")

    def _leave_quote_out(self) -> None:
        self.set_quote("")
        self.focus_box()

    def _typed(self) -> None:
        self._show_state()
        self.draft_changed.emit(self.draft)

    def _show_state(self) -> None:
        if self._streaming:
            text, tip, icon, role = self.tr("Stop"), self.tr("Stop the answer (Esc)"), "square", "text"
        else:
            text, tip, icon, role = (
                self.tr("Ask"),
                self.tr("Ask the question (Ctrl+Enter)"),
                "send-horizontal",
                "on_accent",
            )
        can_press = self._streaming or (self._can_ask and bool(self.draft.strip()))
        look = "" if self._streaming else "primary"
        if self._ask.property("look") != look:
            self._ask.setProperty("look", look)
            self._ask.style().unpolish(self._ask)
            self._ask.style().polish(self._ask)
        self._ask.setText(text)
        self._ask.setToolTip(tip)
        self._ask.setAccessibleName(text)
        self._ask.setEnabled(can_press)
        self._theme.put_beside(self._ask, icon, role if can_press else "text_faint")
        self._cancel.setVisible(self._editing)
        self._prompts_button.setIcon(self._theme.icon("sparkles"))
        self._options_button.setIcon(self._theme.icon("sliders-horizontal"))

    def _show_prompts(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        several = len(self.tray.pictures) > 1
        for prompt in self._prompts:
            if several or not prompt.several:
                menu.addAction(prompt.title).triggered.connect(partial(self._use_prompt, prompt.text))
        size = menu.sizeHint()
        menu.popup(self._prompts_button.mapToGlobal(QPoint(0, -size.height())))

    def _use_prompt(self, text: str, _checked: bool = False) -> None:
        self.offer(text)

    def _show_options(self) -> None:
        panel = self.options
        panel.adjustSize()
        corner = self._options_button.mapToGlobal(QPoint(0, 0))
        screen = self.screen().availableGeometry()
        x = min(max(corner.x(), screen.left()), screen.right() - panel.width())
        panel.move(x, max(corner.y() - panel.height() - self._theme.sizes.unit, screen.top()))
        panel.show()
        panel.setFocus()

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setIcon(self._theme.icon(icon))
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        self._cancel.setProperty("look", "quiet")
        self._cancel.setAccessibleName(self.tr("Cancel editing"))
        self._cancel.setToolTip(self.tr("Leave the question as it was (Esc)"))
        self._ask.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(sizes.unit)
        row.addWidget(self._prompts_button)
        row.addWidget(self._options_button)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.margin, sizes.gap, sizes.margin, sizes.margin)
        column.setSpacing(sizes.unit + 2)
        column.addWidget(self.tray)
        column.addWidget(self._quote)
        column.addWidget(self._box)
        column.addLayout(row)
