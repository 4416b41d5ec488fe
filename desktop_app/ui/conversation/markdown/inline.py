"""Draws the words of a paragraph: emphasis, code, links, formulas and marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextCharFormat

from desktop_app.ui.conversation.markdown.marks import unmarked
from desktop_app.ui.conversation.markdown.parser import MATH_TOKENS
from desktop_app.ui.conversation.markdown.writer import Writer

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = "\u2028"


class InlineRenderer:
    """Draws the children of an `inline` token at the writer's cursor."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._styles = writer.styles

    def render(self, children: Sequence[Token], base: QTextCharFormat) -> None:
        formats = [base]
        for token in children:
            if token.nesting > 0:
                formats.append(self._opened(token, formats[-1]))
            elif token.nesting < 0:
                if len(formats) > 1:
                    formats.pop()
            else:
                self._leaf(token, formats[-1])

    def _opened(self, token: Token, base: QTextCharFormat) -> QTextCharFormat:
        fmt = QTextCharFormat(base)
        match token.type:
            case "strong_open":
                fmt.setFontWeight(QFont.Weight.DemiBold)
            case "em_open":
                fmt.setFontItalic(True)
            case "s_open":
                fmt.setFontStrikeOut(True)
            case "link_open":
                address = unmarked(str(token.attrGet("href") or ""))
                fmt = self._styles.link(base, address)
            case _:
                pass
        return fmt

    def _leaf(self, token: Token, fmt: QTextCharFormat) -> None:
        match token.type:
            case "text" | "text_special" | "html_inline":
                if token.content:
                    self._writer.text(token.content, fmt)
            case "code_inline":
                self._writer.text(token.content, self._styles.code(fmt))
            case "softbreak" | "hardbreak":
                # Lines of read text must stay lines; chat programs agree.
                self._writer.text(_LINE, fmt)
            case "image":
                self._image(token, fmt)
            case kind if kind in MATH_TOKENS:
                self._writer.formula(token.content, False, fmt)
            case _:
                self._writer.text(token.content, fmt)

    def _image(self, token: Token, fmt: QTextCharFormat) -> None:
        """A picture in an answer is never loaded: its name and its address are shown as a link."""
        address = unmarked(str(token.attrGet("src") or ""))
        name = token.content or address
        self._writer.text(
            f"{name} ({address})" if name != address else address, self._styles.link(fmt, address)
        )
