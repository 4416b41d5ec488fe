"""The conversation pane: header, the answer of a run, thread, undo bar and composer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.conversations import Answer, AskOptions, Turn
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.ui.conversation.composer import Composer
from desktop_app.ui.conversation.empty_state import EmptyState
from desktop_app.ui.conversation.group_bar import GroupBar
from desktop_app.ui.conversation.head import ConversationHead
from desktop_app.ui.conversation.link_dialog import LinkQuestion
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.prompts import Prompt
from desktop_app.ui.conversation.protocols import RUN_ANSWER
from desktop_app.ui.conversation.run_card import RunCard
from desktop_app.ui.conversation.thread_view import ThreadView
from desktop_app.ui.conversation.turn_widget import TurnWidget
from desktop_app.ui.conversation.undo_bar import UndoBar
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice
from desktop_app.ui.widgets.tab_order import follow_with


class ConversationView(QWidget):
    """A passive view; every intent of the person is a signal.

    Signals:
        ask_requested(question), stop_requested, cancel_edit_requested.
        edit_requested(turn, question), delete_requested(turn), ask_again_requested(turn),
        groups_requested(turn, limit), clear_requested, undo_requested.
        incoming(Incoming): dropped or pasted into the question; add_requested: [+] in the tray.
        tray_changed(pictures), pin_toggled(pinned), picture_chosen(Picture).
        options_changed(AskOptions), draft_changed(text).
        connect_requested: set up a server, or look at its settings after a failure.
        evidence_hovered(turn, index or -1), evidence_clicked(turn, index): `RUN_ANSWER` for the run's.
        answer_shown(turn, Answer): an answer came to the front or changed.
        streaming_changed(streaming): whether the shown thread's answer is being written.
        group_chosen(number): show this group of a question asked in groups, 0 for all its pictures.
        link_agreed(address): open it in the system's browser; the person was asked.
    """

    ask_requested = Signal(str)
    stop_requested = Signal()
    cancel_edit_requested = Signal()
    edit_requested = Signal(int, str)
    delete_requested = Signal(int)
    ask_again_requested = Signal(int)
    groups_requested = Signal(int, int)
    clear_requested = Signal()
    undo_requested = Signal()
    incoming = Signal(object)
    add_requested = Signal()
    tray_changed = Signal(object)
    pin_toggled = Signal(bool)
    picture_chosen = Signal(object)
    options_changed = Signal(object)
    draft_changed = Signal(str)
    connect_requested = Signal()
    evidence_hovered = Signal(int, int)
    evidence_clicked = Signal(int, int)
    answer_shown = Signal(int, object)
    group_chosen = Signal(int)
    link_agreed = Signal(str)
    streaming_changed = Signal(bool)

    def __init__(self, theme: Theme, prompts: Sequence[Prompt] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: tuple[Picture, ...] = ()
        self._has_server = True
        self.setProperty("area", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Conversation"))
        self._formulas = Formulas(self)
        self._head = ConversationHead(theme, self)
        self._parser = MarkdownParser()
        self.run_card = RunCard(theme, self._parser, self._formulas)
        self._empty = EmptyState(theme)
        self._thread = ThreadView(theme, self._parser, self._formulas, self.run_card, self._empty, self)
        self._notice = ErrorNotice(theme, self)
        self._groups = GroupBar(theme, self)
        self._undo = UndoBar(theme, self)
        self._composer = Composer(theme, prompts, self)
        self._links = LinkQuestion(self)
        self._lay_out()
        self._connect()
        self.show_pictures(())

    def prepare(self) -> None:
        """Load what drawing answers needs, in a thread; call it once after the first paint."""
        self._formulas.prepare(self._parser.load)

    def close_workers(self) -> None:
        """Wait for the formula being drawn; call it before the window goes away."""
        self._formulas.close()

    def show_pictures(self, pictures: tuple[Picture, ...]) -> None:
        """Whom the thread is about; an empty tuple for nobody."""
        if pictures != self._pictures:
            self._composer.set_quote("")
        self._pictures = pictures
        self._head.show_pictures(pictures)
        self._composer.tray.set_pictures(pictures)
        self._composer.set_can_ask(bool(pictures))
        self._empty.show_state(len(pictures), self._has_server)
        self._notice.hide()

    def show_turns(self, turns: Sequence[Turn], begin_anew: bool) -> None:
        """Show the thread; `begin_anew` when it is another one than before."""
        self._thread.show_turns(turns, begin_anew)
        self._head.clear.setEnabled(bool(turns))

    def grow(self, turn_id: int, answer_id: int, text: str, reasoning: str) -> None:
        """A piece of an answer arrived."""
        self._thread.grow(turn_id, answer_id, text, reasoning)

    def show_answer(self, turn_id: int, answer: Answer) -> None:
        """An answer changed."""
        self._thread.show_answer(turn_id, answer)

    def show_run_answer(self, told: RunAnswer | None) -> None:
        """What the run that is open answered about the picture; None for nothing."""
        before = self.run_card.told
        self.run_card.show_answer(told)
        self._empty.stand_below(told is not None)
        if told is not None and (before is None or before.item.id != told.item.id):
            self._thread.show_lead()

    def set_streaming(self, streaming: bool) -> None:
        self._composer.set_streaming(streaming)
        self.streaming_changed.emit(streaming)

    @property
    def draft(self) -> str:
        """The words in the box."""
        return self._composer.draft

    def set_draft(self, text: str) -> None:
        self._composer.set_draft(text)

    def set_editing(self, editing: bool) -> None:
        """An earlier question is in the box; asking replaces it and what follows."""
        self._composer.set_editing(editing)
        if editing:
            self._composer.focus_box()

    def set_pinned(self, pinned: bool) -> None:
        self._composer.tray.set_pinned(pinned)

    def show_options(self, options: AskOptions) -> None:
        self._composer.options.set_options(options)

    def show_source(self, has_server: bool) -> None:
        """Whether a server answers, or the built-in reader."""
        self._has_server = has_server
        self._empty.show_state(len(self._pictures), has_server)

    def set_thumbnail(self, path: Path, raster: Raster) -> None:
        """Small pixels for the tray."""
        size = raster.size
        image = QImage(raster.rgb, size.width, size.height, 3 * size.width, QImage.Format.Format_RGB888)
        self._composer.tray.set_thumbnail(path, QPixmap.fromImage(image))

    def show_undo(self, count: int, was_edit: bool = False) -> None:
        """Offer to bring so many turns back, deleted or replaced by an edit; 0 takes the offer away."""
        if count:
            self._undo.show_removed(count, was_edit)
        else:
            self._undo.hide()

    def show_groups(self, number: int, count: int, pictures: int) -> None:
        """Lead through the `count` groups of a question; `number` is shown, 0 is all `pictures` together.

        A count of 0 takes the bar away.
        """
        self._groups.show_groups(number, count, pictures)

    def show_error(self, error: AppError) -> None:
        """Something about the conversation itself went wrong; answers show their own failures."""
        self._notice.show_error(error)
        self._notice.show()

    def highlight_evidence(self, turn_id: int, index: int | None) -> None:
        """Light up the words of a marked place of the turn's answer, or of the run's."""
        mark = self.run_card.highlight_evidence(index if turn_id == RUN_ANSWER else None)
        if mark is not None:
            self._thread.reveal(mark)
        widget = self._thread.widget_of(turn_id)
        if widget is not None and widget.bubble is not None:
            widget.bubble.highlight_evidence(index)

    def focus_question(self) -> None:
        """Put the keyboard into the question box."""
        self._composer.focus_box()

    def _turn_added(self, widget: TurnWidget) -> None:
        widget.edit_requested.connect(self.edit_requested)
        widget.delete_requested.connect(self.delete_requested)
        widget.ask_again_requested.connect(self.ask_again_requested)
        widget.groups_requested.connect(self.groups_requested)
        widget.evidence_hovered.connect(self.evidence_hovered)
        widget.evidence_clicked.connect(self.evidence_clicked)
        widget.answer_shown.connect(self.answer_shown)
        widget.link_clicked.connect(self._links.ask)
        widget.settings_requested.connect(self.connect_requested)

    def _order_keys(self) -> None:
        """Tab goes through the thread as it stands, then to the question."""
        last = follow_with(self._head.clear, self.run_card)
        for widget in self._thread.widgets():
            last = follow_with(last, widget)

    def _use_example(self, text: str) -> None:
        self._composer.offer(text)

    def _take_quote(self, text: str) -> None:
        self._composer.set_quote(text)
        self._composer.focus_box()

    def _connect(self) -> None:
        composer, tray = self._composer, self._composer.tray
        for signal, target in (
            (composer.ask_requested, self.ask_requested),
            (composer.stop_requested, self.stop_requested),
            (composer.cancel_edit_requested, self.cancel_edit_requested),
            (composer.incoming, self.incoming),
            (composer.draft_changed, self.draft_changed),
            (composer.options.changed, self.options_changed),
            (self._head.clear.clicked, self.clear_requested),
            (tray.pictures_changed, self.tray_changed),
            (tray.pin_toggled, self.pin_toggled),
            (tray.chosen, self.picture_chosen),
            (tray.add_requested, self.add_requested),
            (self._empty.connect_requested, self.connect_requested),
            (self._undo.undo_requested, self.undo_requested),
            (self._groups.chosen, self.group_chosen),
            (self._links.agreed, self.link_agreed),
        ):
            signal.connect(target)
        card = self.run_card
        card.evidence_hovered.connect(lambda index: self.evidence_hovered.emit(RUN_ANSWER, index))
        card.evidence_clicked.connect(lambda index: self.evidence_clicked.emit(RUN_ANSWER, index))
        card.link_clicked.connect(self._links.ask)
        card.quote_requested.connect(self._take_quote)
        card.filled.connect(self._order_keys)
        self._thread.turn_added.connect(self._turn_added)
        self._thread.filled.connect(self._order_keys)
        self._empty.example_chosen.connect(self._use_example)
        self._links.copy_requested.connect(lambda text: QGuiApplication.clipboard().setText(text))

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        bar = QVBoxLayout()
        bar.setContentsMargins(sizes.margin, 0, sizes.margin, 0)
        bar.setSpacing(sizes.unit)
        bar.addWidget(self._groups)
        bar.addWidget(self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._thread, 1)
        column.addWidget(self._notice)
        column.addLayout(bar)
        column.addWidget(self._composer)
        self._notice.hide()
        self.setMinimumWidth(sizes.control_height * 9)
