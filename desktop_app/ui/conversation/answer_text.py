"""The text of one answer: grows calmly, keeps the selection, and reaches for nothing outside itself."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QTextTable,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from desktop_app.domain.evidence import Evidence
from desktop_app.ui.conversation.copy_code_button import CopyCodeButton, code_frame_at, code_in
from desktop_app.ui.conversation.fitted_text import FittedText
from desktop_app.ui.conversation.markdown.document import AnswerDocument
from desktop_app.ui.conversation.markdown.formulas import FormulaKey, Formulas
from desktop_app.ui.conversation.markdown.marks import Span
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.markdown.selection import plain_selection, ranges_of_mark
from desktop_app.ui.conversation.markdown.styles import (
    EVIDENCE_SCHEME,
    Styles,
    evidence_colour,
)
from desktop_app.ui.theme.theme import Theme

REDRAW_MS = 90
_LONG = 500
_SLOWEST_S = 0.6
_SHORT = 1500
_AT_ONCE_S = 0.01
"""After this long drawing lets other events have their turn before it goes on with a long answer."""
_SHARE = 8
"""Drawing may take one part in this many of the GUI thread's time; slower drawing waits longer."""


class AnswerText(FittedText):
    """Shows Markdown from a vision model as tall as it needs to be.

    Signals:
        link_clicked: the address of a link in the answer; nothing is opened here.
        evidence_hovered: number of the marked place under the pointer, counted from 0, or -1.
        evidence_clicked: a mark was clicked or chosen by keyboard.
        menu_opened(QMenu): the context menu is about to be seen; others may add to it.
    """

    link_clicked = Signal(str)
    evidence_hovered = Signal(int)
    evidence_clicked = Signal(int)
    menu_opened = Signal(object)

    def __init__(
        self, theme: Theme, parser: MarkdownParser, formulas: Formulas, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._source = ""
        self._evidence: tuple[Evidence, ...] = ()
        self._complete = True
        self._look_width = 0
        self._cost_ms = 0.0
        self._hovered = -1
        self._is_due = False
        self._held: tuple[int, int, int] | None = None
        self.setAccessibleName(self.tr("Answer"))
        self._answer = AnswerDocument(self.document(), parser, formulas)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.draw_more)
        self._copy_code: CopyCodeButton | None = None
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(self._hover)
        formulas.ready.connect(self._formula_ready)
        theme.changed.connect(self._restyle)

    def show_answer(self, source: str, evidence: Sequence[Evidence], complete: bool) -> None:
        """Show the answer as it is now; while it streams, drawing is gathered to a few times a second."""
        self._source, self._evidence, self._complete = source, tuple(evidence), complete
        self._is_due = True
        if not self._look_width:
            return  # drawn when it is known how wide it is
        if complete:
            self.draw_more()
        elif not self._timer.isActive():
            self._timer.start(int(self.redraw_pause_s * 1000))

    def draw_more(self) -> None:
        """Draw what is due for a short while; a long answer goes on by itself when events had their turn."""
        self._timer.stop()
        started = time.perf_counter()
        if self._is_due:
            self._draw(started)
        while self._answer.refits and not self._is_due and time.perf_counter() - started < _AT_ONCE_S:
            self._answer.refits.do(1)
        self._cost_ms = (time.perf_counter() - started) * 1000
        if self.is_behind:
            self._timer.start(0)

    @property
    def is_behind(self) -> bool:
        """Whether a part of a long answer is still to be drawn, apart from pieces that are being gathered."""
        is_new = not self._look_width and bool(self._source) and self.isVisible()
        return is_new or self._held is not None or bool(self._answer.refits)

    def finish_drawing(self) -> None:
        """Draw all of it now."""
        while self._is_due or self._held is not None or self._answer.refits:
            self.draw_more()

    @property
    def redraw_pause_s(self) -> float:
        """Seconds until the next redraw of a streaming answer.

        Ten redraws a second at first, five at 600 characters; a very long answer grows by some lines a time,
        so that drawing all of it costs a small multiple of drawing it once.
        """
        usual = REDRAW_MS / 1000 * (1 + len(self._source) / _LONG)
        return max(min(usual, _SLOWEST_S), self._cost_ms * _SHARE / 1000)

    def append(self, text: str) -> None:
        """A piece of the streaming answer arrived."""
        self.show_answer(self._source + text, self._evidence, complete=False)

    def plain_text(self) -> str:
        """The answer as it reads, formulas as LaTeX, without chips' frames or Markdown signs."""
        self.finish_drawing()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        return plain_selection(cursor)

    def highlight_evidence(self, index: int | None) -> None:
        """Light up the words of a marked place; None ends it."""
        selections = []
        for cursor in ranges_of_mark(self.document(), index) if index is not None else []:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            colour = evidence_colour(index or 0)
            colour.setAlphaF(0.35)
            selection.format.setBackground(colour)
            selections.append(selection)
        self.setExtraSelections(selections)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            return
        self._hide_copy_button()
        if self._look_width == 0:
            self._set_look()
            if len(self._source) < _SHORT:
                self.draw_more()
            else:
                # Its widget was just made: enough for one turn of the event loop.
                self._held = (0, 0, 0)
                self._timer.start(0)
        elif self._has_table():
            # Tables choose at drawing whether they fit; everything else follows the width by itself.
            self._look_width = -1
            self._is_due = True
            self._timer.start(REDRAW_MS)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._place_copy_button(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hide_copy_button()
        self._hover(QUrl())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy of the selection and of the code under the pointer; others add theirs."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self._theme.icon("copy"), self.tr("Copy selected text"), self.copy)
        copy.setEnabled(self.textCursor().hasSelection())
        frame = code_frame_at(self.cursorForPosition(event.pos()))
        if frame is not None:
            code = code_in(frame)
            menu.addAction(self.tr("Copy code"), lambda: _to_clipboard(code))
        address = self.anchorAt(event.pos())
        if address and not address.startswith(f"{EVIDENCE_SCHEME}:"):
            menu.addAction(self.tr("Copy address"), lambda: _to_clipboard(address))
        menu.addSeparator()
        menu.addAction(self.tr("Select all"), self.selectAll)
        self.menu_opened.emit(menu)
        menu.popup(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text; formulas travel as their LaTeX."""
        data = QMimeData()
        data.setText(plain_selection(self.textCursor()))
        return data

    def _draw(self, started: float) -> None:
        width = self.viewport().width()
        if self._look_width != width and (self._look_width <= 0 or self._has_table()):
            self._set_look()
        spans = [
            Span(index, *mark.span) for index, mark in enumerate(self._evidence) if mark.span is not None
        ]
        cursor = self.textCursor()
        seen = self._held or (cursor.anchor(), cursor.position(), self.horizontalScrollBar().value())
        until = self._answer.next_stop(self._source, spans)
        if until < len(self._source):
            self._held = seen
        self._draw_until(until, spans)
        while until < len(self._source):
            if time.perf_counter() - started > _AT_ONCE_S:
                # What was seen until now stays, rather than a text that grows and jumps.
                self.setUpdatesEnabled(False)
                return
            until = self._answer.next_stop(self._source, spans)
            self._draw_until(until, spans)
        self._is_due = False
        anchor, position, sideways = seen
        self._select_again(anchor, position)
        self.horizontalScrollBar().setValue(sideways)
        if self._held is not None:
            self._held = None
            self._fit()
            self.setUpdatesEnabled(True)

    def _draw_until(self, until: int, spans: list[Span]) -> None:
        is_whole = until >= len(self._source)
        loose = [(index, mark.label) for index, mark in enumerate(self._evidence) if mark.span is None]
        self._answer.draw(self._source[:until], spans, loose if is_whole else (), self._complete and is_whole)

    def _fit(self) -> None:
        """While it is drawn anew a long answer keeps its height, so that nothing around it moves."""
        if self._held is None or self.document().size().height() > self.height():
            super()._fit()

    def _select_again(self, anchor: int, position: int) -> None:
        """The cursor and the selection stay where they were, also in the part that was drawn again."""
        end = self.document().characterCount() - 1
        now = self.textCursor()
        if (now.anchor(), now.position()) != (anchor, position):
            now.setPosition(min(anchor, end))
            now.setPosition(min(position, end), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(now)

    def _set_look(self) -> None:
        self._look_width = max(1, self.viewport().width())
        self._answer.set_look(Styles(self._theme), self.devicePixelRatioF(), self._look_width)

    def _restyle(self) -> None:
        self._set_look()
        self._is_due = True
        self.draw_more()

    def _has_table(self) -> bool:
        return any(isinstance(frame, QTextTable) for frame in self.document().rootFrame().childFrames())

    def _formula_ready(self, key: object) -> None:
        if isinstance(key, FormulaKey):
            self._answer.formula_ready(key)

    def _clicked(self, url: QUrl) -> None:
        if url.scheme() == EVIDENCE_SCHEME:
            self.evidence_clicked.emit(int(url.path()))
        else:
            self.link_clicked.emit(url.toString())

    def _hover(self, url: QUrl) -> None:
        is_mark = url.scheme() == EVIDENCE_SCHEME
        self.viewport().setToolTip("" if is_mark or url.isEmpty() else url.toDisplayString())
        index = int(url.path()) if is_mark else -1
        if index != self._hovered:
            self._hovered = index
            self.evidence_hovered.emit(index)

    def _hide_copy_button(self) -> None:
        if self._copy_code is not None:
            self._copy_code.hide()

    def _place_copy_button(self, at: QPoint) -> None:
        frame = code_frame_at(self.cursorForPosition(at))
        area = None if frame is None else self.document().documentLayout().frameBoundingRect(frame)
        if frame is None or area is None or not area.top() <= at.y() <= area.bottom():
            self._hide_copy_button()
            return
        if self._copy_code is None:
            self._copy_code = CopyCodeButton(self._theme, self.viewport())
        self._copy_code.show_over(frame, area)


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
