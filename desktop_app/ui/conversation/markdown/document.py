"""A text document that shows an answer while it grows: what is settled is drawn once and left alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextTable
from shiboken6 import isValid

from desktop_app.ui.conversation.markdown.blocks import (
    ends_in_paragraph,
    is_unsure_end,
    last_block,
    list_of,
    offset_of_line,
    own_start,
)
from desktop_app.ui.conversation.markdown.formulas import FormulaKey, Formulas
from desktop_app.ui.conversation.markdown.growing import cut_of
from desktop_app.ui.conversation.markdown.growing_source import GrowingSource
from desktop_app.ui.conversation.markdown.marks import Span, marked
from desktop_app.ui.conversation.markdown.parser import MarkdownParser, settle_open_end
from desktop_app.ui.conversation.markdown.plain_words import words_to_append
from desktop_app.ui.conversation.markdown.renderer import BlockRenderer
from desktop_app.ui.conversation.markdown.settled import Settled
from desktop_app.ui.conversation.markdown.styles import Styles
from desktop_app.ui.conversation.markdown.tables import set_widths
from desktop_app.ui.conversation.markdown.writer import PendingFormula, Writer, formula_image

if TYPE_CHECKING:
    from markdown_it.token import Token

_SLICE = 1500


class AnswerDocument:
    """Draws Markdown into a `QTextDocument`, appending where it can.

    An answer only ever grows at its end, and only the last block of Markdown can still change its meaning,
    so everything before it is settled. Within a list each finished item is settled too.
    """

    def __init__(self, document: QTextDocument, parser: MarkdownParser, formulas: Formulas) -> None:
        self.document = document
        self._parser = parser
        self._formulas = formulas
        self._styles: Styles | None = None
        self._ratio = 1.0
        self._width = 0.0
        self._settled = Settled()
        self._source = GrowingSource()
        self._drawn = ""
        self._spans: tuple[Span, ...] = ()
        self._loose_marks: tuple[tuple[int, str], ...] = ()
        self._complete = False
        self._tail_format: QTextCharFormat | None = None
        self._pending: list[PendingFormula] = []
        self._tail_pending: list[PendingFormula] = []
        self._refits: deque[tuple[QTextTable, list[float]]] = deque()

    def set_look(self, styles: Styles, ratio: float, width: float) -> None:
        """Colours, device pixels per pixel and room for text; the next `draw` begins anew."""
        self._styles, self._ratio, self._width = styles, ratio, width
        self.document.setDefaultFont(styles.font)
        self.document.setIndentWidth(styles.gap * 2.5)
        self._forget()

    def draw(
        self,
        source: str,
        spans: Sequence[Span] = (),
        loose_marks: Sequence[tuple[int, str]] = (),
        complete: bool = True,
    ) -> None:
        """Show `source`.

        Args:
            source: all of the answer so far.
            spans: words that belong to marked places.
            loose_marks: number and label of marked places that no words belong to; listed at the end.
            complete: False while more may come: open constructs at the end are then drawn calmly.
        """
        if self._styles is None:
            raise RuntimeError("set_look comes first")
        source = self._source.normalised(source)
        wanted, loose = tuple(spans), tuple(loose_marks)
        if self._append_words(source, wanted, loose, complete):
            return
        if not self._may_go_on(source, wanted):
            self._forget()
        self._spans, self._loose_marks = wanted, loose
        self._drawn, self._complete = source, complete
        edit = QTextCursor(self.document)
        edit.beginEditBlock()
        try:
            self._redraw_tail(source, complete)
        finally:
            edit.endEditBlock()

    @property
    def has_refits(self) -> bool:
        """Whether parts of long tables wait for other column widths."""
        return bool(self._refits)

    def refit(self, count: int) -> None:
        """Give so many parts of long tables the column widths that later rows asked for."""
        edit = QTextCursor(self.document)
        edit.beginEditBlock()
        for _ in range(min(count, len(self._refits))):
            table, widths = self._refits.popleft()
            if isValid(table):  # it may have been drawn anew since
                fmt = table.format().toTableFormat()
                set_widths(fmt, widths)
                table.setFormat(fmt)
        edit.endEditBlock()

    def next_stop(self, source: str, spans: Sequence[Span]) -> int:
        """How far to draw at once: all of `source`, or to the end of a line when much of it is not drawn.

        Drawing up to there with `complete=False`, and so on until all is drawn, ends like drawing it once.
        """
        text = self._source.normalised(source)
        goes_on = self._may_go_on(text, tuple(spans))
        settled = self._settled.length if goes_on else 0
        drawn = len(self._drawn) if goes_on and text.startswith(self._drawn) else settled
        # The block at the end is drawn anew each time, so a long one goes on by larger steps.
        most = drawn + _SLICE + (drawn - settled) // 2
        if len(text) <= most:
            return len(text)
        return text.rfind("\n", drawn + _SLICE // 2, most) + 1 or most

    def formula_ready(self, key: FormulaKey) -> None:
        """Put a formula in the place of its source, where that stands as it was written."""
        _, formula = self._formulas.get(key)
        for waiting in (self._pending, self._tail_pending):
            for pending in [one for one in waiting if one.key == key]:
                waiting.remove(pending)
                stands = pending.cursor.selectedText() == key.latex.replace("\n", "\u2028")
                if stands and formula is not None and self._styles is not None:
                    pending.cursor.insertImage(formula_image(self.document, key, formula, self._styles))

    def _forget(self) -> None:
        self._settled = Settled()
        self._drawn = ""
        self._tail_format = None
        self._pending, self._tail_pending = [], []
        self._refits.clear()

    def _may_go_on(self, source: str, spans: tuple[Span, ...]) -> bool:
        """Whether the settled part is still right: the same text with the same marks."""
        length = self._settled.length
        if not source.startswith(self._drawn[:length]):
            return False

        def settled(all_spans: tuple[Span, ...]) -> list[Span]:
            return [span for span in all_spans if span.start < length]

        return settled(spans) == settled(self._spans)

    def _append_words(
        self, source: str, spans: tuple[Span, ...], loose: tuple[tuple[int, str], ...], complete: bool
    ) -> bool:
        """The common case made cheap: plain words that follow plain words."""
        before, fmt = self._drawn, self._tail_format
        if fmt is None or complete or spans != self._spans or loose or self._loose_marks:
            return False
        new = source[len(before) :]
        if not new or not source.startswith(before) or any(span.end > len(before) for span in spans):
            return False
        words = words_to_append(before, new)
        if words is None:
            return False
        end = QTextCursor(self.document)
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(words, fmt)
        self._drawn = source
        return True

    def _redraw_tail(self, source: str, complete: bool) -> None:
        writer = self._cleared_writer()
        settled = self._settled
        tail = settled.head + source[settled.length :]
        tokens = self._parsed(tail)
        renderer = BlockRenderer(writer, self._width, settled.growing.copied())
        split, line, number = last_block(tokens)
        first_number = self._number_for(tokens)
        if number and first_number is not None and list_of(tokens, split) == 0:
            number = first_number + number - own_start(tokens, split)
        if complete:
            renderer.render(tokens, first_number)
            writer.list_marks(self._loose_marks)
            self._finish(writer)
            self._tail_format = None
            return
        if line > 0 and not is_unsure_end(tail):
            self._settle(writer, renderer, tokens, split, first_number, tail, line)
            first_number = number or None
            is_item = tokens[split].type == "list_item_open"
            tokens = [] if is_item else [_moved_up(token, line) for token in tokens[split:]]
        self._settled.next_number = first_number or 0
        block = self._settled.head + source[self._settled.length :]
        self._draw_open_block(writer, renderer, block, tokens, first_number)

    def _parsed(self, text: str) -> list[Token]:
        """`text`: the settled part's head and words that follow that part."""
        head, length = self._settled.head, self._settled.length
        return self._parser.parse(head + marked(text[len(head) :], self._spans, length))

    def _finish(self, writer: Writer) -> None:
        writer.finish()
        self._tail_pending = writer.pending
        self._refits.extend(writer.refits)

    def _settle(
        self,
        writer: Writer,
        renderer: BlockRenderer,
        tokens: list[Token],
        split: int,
        first_number: int | None,
        tail: str,
        line: int,
    ) -> None:
        """Draw what comes before the last block, for good."""
        renderer.render(tokens[:split], first_number)
        opener = tokens[split] if tokens[split].type != "list_item_open" else tokens[list_of(tokens, split)]
        self._settled = Settled(
            length=self._settled.length + offset_of_line(tail, line) - len(self._settled.head),
            list_kind=opener.type if opener.type.endswith("list_open") else "",
        )
        self._settle_here(writer)

    def _settle_here(self, writer: Writer) -> None:
        self._settled.end_at(writer)
        self._pending += writer.pending
        writer.pending = []

    def _settle_part(
        self, writer: Writer, renderer: BlockRenderer, block: str, tokens: list[Token]
    ) -> list[Token]:
        """Draw what is finished of a long open table or code block for good; returns the rest's tokens."""
        settled = self._settled
        cut = cut_of(tokens, bool(settled.head))
        if cut is None:
            return tokens
        length = settled.length + offset_of_line(block, cut.line) - len(settled.head)
        if any(span.start < length < span.end for span in self._spans):
            return tokens  # a mark has one number, not one on either side
        renderer.render_part(cut.done)
        first, end = (offset_of_line(block, line) for line in cut.head)
        self._settled = replace(
            settled, length=length, head=block[first:end], growing=renderer.growing.copied()
        )
        self._settle_here(writer)
        return cut.rest

    def _draw_open_block(
        self,
        writer: Writer,
        renderer: BlockRenderer,
        block: str,
        parsed: list[Token],
        first_number: int | None,
    ) -> None:
        """`parsed`: the block's tokens when they are known already."""
        calm, rest = settle_open_end(block)
        tokens = parsed
        if calm != block or not parsed:
            tokens = self._parsed(calm)
        tokens = self._settle_part(writer, renderer, calm, tokens)
        renderer.render(tokens, first_number, is_open=True)
        if rest:
            renderer.source(rest)
        untouched = calm == block and not rest
        self._tail_format = renderer.ends_in_text if untouched and ends_in_paragraph(tokens) else None
        writer.list_marks(self._loose_marks)
        self._finish(writer)

    def _cleared_writer(self) -> Writer:
        """A writer behind the settled part, with everything after it removed."""
        assert self._styles is not None
        settled = self._settled
        settled.clear_behind(self.document)
        self._tail_pending = []
        writer = Writer(self.document, self._styles, self._formulas, self._ratio, settled.unused)
        if settled.growing.frame is not None:
            writer.continue_in(settled.growing.frame)
        return writer

    def _number_for(self, tokens: list[Token]) -> int | None:
        """Number of the first item when the tail goes on with a settled list."""
        settled = self._settled
        if tokens and settled.list_kind == "ordered_list_open" and tokens[0].type == settled.list_kind:
            return settled.next_number or None
        return None


def _moved_up(token: Token, lines: int) -> Token:
    """The token as it would be if the lines above it were not there."""
    return token if token.map is None else token.copy(map=[token.map[0] - lines, token.map[1] - lines])
