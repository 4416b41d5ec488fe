"""A text document that shows an answer while it grows: what is settled is drawn once and left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from desktop_app.ui.conversation.markdown.formulas import FormulaKey, Formulas
from desktop_app.ui.conversation.markdown.marks import Span, clean, marked
from desktop_app.ui.conversation.markdown.parser import MarkdownParser, settle_open_end
from desktop_app.ui.conversation.markdown.renderer import BlockRenderer
from desktop_app.ui.conversation.markdown.styles import Styles
from desktop_app.ui.conversation.markdown.writer import PendingFormula, Writer, formula_image

if TYPE_CHECKING:
    from markdown_it.token import Token

# What never changes the meaning of a line of words it is appended to: no emphasis, code, link, formula,
# table, HTML or entity can begin or end with it (brackets and semicolons are looked at more closely).
_PLAIN_WORDS = re.compile(r"(?:[^\W_]|[ ,.'’\"“”‘’，。；：、？！（）《》…—–:/%+=?!;()-])+")
_LETTER = re.compile(r"[^\W\d_]")
_GAP = " "


@dataclass(slots=True)
class _Settled:
    """The part that will not be drawn again."""

    length: int = 0
    end: QTextCursor | None = None
    unused: bool = True
    block_format: QTextBlockFormat | None = None
    list_kind: str = ""
    next_number: int = 0


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
        self._settled = _Settled()
        self._raw = self._clean = ""
        self._drawn = ""
        self._spans: tuple[Span, ...] = ()
        self._loose_marks: tuple[tuple[int, str], ...] = ()
        self._complete = False
        self._tail_format: QTextCharFormat | None = None
        self._pending: list[PendingFormula] = []
        self._tail_pending: list[PendingFormula] = []

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
        source = self._normalised(source)
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

    def formula_ready(self, key: FormulaKey) -> bool:
        """Put a formula in the place of its source; True when something changed."""
        known, formula = self._formulas.get(key)
        changed = False
        for waiting in (self._pending, self._tail_pending):
            for pending in [one for one in waiting if one.key == key]:
                waiting.remove(pending)
                stands = pending.cursor.selectedText() == key.latex.replace("\n", "\u2028")
                if known and formula is not None and self._styles is not None and stands:
                    pending.cursor.insertImage(formula_image(self.document, key, formula, self._styles))
                    changed = True
        return changed

    def _normalised(self, source: str) -> str:
        """The source with line ends as one "\\n" and without private characters; as long as before.

        What was normalised before is not looked at again.
        """
        raw, done = self._raw, self._clean
        if not (raw and source.startswith(raw) and not raw.endswith("\r")):
            raw, done = "", ""
        self._clean = done + clean(source[len(raw) :]).replace("\r\n", " \n").replace("\r", " ")
        self._raw = source
        return self._clean

    def _forget(self) -> None:
        self._settled = _Settled()
        self._drawn = ""
        self._tail_format = None
        self._pending, self._tail_pending = [], []

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
        gap = len(new) - len(new.lstrip(_GAP))
        held = len(before) - len(before.rstrip(_GAP))
        words = new[gap:]
        if not words or not _PLAIN_WORDS.fullmatch(words) or not self._is_plain_end(before, words):
            return False
        # The parser dropped spaces at the end; they belong between the words now.
        end = QTextCursor(self.document)
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(_GAP * min(1, gap + held) + words.rstrip(_GAP), fmt)
        self._drawn = source
        return True

    def _is_plain_end(self, before: str, words: str) -> bool:
        """Whether these words can follow without a look at the whole block."""
        line = before[before.rfind("\n") + 1 :]
        if not _LETTER.search(line):
            return False  # "1" and ". " make a list, "--" and "-" a rule
        if words[0] == "(" and line.endswith(("]", "\\")):
            return False
        if ")" in words and ("](" in line or "\\(" in line):
            return False
        return ";" not in words or "&" not in line

    def _redraw_tail(self, source: str, complete: bool) -> None:
        writer = self._cleared_writer()
        settled = self._settled
        tail = source[settled.length :]
        tokens = self._parser.parse(marked(tail, self._spans, settled.length))
        renderer = BlockRenderer(writer, self._width)
        split, line, number = _last_block(tokens)
        first_number = self._number_for(tokens)
        if number and first_number is not None and _list_of(tokens, split) == 0:
            number = first_number + number - _own_start(tokens, split)
        if complete:
            renderer.render(tokens, first_number)
            self._list_loose_marks(writer)
            writer.finish()
            self._tail_pending, self._tail_format = writer.pending, None
            return
        if line > 0:
            self._settle(writer, renderer, tokens, split, first_number, tail, line)
            first_number = number or None
            tokens = []
        self._settled.next_number = first_number or 0
        self._draw_open_block(writer, source[self._settled.length :], tokens, first_number)

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
        end = QTextCursor(writer.cursor)
        end.setKeepPositionOnInsert(True)
        opener = tokens[split] if tokens[split].type != "list_item_open" else tokens[_list_of(tokens, split)]
        self._settled = _Settled(
            length=self._settled.length + _offset_of_line(tail, line),
            end=end,
            unused=writer.unused,
            block_format=writer.cursor.blockFormat(),
            list_kind=opener.type if opener.type.endswith("list_open") else "",
        )
        self._pending += writer.pending
        writer.pending = []

    def _draw_open_block(
        self, writer: Writer, block: str, parsed: list[Token], first_number: int | None
    ) -> None:
        """`parsed`: the block's tokens when they are known already."""
        calm, rest = settle_open_end(block)
        tokens = parsed
        if calm != block or not parsed:
            tokens = self._parser.parse(marked(calm, self._spans, self._settled.length))
        renderer = BlockRenderer(writer, self._width)
        renderer.render(tokens, first_number)
        if rest:
            renderer.source(rest)
        untouched = calm == block and not rest
        self._tail_format = renderer.ends_in_text if untouched and _ends_in_paragraph(tokens) else None
        if self._loose_marks:
            self._list_loose_marks(writer)
        writer.finish()
        self._tail_pending = writer.pending

    def _cleared_writer(self) -> Writer:
        """A writer behind the settled part, with everything after it removed."""
        assert self._styles is not None
        cursor = QTextCursor(self.document)
        settled = self._settled
        if settled.end is None:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            cursor.setBlockFormat(QTextBlockFormat())
        else:
            cursor.setPosition(settled.end.position())
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            if settled.block_format is not None and cursor.blockFormat() != settled.block_format:
                cursor.setBlockFormat(settled.block_format)
        self._tail_pending = []
        return Writer(self.document, self._styles, self._formulas, self._ratio, settled.unused)

    def _number_for(self, tokens: list[Token]) -> int | None:
        """Number of the first item when the tail goes on with a settled list."""
        settled = self._settled
        if tokens and settled.list_kind == "ordered_list_open" and tokens[0].type == settled.list_kind:
            return settled.next_number or None
        return None

    def _list_loose_marks(self, writer: Writer) -> None:
        if not self._loose_marks:
            return
        styles = writer.styles
        writer.block(styles.block(), styles.plain())
        for position, (index, label) in enumerate(self._loose_marks):
            if position:
                writer.text("  ", styles.plain())
            writer.chip(index, styles.plain())
            if label:
                writer.text("\u2009", styles.plain())
                writer.text(label, styles.mark(styles.plain(), index))


