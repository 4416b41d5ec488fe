"""Long tables and code grow by what is new, and end up as if they had been drawn once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextTable
from PySide6.QtWidgets import QApplication

from desktop_app.ui.conversation.markdown.document import AnswerDocument
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.growing import PART_ROWS
from desktop_app.ui.conversation.markdown.marks import Span
from desktop_app.ui.conversation.markdown.selection import plain_selection, ranges_of_mark
from desktop_app.ui.conversation.markdown.styles import CODE_PROPERTY
from desktop_app.ui.theme.theme import Theme
from tests.ui.conversation.markdown.drawing import draw_in_pieces, make

HEAD = "| Part | State |\n|------|------:|\n"
ROWS = "".join(f"| Flange {number} | **bad** {'very ' * (number // 20)} |\n" for number in range(50))
CODE = "".join(f"def f{number}():\n    x = {number}\n\n    return 'x'\n" for number in range(20))
INDENTED = "{\n" + "".join(f'  "key{number}": [{number}],\n' for number in range(90)) + "}\n"
TEXTS = {
    "table": f"Parts:\n\n{HEAD}{ROWS}",
    "table and words": f"{HEAD}{ROWS}\nThe **end**.\n\n{HEAD}{ROWS}",
    "code": f"Run\n\n```python\n{CODE}```\n",
    "code and words": f"```python\n{CODE}```\nThe **end**.\n\n~~~~\n{CODE}~~~~\n\n- one\n- two",
    "indented code": f"```json\n{INDENTED}```",
    "code that never closes": f"words\n```\n{CODE}``",
}


def tables_of(answer: AnswerDocument) -> list[QTextTable]:
    return [one for one in answer.document.rootFrame().childFrames() if isinstance(one, QTextTable)]


def shape(answer: AnswerDocument) -> list[object]:
    """Words, looks, frames and column widths in order."""
    found: list[object] = []
    block = answer.document.begin()
    while block.isValid():
        iterator = block.begin()
        words = ""
        looks: list[object] = []
        while not iterator.atEnd():
            fragment = iterator.fragment()
            char = fragment.charFormat()
            look = (char.fontWeight(), char.foreground().color().name(), char.fontFixedPitch())
            if not looks or looks[-1] != look:
                looks.append(look)
            words += fragment.text()
            iterator += 1
        height = block.blockFormat().lineHeight()
        found.append((words, tuple(looks), height, block.blockFormat().nonBreakableLines()))
        block = block.next()
    while answer.refits:
        answer.refits.do(3)
    for frame in answer.document.rootFrame().childFrames():
        found.append((frame.firstPosition(), frame.lastPosition(), frame.property(CODE_PROPERTY)))
        if isinstance(frame, QTextTable):
            fmt = frame.format().toTableFormat()
            widths = [round(length.rawValue()) for length in fmt.columnWidthConstraints()]
            found.append((frame.rows(), frame.columns(), fmt.headerRowCount(), fmt.topMargin(), widths))
    return found


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("step", [7, 41, 400])
def test_streamed_is_the_same_as_drawn_once(theme: Theme, formulas: Formulas, kind: str, step: int) -> None:
    text = TEXTS[kind]
    streamed, once = make(theme, formulas), make(theme, formulas)
    for length in range(1, len(text), step):
        streamed.draw(text[:length], complete=False)
    streamed.draw(text)
    once.draw(text)
    assert shape(streamed) == shape(once)


LINES = st.sampled_from(
    [
        *("| a | b |\n", "|---|---|\n", "| long words here | **b** |\n" * 17, "\n", "words\n", "```\n"),
        *("```py\n", "x = 1\n" * 14, "  y = 2\n" * 41, "- item\n", "``\n", "~~~\n"),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=12), st.lists(st.integers(1, 150), min_size=1, max_size=20))
def test_any_lines_in_any_pieces_end_as_drawn_once(
    qapp: QApplication, theme: Theme, formulas: Formulas, lines: list[str], pieces: list[int]
) -> None:
    text = "".join(lines)
    streamed, once = make(theme, formulas), make(theme, formulas)
    draw_in_pieces(streamed, text, pieces)
    once.draw(text)
    assert shape(streamed) == shape(once)


def test_finished_rows_are_not_drawn_again(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    text = HEAD + ROWS
    answer.draw(text[: len(text) // 2], complete=False)
    kept = QTextCursor(answer.document)
    kept.setPosition(8)
    kept.setPosition(16, QTextCursor.MoveMode.KeepAnchor)
    words = kept.selectedText()
    for length in range(len(text) // 2, len(text), 30):
        answer.draw(text[:length], complete=False)
    assert kept.selectedText() == words != ""


def test_parts_of_a_table_line_up_and_fit_their_longest_words(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    text = HEAD + "| a | b |\n" * 40 + "| a-much-longer-word | b |\n"
    for length in range(1, len(text), 50):
        answer.draw(text[:length], complete=False)
    answer.draw(text)
    while answer.refits:
        answer.refits.do(2)
    widths = {
        tuple(length.rawValue() for length in table.format().toTableFormat().columnWidthConstraints())
        for table in tables_of(answer)
    }
    assert [table.rows() for table in tables_of(answer)] == [PART_ROWS, PART_ROWS, 42 - 2 * PART_ROWS]
    assert len(widths) == 1
    answer.document.setTextWidth(400)
    assert answer.document.size().height() > 0  # lays everything out
    last = tables_of(answer)[-1]
    block = last.cellAt(last.rows() - 1, 0).firstCursorPosition().block()
    assert block.layout().lineCount() == 1


def test_a_long_table_is_copied_without_gaps(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    answer.draw(HEAD + "| a | b |\n" * 40)
    cursor = QTextCursor(answer.document)
    cursor.select(QTextCursor.SelectionType.Document)
    assert "\n\n" not in plain_selection(cursor)


def test_marks_in_long_code_have_one_number_each(theme: Theme, formulas: Formulas) -> None:
    text = f"```json\n{INDENTED}```\n"
    start, end = text.index('"key30"'), text.index('"key60"')
    spans = [Span(0, start, end), Span(1, text.index('"key70"'), text.index('"key70"') + 7)]
    answer = make(theme, formulas)
    for length in range(1, len(text), 60):
        answer.draw(text[:length], spans, complete=False)
    answer.draw(text, spans)
    words = "".join(cursor.selectedText() for cursor in ranges_of_mark(answer.document, 0))
    assert words.count("\u00a01\u00a0") == 1
    words = "".join(cursor.selectedText() for cursor in ranges_of_mark(answer.document, 1))
    assert words == '"key70"\u00a02\u00a0'
