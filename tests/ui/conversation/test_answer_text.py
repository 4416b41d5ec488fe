"""The answer's text widget: calm, selectable, and closed to the outside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QTextCursor, QTextDocument, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.conversation.answer_text import AnswerText
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.markdown.selection import plain_selection
from desktop_app.ui.theme.theme import Theme
from tests.ui.finding import part

MARK = Evidence(1, "flange", Box(0, 0, 9, 9), span=(6, 12))
LONG = "Words that fill a line or two of the answer, and then some more of them. " * 3


@pytest.fixture
def text(qtbot: QtBot, theme: Theme, parser: MarkdownParser, formulas: Formulas) -> AnswerText:
    widget = AnswerText(theme, parser, formulas)
    qtbot.addWidget(widget)
    widget.resize(400, 50)
    widget.show()
    return widget


def test_it_is_as_tall_as_its_text_and_grows_when_narrow(qtbot: QtBot, text: AnswerText) -> None:
    text.show_answer(LONG, (), complete=True)
    wide = text.height()
    assert abs(wide - text.document().size().height()) <= 1
    text.resize(200, wide)
    assert text.height() > wide * 1.5


def test_pieces_are_gathered_and_then_drawn(qtbot: QtBot, text: AnswerText) -> None:
    text.append("Hello ")
    for piece in ("wor", "ld ", "**bold**"):
        text.append(piece)
    qtbot.waitUntil(lambda: text.toPlainText() == "Hello world bold")


def test_the_selection_survives_a_redraw_of_the_end(text: AnswerText) -> None:
    text.show_answer("Some words at the **end", (), complete=False)
    text.finish_drawing()
    cursor = text.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(10, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    text.show_answer("Some words at the **end** and `more` of it", (), complete=False)
    text.finish_drawing()
    assert text.textCursor().selectedText() == "words"
    text.show_answer("Some words at the **end** and `more` of it.", (), complete=True)
    text.finish_drawing()
    assert text.textCursor().selectedText() == "words"


def test_wide_code_is_not_wrapped_and_the_view_stays_at_its_start(text: AnswerText) -> None:
    text.show_answer("Short.\n\n```\n" + "x" * 200 + "\n```\n\nEnd.", (), complete=True)
    assert text.horizontalScrollBar().maximum() > 0
    assert text.horizontalScrollBar().value() == 0


def test_copied_text_can_be_pasted_into_a_sheet(text: AnswerText) -> None:
    table = "| Part | mm |\n|---|--:|\n| web | 12 |\n| flange | 9 |"
    text.show_answer(f"Two 😀 parts:\n\n3. web\n4. flange\n   - rusty\n\n{table}", (), complete=True)
    wanted = "Two 😀 parts:\n3. web\n4. flange\n  - rusty\nPart\tmm\nweb\t12\nflange\t9"
    assert text.plain_text() == wanted
    cursor = text.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(8, QTextCursor.MoveMode.KeepAnchor)
    assert plain_selection(cursor) == "😀 p"
    drawn = next(one for one in text.document().rootFrame().childFrames() if isinstance(one, QTextTable))
    cursor.setPosition(drawn.cellAt(1, 1).firstPosition())
    cursor.setPosition(drawn.cellAt(2, 1).lastPosition(), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.hasComplexSelection()
    assert plain_selection(cursor) == "12\n9"


def test_numbers_of_marks_are_not_copied(text: AnswerText) -> None:
    text.show_answer("Rusty flange", (MARK,), complete=True)
    assert "1" in text.toPlainText()
    assert text.plain_text() == "Rusty flange"


@pytest.mark.parametrize("rows", [1, 60])
def test_a_table_turns_its_lines_before_it_is_scrolled(text: AnswerText, rows: int) -> None:
    head = "| Part | Width in mm | State of the part |\n|---|--:|:-:|\n"
    text.show_answer(
        head + "| a cell with more words than fit beside the others | 312 | rusty |\n" * rows,
        (),
        complete=True,
    )
    assert text.horizontalScrollBar().maximum() == 0
    text.show_answer(head + f"| {'unbroken' * 12} | 312 | rusty |\n" * rows, (), complete=True)
    assert text.horizontalScrollBar().maximum() > 0


def test_nothing_is_loaded(text: AnswerText, tmp_path: object) -> None:
    picture = f"{tmp_path}/secret.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(picture)
    text.show_answer(f"![x]({picture}) ![y](file://{picture}) <img src='{picture}'>", (), complete=True)
    assert "\ufffc" not in text.toPlainText()
    assert (
        text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl.fromLocalFile(picture)) is None
    )


def test_a_formula_takes_the_place_of_its_source(qtbot: QtBot, text: AnswerText) -> None:
    text.show_answer("so $x^2$ it is", (), complete=True)
    assert text.toPlainText() == "so x^2 it is"
    qtbot.waitUntil(lambda: text.toPlainText() == "so \ufffc it is", timeout=20_000)
    assert text.plain_text() == "so $x^2$ it is"


def test_a_broken_formula_stays_readable(qtbot: QtBot, text: AnswerText, formulas: Formulas) -> None:
    with qtbot.waitSignal(formulas.ready, timeout=20_000):
        text.show_answer(r"so $\frac{x$ it is", (), complete=True)
    assert text.toPlainText() == r"so \frac{x it is"


def position_of(text: AnswerText, word: str) -> QPoint:
    cursor = text.document().find(word)
    return text.cursorRect(cursor).center() - QPoint(4, 0)


def test_marks_are_told_when_hovered_and_clicked(qtbot: QtBot, text: AnswerText) -> None:
    text.show_answer("Heavy flange rust", (MARK,), complete=True)
    hovered: list[int] = []
    text.evidence_hovered.connect(hovered.append)
    QTest.mouseMove(text.viewport(), position_of(text, "flange"))
    qtbot.waitUntil(lambda: hovered == [0])
    with qtbot.waitSignal(text.evidence_clicked) as clicked:
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=position_of(text, "flange"))
    assert clicked.args == [0]
    QTest.mouseMove(text.viewport(), position_of(text, "Heavy"))
    qtbot.waitUntil(lambda: hovered == [0, -1])


def test_a_highlight_covers_the_marked_words_only(text: AnswerText) -> None:
    text.show_answer("Heavy flange rust", (MARK,), complete=True)
    text.highlight_evidence(0)
    lit = "".join(selection.cursor.selectedText() for selection in text.extraSelections())
    assert lit == "flange\u00a01\u00a0"
    text.highlight_evidence(None)
    assert text.extraSelections() == []


def test_a_link_tells_its_address_and_opens_nothing(qtbot: QtBot, text: AnswerText) -> None:
    text.show_answer("see [this manual](https://example.org/a?b=1)", (), complete=True)
    with qtbot.waitSignal(text.link_clicked) as clicked:
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=position_of(text, "manual"))
    assert clicked.args == ["https://example.org/a?b=1"]
    assert "this manual" in text.toPlainText()


def test_code_can_be_copied_by_its_button(qtbot: QtBot, text: AnswerText) -> None:
    text.show_answer("Run:\n\n```python\nx = 1\ny = 2\n```\n", (), complete=True)
    QTest.mouseMove(text.viewport(), position_of(text, "x = 1"))
    button = part(text.viewport(), QToolButton)
    qtbot.waitUntil(button.isVisible)
    button.click()
    assert QGuiApplication.clipboard().text() == "x = 1\ny = 2"


def test_colours_follow_the_theme(text: AnswerText, theme: Theme) -> None:
    text.show_answer("Words", (), complete=True)
    theme.choose(ThemeChoice.DARK)
    fragment = text.document().begin().begin().fragment()
    assert fragment.charFormat().foreground().color() == theme.colour("text")


STREAMED = """## Span 4

