"""Draws fenced code in a frame, coloured by language; imported when the first code is drawn."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat

from desktop_app.ui.conversation.markdown.code_colours import CodeRun, code_parts, coloured_part
from desktop_app.ui.conversation.markdown.marks import has_marks, unmarked
from desktop_app.ui.conversation.markdown.writer import Writer


def write_code(writer: Writer, code: str, info: str) -> None:
    """Write code at the end of the open frame; `info`: the words behind the fence's ticks, language first."""
    language = unmarked(info).split()[0] if unmarked(info).split() else ""
    base = writer.styles.code_line()
    fmt = QTextBlockFormat()
    fmt.setNonBreakableLines(True)
    # A block for each part: with one for each line drawing takes several times as long, and with a single
    # one all of the code is laid out again for every word that is added.
    for part in code_parts(code):
        words = part.removesuffix("\n")
        writer.block_in_frame(fmt, base)
        # Marks would confuse the lexer, so marked code goes without colour.
        is_plain = has_marks(words)
        for run in (CodeRun(words),) if is_plain else coloured_part(words, language, writer.styles.is_dark):
            writer.text(run.text.replace("\n", "\u2028"), _look(base, run))


def _look(base: QTextCharFormat, run: CodeRun) -> QTextCharFormat:
    if not (run.colour or run.bold or run.italic):
        return base
    fmt = QTextCharFormat(base)
    if run.colour:
        fmt.setForeground(QColor(run.colour))
    if run.bold:
        fmt.setFontWeight(QFont.Weight.DemiBold)
    if run.italic:
        fmt.setFontItalic(True)
    return fmt
