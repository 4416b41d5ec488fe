"""A text document that shows an answer while it grows: what is settled is drawn once and left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor, QTextDocument

from desktop_app.ui.conversation.markdown.blocks import (
    is_closed,
    is_unsure_end,
    last_block,
    list_of,
    offset_of_line,
    own_start,
)
from desktop_app.ui.conversation.markdown.formulas import FormulaKey, Formulas
from desktop_app.ui.conversation.markdown.growing import Growing, cut_of
from desktop_app.ui.conversation.markdown.growing_source import GrowingSource
from desktop_app.ui.conversation.markdown.marks import Span, marked
from desktop_app.ui.conversation.markdown.open_paragraph import HEAD, goes_on, split_of
from desktop_app.ui.conversation.markdown.parser import MarkdownParser, settle_open_end
from desktop_app.ui.conversation.markdown.pending_formulas import PendingFormulas
from desktop_app.ui.conversation.markdown.refits import Refits
from desktop_app.ui.conversation.markdown.renderer import BlockRenderer
from desktop_app.ui.conversation.markdown.settled import Settled
from desktop_app.ui.conversation.markdown.styles import Styles
from desktop_app.ui.conversation.markdown.writer import Writer, formula_image

if TYPE_CHECKING:
    from markdown_it.token import Token

_SLICE = 1500


class AnswerDocument:
    """Draws Markdown into a `QTextDocument`, appending where it can.

    An answer only ever grows at its end, and only the last block of Markdown can still change its meaning,
    so everything before it is settled. Within a list each finished item is settled too, and of a paragraph
    the words whose meaning is certain.
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
        self._pending = PendingFormulas()
        self.refits = Refits(document)
        """Parts of long tables that wait for other column widths."""

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
        self._settled = self._still_right(source, wanted)
        if not self._settled.length:
            self._forget()
        self._spans, self._loose_marks = wanted, loose
        self._drawn = source
        edit = QTextCursor(self.document)
        edit.beginEditBlock()
        try:
            self._redraw_tail(source, complete)
        finally:
            edit.endEditBlock()

    def next_stop(self, source: str, spans: Sequence[Span]) -> int:
        """How far to draw at once: all of `source`, or to the end of a line when much of it is not drawn.

        Drawing up to there with `complete=False`, and so on until all is drawn, ends like drawing it once.
        """
        text = self._source.normalised(source)
        right = self._still_right(text, tuple(spans))
        settled = right.length
        drawn = len(self._drawn) if right is self._settled and text.startswith(self._drawn) else settled
        # The block at the end is drawn anew each time, so a long one goes on by larger steps.
        most = drawn + _SLICE + (drawn - settled) // 2
        if len(text) <= most:
            return len(text)
        return text.rfind("\n", drawn + _SLICE // 2, most) + 1 or most

    def formula_ready(self, key: FormulaKey) -> None:
        """Put a formula in the place of its source, where that stands as it was written."""
        _, formula = self._formulas.get(key)
        for pending in self._pending.take(key):
            if formula is not None and self._styles is not None:
                pending.cursor.insertImage(formula_image(self.document, key, formula, self._styles))

    def _forget(self) -> None:
        self._settled = Settled()
        self._drawn = ""
        self._pending.forget()
        self.refits.forget()

    def _still_right(self, source: str, spans: tuple[Span, ...]) -> Settled:
        """How much of what is settled stays: the same text with the same marks."""
        settled: Settled | None = self._settled
        while settled is not None:
            length = settled.length
            marks = [[one for one in all_spans if one.start < length] for all_spans in (spans, self._spans)]
            if marks[0] == marks[1] and source.startswith(self._drawn[:length]):
                return settled
            settled = settled.before
        return Settled()

    def _redraw_tail(self, source: str, complete: bool) -> None:
        tail, tokens = self._parsed_tail(source)
        if self._settled.before is not None and not goes_on(tokens):
            self._settled = self._settled.before
            tail, tokens = self._parsed_tail(source)
        writer = self._cleared_writer()
        settled = self._settled
        renderer = BlockRenderer(writer, self._width, settled.growing.copied())
        split, line, number = last_block(tokens)
        first_number = self._number_for(tokens)
        if number and first_number is not None and list_of(tokens, split) == 0:
            number = first_number + number - own_start(tokens, split)
        if complete:
            renderer.render(tokens, first_number)
            writer.list_marks(self._loose_marks)
            self._finish(writer)
            return
        if line > 0 and not is_unsure_end(tail):
            self._settle(writer, renderer, tokens, split, first_number, tail, line)
            first_number = number or None
            is_item = tokens[split].type == "list_item_open"
            tokens = [] if is_item else tokens[split:]
            for token in tokens:
                _move_up(token, line)
            # The one before may be within a list.
            renderer = BlockRenderer(writer, self._width, Growing())
        self._settled.next_number = first_number or 0
        block = self._settled.head + source[self._settled.length :]
        self._draw_open_block(writer, renderer, block, tokens, first_number)

    def _parsed_tail(self, source: str) -> tuple[str, list[Token]]:
        """What follows the settled part, in a form that is parsed alone, and its tokens."""
        tail = self._settled.head + source[self._settled.length :]
        return tail, self._parsed(tail)

    def _parsed(self, text: str) -> list[Token]:
        """`text`: the settled part's head and words that follow that part."""
        settled, head = self._settled, self._settled.head
        words = head + marked(text[len(head) :], self._spans, settled.length)
        is_line = settled.growing.in_paragraph and "\n" not in words
        return self._parser.parse_line(words) if is_line else self._parser.parse(words)

    def _finish(self, writer: Writer) -> None:
        writer.hide_empty_block()
        self._pending.behind(writer.pending)
        self.refits.add(writer.refits)

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

    def _settle_here(self, writer: Writer, drawn_behind: int = 0) -> None:
        self._settled.end_at(writer, drawn_behind)
        self._pending.settle(writer.pending)
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

    def _settle_all(self, writer: Writer) -> None:
        """Keep a block that has ended and was drawn just now."""
        self._settled = Settled(length=len(self._drawn))
        self._settle_here(writer)

    def _settle_words(self, writer: Writer, block: str, tokens: list[Token]) -> None:
        """Keep the words of an open paragraph that was drawn just now."""
        settled = self._settled
        split = split_of(block, tokens)
        if split is None:
            return
        length = settled.length + split.at - len(settled.head)
        if any(span.start < length < span.end for span in self._spans):
            return
        self._settled = Settled(
            length=length, head=HEAD, growing=Growing(in_paragraph=True), before=settled.before or settled
        )
        self._settle_here(writer, split.drawn_behind)

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
        is_last = calm == block and is_closed(block, tokens)
        tokens = self._settle_part(writer, renderer, calm, tokens)
        renderer.render(tokens, first_number, is_open=not is_last)
        if rest:
            renderer.source(rest)
        elif is_last:
            self._settle_all(writer)
        elif calm == block:
            self._settle_words(writer, block, tokens)
        writer.list_marks(self._loose_marks)
        self._finish(writer)

    def _cleared_writer(self) -> Writer:
        """A writer behind the settled part, with everything after it removed."""
        assert self._styles is not None
        settled = self._settled
        is_left = settled.clear_behind(self.document)
        writer = Writer(self.document, self._styles, self._formulas, self._ratio, settled.unused, is_left)
        if settled.growing.frame is not None:
            writer.continue_in(settled.growing.frame)
        return writer

    def _number_for(self, tokens: list[Token]) -> int | None:
        """Number of the first item when the tail goes on with a settled list."""
        settled = self._settled
        if tokens and settled.list_kind == "ordered_list_open" and tokens[0].type == settled.list_kind:
            return settled.next_number or None
        return None


def _move_up(token: Token, lines: int) -> None:
    """The lines above the token are parsed no more."""
    if token.map is not None:
        token.map = [token.map[0] - lines, token.map[1] - lines]