def _last_block(tokens: list[Token]) -> tuple[int, int, int]:
    """Index and first line of the last block (or list item), and that item's own number or 0."""
    split, line = 0, 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0 and token.map:
            split, line = index, token.map[0]
    if not tokens or not tokens[split].type.endswith("list_open"):
        return split, line, 0
    opener, number, item_index = tokens[split], _own_start(tokens, split) - 1, split
    for index in range(split + 1, len(tokens)):
        token = tokens[index]
        if token.type == "list_item_open" and token.level == opener.level + 1 and token.map:
            item_index, line, number = index, token.map[0], number + 1
    first_item = split + 1
    if item_index <= first_item:
        return split, opener.map[0] if opener.map else line, _own_start(tokens, split)
    return item_index, line, number


def _own_start(tokens: list[Token], split: int) -> int:
    """The number a list begins with by its own words."""
    opener = tokens[_list_of(tokens, split)]
    start = opener.attrGet("start") if opener.type == "ordered_list_open" else None
    return 1 if start is None else int(start)


def _list_of(tokens: list[Token], split: int) -> int:
    """Index of the top-level list an item belongs to, or the index itself."""
    index = split
    while index > 0 and tokens[index].level > 0:
        index -= 1
    return index


def _offset_of_line(text: str, line: int) -> int:
    position = 0
    for _ in range(line):
        position = text.index("\n", position) + 1
    return position


def _ends_in_paragraph(tokens: list[Token]) -> bool:
    """Whether words that follow land in the last paragraph (not in a table, heading or code)."""
    for token in reversed(tokens):
        if token.type == "paragraph_close":
            return True
        if token.nesting == 0 or token.type in ("table_close", "heading_close"):
            return False
    return False
