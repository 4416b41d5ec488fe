"""Markdown as vision models write it: CommonMark with tables, strikethrough and LaTeX, and no HTML at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.ui.conversation.markdown.blocks import is_unsure_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MATH_TOKENS = frozenset({"math_inline", "math_inline_double", "math_block", "math_block_eqno", "amsmath"})


class MarkdownParser:
    """Turns source text into markdown-it tokens; imports markdown-it at the first use, not before."""

    def __init__(self) -> None:
        self._parser: MarkdownIt | None = None

    def parse(self, source: str) -> list[Token]:
        """Block tokens; `inline` ones hold their children."""
        return self.load().parse(source)

    def parse_line(self, words: str) -> list[Token]:
        """The same for one line that is known to be a paragraph, in half the time."""
        from markdown_it.token import Token

        (inline,) = self.load().parseInline(words.strip())
        inline.level = 1
        opener = Token("paragraph_open", "p", 1, map=[0, 1], block=True)
        return [opener, inline, Token("paragraph_close", "p", -1, block=True)]

    def load(self) -> MarkdownIt:
        """The parser itself; the first call takes a tenth of a second and may come from any thread."""
        if self._parser is None:
            self._parser = self._made()
        return self._parser

    @staticmethod
    def _made() -> MarkdownIt:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.amsmath import amsmath_plugin
        from mdit_py_plugins.dollarmath import dollarmath_plugin

        parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
        parser.enable(["table", "strikethrough"])
        # "[1]: http://…" would vanish, and make a link of a "[1]" that was drawn long ago.
        parser.disable("reference")
        # "$5 and $10" is money: no space or digit may stand next to a formula's dollar sign.
        dollarmath_plugin(
            parser,
            allow_labels=False,
            allow_space=False,
            allow_digits=False,
            allow_blank_lines=False,
            double_inline=True,
        )
        amsmath_plugin(parser)
        parser.inline.ruler.before("escape", "math_brackets", _inline_brackets)
        parser.block.ruler.before("fence", "math_brackets_block", _block_brackets(), {"alt": ["paragraph"]})
        return parser


def _inline_brackets(state: StateInline, silent: bool) -> bool:
    r"""`\( x \)` and, inside a paragraph, `\[ x \]`."""
    source, start = state.src, state.pos
    if not source.startswith(("\\(", "\\["), start):
        return False
    closing = "\\)" if source[start + 1] == "(" else "\\]"
    end = source.find(closing, start + 2)
    if end < 0 or end >= state.posMax:
        return False
    formula = source[start + 2 : end].strip()
    if not formula:
        return False
    if not silent:
        token = state.push("math_inline" if closing == "\\)" else "math_inline_double", "math", 0)
        token.content = formula
        token.markup = source[start : start + 2]
    state.pos = end + 2
    return True


def _block_brackets() -> Callable[[StateBlock, int, int, bool], bool]:
    r"""`\[` at the start of a line up to `\]` at the end of one; no blank line between."""

    def rule(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        begin = state.bMarks[first] + state.tShift[first]
        if state.is_code_block(first) or not state.src.startswith("\\[", begin):
            return False
        line = first
        while line < last and not state.isEmpty(line):
            if state.src[begin + 2 : state.eMarks[line]].rstrip().endswith("\\]"):
                break
            line += 1
        else:
            return False
        if silent:
            return True
        formula = state.src[begin + 2 : state.eMarks[line]].rstrip()[:-2].strip()
        token = state.push("math_block", "math", 0)
        token.block, token.content, token.markup = True, formula, "\\["
        token.map = [first, line + 1]
        state.line = line + 1
        return True

    return rule


_TABLE_HEAD = re.compile(r"(?:^|\n)[ \t]*\|[^\n]*(?:\n[ \t|:\-]*\n?)?\Z")
_RULE_LINE = re.compile(r"\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\||\n|\Z)")


def settle_open_end(block: str) -> tuple[str, str]:
    r"""Make the last block of a stream calm while constructs in it are still open.

    Returns the Markdown to draw and a rest that is shown as source: an open display formula. The head of
    a table is held back until its second line is there (otherwise it would flash as a paragraph of bars),
    and so is the sign of a block right below a paragraph (a "-" would make a heading of it for a moment);
    open `**` and `` ` `` are closed so that words do not change their look when the end arrives.
    """
    if block.lstrip().startswith(("```", "~~~")):
        return block, ""
    if is_unsure_line(block):
        block = block[: block.rfind("\n") + 1]
    for opening, closing in (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)")):
        start = _open_at(block, opening, closing)
        if start >= 0:
            return _close_emphasis(block[:start]), block[start:]
    head = _TABLE_HEAD.search(block)
    if head is not None and not _is_table_already(block, head.start()) and not _has_rule(head.group()):
        return block[: head.start()], ""
    return _close_emphasis(block), ""


def _open_at(block: str, opening: str, closing: str) -> int:
    """Position of an opening that is never closed, or -1."""
    position = 0
    while (start := block.find(opening, position)) >= 0:
        end = block.find(closing, start + len(opening))
        if end < 0:
            return start
        position = end + len(closing)
    return -1


def _is_table_already(block: str, last_line: int) -> bool:
    """Whether the lines up to the one at `last_line` hold a table's second line."""
    end = block.find("\n", last_line + 1)
    return _RULE_LINE.search(block[: end if end >= 0 else len(block)]) is not None


def _has_rule(head: str) -> bool:
    """Whether the second line has as many columns as the first, so that it counts as a table's rule."""
    lines = head.strip("\n").split("\n")
    if len(lines) < 2:
        return False
    return lines[1].strip().strip("|").count("|") >= lines[0].strip().strip("|").count("|")


def _close_emphasis(block: str) -> str:
    text = block.rstrip()
    line = text[text.rfind("\n\n") + 1 :]
    if line.count("`") % 2:
        return text + "`"
    if line.count("**") % 2:
        # An opening pair with nothing behind it yet would show as two stars.
        return text[:-2] if text.endswith("**") else text.removesuffix("*") + "**"
    return block