The *lower* flange shows **heavy rust**, see `sheet 4` and [the manual](https://example.org).
- Flange, north side
- 桥面板下缘**锈蚀**严重

| Part | State | Rust |
|---|:-:|--:|
| Flange | bad | 42 |

The load:

$$
q
- \\frac{x$
$$

```python
def area(b, h):
    return 0.5 * b * h
```

1. A bolt is missing
2. Rust on the flange

> quoted words

***

The end of it.
"""


def picture_of(text: AnswerText) -> QImage:
    image = QImage(text.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    painter = QPainter(image)
    text.document().drawContents(painter)
    painter.end()
    return image


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("step", [1, 17, 90])
def test_a_streamed_answer_looks_exactly_as_if_it_had_been_drawn_once(
    qtbot: QtBot,
    text: AnswerText,
    theme: Theme,
    parser: MarkdownParser,
    formulas: Formulas,
    choice: ThemeChoice,
    step: int,
) -> None:
    theme.choose(choice)
    for length in range(step, len(STREAMED), step):
        text.show_answer(STREAMED[:length], (), complete=False)
        text.finish_drawing()
    text.show_answer(STREAMED, (), complete=True)
    once = AnswerText(theme, parser, formulas)
    qtbot.addWidget(once)
    once.resize(text.size())
    once.show()
    once.show_answer(STREAMED, (), complete=True)
    assert text.height() > 300
    assert picture_of(text) == picture_of(once)


VERY_LONG = ("The **lower flange** shows rust, see `sheet 4`.\n\n" * 8 + "| Part | Rust |\n|---|--:|\n") + (
    "| Flange north side | 42.0 |\n" * 700
)


def test_a_very_long_answer_is_drawn_between_other_events(qtbot: QtBot, text: AnswerText) -> None:
    text.show_answer(VERY_LONG, (), complete=True)
    assert text.is_behind
    assert not text.updatesEnabled()
    others: list[bool] = []
    QTimer.singleShot(0, lambda: others.append(text.is_behind))
    qtbot.waitUntil(lambda: not text.is_behind, timeout=20_000)
    assert others == [True]
    assert text.updatesEnabled()
    assert text.toPlainText().count("Flange north side") == 700
    assert abs(text.height() - text.document().size().height()) <= 1


def test_copying_takes_all_of_it_even_while_it_is_being_drawn(text: AnswerText) -> None:
    text.show_answer(VERY_LONG, (), complete=True)
    assert text.is_behind
    assert text.plain_text().count("42.0") == 700


def test_a_long_answer_keeps_height_and_selection_while_drawn_anew(qtbot: QtBot, text: AnswerText) -> None:
    text.show_answer(VERY_LONG, (), complete=True)
    text.finish_drawing()
    height = text.height()
    cursor = text.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    start = VERY_LONG.index("flange")
    text.show_answer(VERY_LONG, (Evidence(1, "flange", Box(0, 0, 9, 9), span=(start, start + 6)),), True)
    assert text.is_behind
    assert text.height() == height
    qtbot.waitUntil(lambda: not text.is_behind, timeout=20_000)
    assert text.textCursor().selectedText() == "lower"
    assert abs(text.height() - text.document().size().height()) <= 1


def test_pieces_that_come_while_a_long_answer_is_drawn_are_not_lost(qtbot: QtBot, text: AnswerText) -> None:
    text.show_answer(VERY_LONG, (), complete=True)
    text.show_answer(VERY_LONG, (), complete=False)
    text.append("\nThe end")
    qtbot.waitUntil(lambda: text.toPlainText().endswith("The end"), timeout=20_000)
    assert text.toPlainText().count("42.0") == 700
