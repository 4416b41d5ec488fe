"""Draws fenced code in a frame, coloured by language; imported when the first code is drawn."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat

from desktop_app.ui.conversation.markdown.code_colours import CodeRun, coloured
from desktop_app.ui.conversation.markdown.marks import has_marks, unmarked
from desktop_app.ui.conversation.markdown.writer import Writer


def write_code(writer: Writer, code: str, info: str) -> None:
    """`info`: the words behind the fence's ticks; the first one names the language."""
    language = unmarked(info).split()[0] if unmarked(info).split() else ""
    # Marks would confuse the lexer, so marked code goes without colour.
    runs = (CodeRun(code),) if has_marks(code) else coloured(code, language, writer.styles.is_dark)
    writer.open_frame(code)
    base = writer.styles.code_line()
    fmt = QTextBlockFormat()
    fmt.setNonBreakableLines(True)
    writer.cursor.setBlockFormat(fmt)
    writer.cursor.setBlockCharFormat(base)
    for run in runs:
        # One block with line separators is several times faster than a block for each line.
        writer.text(run.text.replace("\n", "\u2028"), _look(base, run))
    writer.close_frame()


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
