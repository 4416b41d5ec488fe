"""The document of a streamed answer ends up exactly as if it had been drawn once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument, QTextListFormat, QTextTable
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.marks import Span
from desktop_app.ui.conversation.markdown.selection import ranges_of_mark
from desktop_app.ui.theme.theme import Theme
from tests.ui.conversation.markdown.drawing import draw_in_pieces, make

RICH = """# Span 4

Rust on the **lower flange**, see `sheet 4` and [the manual](https://example.org).
A second line of it.

1. first item with *stress*
2. second item

   with a second paragraph
3. third
   - inner
   - other

text between

| Part | State |
|:-----|------:|
| Flange | bad |
| Bolts | **missing** |

```python
x = 1

y = "a **string**"
```

> quoted words

- one
- two

***

12. twelve
13. thirteen

桥面板下缘锈蚀严重，建议立即检修。 The end.
"""

PARTS = (
    *(
        "word ",
        "two words ",
        "a",
        "1. ",
        "- ",
        "\n",
        "\n\n",
        "**",
        "*",
        "`",
        "```\n",
        "# ",
        "> ",
        "    ",
        "  \n",
    ),
    *("| a | b |\n", "|---|---|\n", "|", "---", "===", "[a]: http://x\n", "[a]", "(u)", "\\", "&amp;", "&"),
    *("<http://x>", "_", "~~", "。", "桥面", "😀", "5", "!", "\n- item\n", "$5", "x^2"),
)


def looks(document: QTextDocument) -> list[tuple[object, ...]]:
    """Everything that decides how the document looks, block by block."""
    found: list[tuple[object, ...]] = []
    block = document.begin()
    while block.isValid():
        fmt, text_list = block.blockFormat(), block.textList()
        sign = text_list.itemText(block) if text_list is not None else ""
        depth = text_list.format().indent() if text_list is not None else 0
        words = []
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            char = fragment.charFormat()
            words.append(
                (
                    fragment.text(),
                    char.fontWeight(),
                    char.fontItalic(),
                    char.anchorHref(),
                    char.background().color().name(),
                )
            )
            iterator += 1
        joined: list[tuple[object, ...]] = []
        for word in words:
            if joined and joined[-1][1:] == word[1:]:
                joined[-1] = (str(joined[-1][0]) + word[0], *word[1:])
            else:
                joined.append(word)
        found.append((sign, depth, fmt.indent(), fmt.topMargin(), fmt.headingLevel(), tuple(joined)))
        block = block.next()
    return found


def test_streaming_by_single_characters_ends_as_drawn_once(theme: Theme, formulas: Formulas) -> None:
    streamed, once = make(theme, formulas), make(theme, formulas)
    for length in range(1, len(RICH)):
        streamed.draw(RICH[:length], complete=False)
    streamed.draw(RICH)
    once.draw(RICH)
    assert streamed.document.toPlainText() == once.document.toPlainText()
    assert looks(streamed.document) == looks(once.document)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet="ab1. -*`#>|\n。", max_size=120)
    | st.lists(st.sampled_from(PARTS), max_size=30).map("".join),
    st.lists(st.integers(1, 9), min_size=1, max_size=30),
)
def test_any_text_in_any_pieces_ends_as_drawn_once(
    qapp: QApplication, theme: Theme, formulas: Formulas, text: str, pieces: list[int]
) -> None:
    streamed, once = make(theme, formulas), make(theme, formulas)
    draw_in_pieces(streamed, text, pieces)
    once.draw(text)
    assert looks(streamed.document) == looks(once.document)


def test_what_is_settled_is_not_touched_again(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    answer.draw("First paragraph.\n\nSecond", complete=False)
    kept = QTextCursor(answer.document)
    kept.setPosition(0)
    kept.setPosition(5, QTextCursor.MoveMode.KeepAnchor)
    answer.draw("First paragraph.\n\nSecond **one**\n\n- and a list", complete=False)
    assert kept.selectedText() == "First"


@pytest.mark.parametrize("end", [" of it", " of **it** and", " of it.\n\nNext", "\n- item"])
def test_words_of_an_open_paragraph_are_not_touched_again(theme: Theme, formulas: Formulas, end: str) -> None:
    answer = make(theme, formulas)
    answer.draw("Settled.\n\nRust on the **lower** flange", complete=False)
    kept = QTextCursor(answer.document)
    kept.setPosition(len("Settled.\nRust"))
    kept.setPosition(len("Settled.\nRust on the lower flang"), QTextCursor.MoveMode.KeepAnchor)
    answer.draw(f"Settled.\n\nRust on the **lower** flange{end}", complete=False)
    assert kept.selectedText() == " on the lower flang"


def test_a_block_that_has_ended_is_not_drawn_with_the_next_one(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    table = "| Part | State |\n|---|---|\n| Flange | bad |\n\n"
    answer.draw(table, complete=False)
    (drawn,) = (one for one in answer.document.rootFrame().childFrames() if isinstance(one, QTextTable))
    answer.draw(table + "And words", complete=False)
    assert isValid(drawn)
    assert answer.document.toPlainText().endswith("bad\nAnd words")


@pytest.mark.parametrize("line", ["-", "---", "=", "#", "1.", "```py"])
def test_the_sign_of_a_block_below_a_paragraph_is_held_back(
    theme: Theme, formulas: Formulas, line: str
) -> None:
    answer, before = make(theme, formulas), make(theme, formulas)
    answer.draw(f"Parts of it:\n{line}", complete=False)
    before.draw("Parts of it:", complete=False)
    assert looks(answer.document) == looks(before.document)
    answer.draw(f"Parts of it:\n{line}")
    assert looks(answer.document) != looks(before.document)


def test_lines_of_a_formula_are_never_taken_for_other_blocks(theme: Theme, formulas: Formulas) -> None:
    text = "The area:\n\n$$\nA = b h\n- c\n+ d\n$$\n\nis small."
    streamed, once = make(theme, formulas), make(theme, formulas)
    for length in range(1, len(text)):
        streamed.draw(text[:length], complete=False)
    streamed.draw(text)
    once.draw(text)
    assert looks(streamed.document) == looks(once.document)


def test_an_address_below_the_answer_is_not_swallowed(theme: Theme, formulas: Formulas) -> None:
    text = "See [1] for it.\n\n[1]: http://example.org/sheet"
    streamed, once = make(theme, formulas), make(theme, formulas)
    streamed.draw(text[:20], complete=False)
    streamed.draw(text)
    once.draw(text)
    assert once.document.toPlainText() == "See [1] for it.\n[1]: http://example.org/sheet"
    assert looks(streamed.document) == looks(once.document)


@pytest.mark.parametrize("cut", ["1. a\n\n1", "1. a\n\n1.", "1. a\n\n1. "])
def test_a_number_below_a_list_goes_on_with_it_wherever_the_stream_paused(
    theme: Theme, formulas: Formulas, cut: str
) -> None:
    answer = make(theme, formulas)
    for text in (cut, "1. a\n\n1. b\n1. c"):
        answer.draw(text, complete=False)
    assert [look[0] for look in looks(answer.document)] == ["1.", "2.", "3."]


def test_numbers_of_a_list_go_on_across_settled_items(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    text = "3. c\n4. d\n5. e\n6. f"
    for length in range(1, len(text) + 1):
        answer.draw(text[:length], complete=False)
    signs = [look[0] for look in looks(answer.document)]
    assert signs == ["3.", "4.", "5.", "6."]


@pytest.mark.parametrize(
    "text", ["Parts:\n- one\n- two\n- three\n- four", "1. one\n2. two\n3. three\n4. four"]
)
@pytest.mark.parametrize("step", [1, 5, 9])
def test_items_of_a_growing_list_stand_below_each_other_at_any_moment(
    theme: Theme, formulas: Formulas, text: str, step: int
) -> None:
    answer = make(theme, formulas)
    for length in range(1, len(text), step):
        answer.draw(text[:length], complete=False)
        assert {look[1] for look in looks(answer.document)} <= {0, 1}


def test_a_growing_table_never_shows_its_bars(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    text = "| Part | State |\n|------|-------|\n| Flange | bad |"
    for length in range(1, len(text) + 1):
        answer.draw(text[:length], complete=False)
        assert "|" not in answer.document.toPlainText()
    tables = [f for f in answer.document.rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert [(table.rows(), table.columns()) for table in tables] == [(2, 2)]


def test_a_picture_in_an_answer_is_only_named(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    answer.draw("See ![rust](http://evil.example/x.png)")
    assert answer.document.toPlainText() == "See rust (http://evil.example/x.png)"
    assert "￼" not in answer.document.toPlainText()


def test_marks_are_drawn_in_text_table_and_code(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    text = 'a flange\n\n| x | bolt |\n|---|---|\n| 1 | nut |\n\n```json\n{"label": "rivet"}\n```\n'
    spans = [
        Span(number, text.index(word), text.index(word) + len(word))
        for number, word in enumerate(("flange", "nut", "rivet"))
    ]
    answer.draw(text, spans)
    for number, word in enumerate(("flange", "nut", "rivet")):
        words = "".join(cursor.selectedText() for cursor in ranges_of_mark(answer.document, number))
        assert words == f"{word}\u00a0{number + 1}\u00a0"


def test_marks_that_arrive_late_reach_settled_text(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    text = "a flange\n\nand more\n\nand"
    answer.draw(text, complete=False)
    answer.draw(text, [Span(0, 2, 8)], complete=False)
    assert ranges_of_mark(answer.document, 0)


def test_marks_without_words_are_listed_at_the_end(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    answer.draw("Here.", loose_marks=[(0, "bolt"), (1, "")])
    assert answer.document.toPlainText().replace("\u00a0", " ").splitlines()[-1] == " 1 \u2009bolt   2 "


@pytest.mark.parametrize("text", ["", "\n\n", "```", "$$", "|", "- ", "1.", "\r\n\r", "\ue000\uec00"])
def test_odd_ends_are_survived(theme: Theme, formulas: Formulas, text: str) -> None:
    answer = make(theme, formulas)
    answer.draw(text, complete=False)
    answer.draw(text + "\nx", complete=False)
    answer.draw(text + "\nx")
    assert "x" in answer.document.toPlainText()


def test_nested_bullets_differ(theme: Theme, formulas: Formulas) -> None:
    answer = make(theme, formulas)
    answer.draw("- a\n  - b\n    - c")
    block, styles = answer.document.begin(), []
    while block.isValid():
        styles.append(block.textList().format().style())
        block = block.next()
    disc = QTextListFormat.Style
    assert styles == [disc.ListDisc, disc.ListCircle, disc.ListSquare]
