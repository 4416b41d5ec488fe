"""Which words of a paragraph mean the same whatever comes behind them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.ui.conversation.markdown.open_paragraph import HEAD, goes_on, split_of, words_behind_head
from desktop_app.ui.conversation.markdown.parser import MarkdownParser

PARSER = MarkdownParser()
Leaves = list[tuple[str, str, int]]


def leaves(source: str, *, has_head: bool = False) -> Leaves | None:
    """What the first paragraph consists of, words that follow words as one; None for other Markdown."""
    tokens = PARSER.parse(source)
    if not goes_on(tokens):
        return None
    children = tokens[1].children or []
    found: Leaves = []
    for child in words_behind_head(children) if has_head else children:
        if child.type == "text" and found and found[-1][0] == "text" and found[-1][2] == child.level:
            found[-1] = ("text", found[-1][1] + child.content, child.level)
        elif child.type != "text" or child.content:
            found.append((child.type, child.content, child.level))
    return found


def joined(first: Leaves, second: Leaves) -> Leaves:
    if first and second and first[-1][0] == second[0][0] == "text":
        return [*first[:-1], ("text", first[-1][1] + second[0][1], 0), *second[1:]]
    return first + second


@pytest.mark.parametrize(
    ("block", "at"),
    [
        ("The bridge is", 13),
        ("The bridge is ", 13),
        ("The **bridge** is old, 12", 21),
        ("桥梁**生锈**了。", 9),
        ("two\nlines", 9),
    ],
)
def test_a_paragraph_is_divided_behind_its_last_letter(block: str, at: int) -> None:
    split = split_of(block, PARSER.parse(block))
    assert split is not None
    assert split.at == at


@pytest.mark.parametrize(
    "block",
    [
        *(
            "The **bridge",
            "see [page",
            "a `b",
            "it costs $5 or",
            "snake_case",
            "a | b",
            "a \\\\b",
            "AT&T",
            "a < b",
        ),
        *("a **b**", "a `b`", "# Heading", "- item", "> quoted", "123", "", "salt &eacute;"),
    ],
)
def test_a_paragraph_whose_signs_may_still_pair_is_not_divided(block: str) -> None:
    assert split_of(block, PARSER.parse(block)) is None


def test_characters_behind_the_division_are_counted_as_qt_does() -> None:
    block = "fine 😀."
    split = split_of(block, PARSER.parse(block))
    assert split is not None
    assert (split.at, split.drawn_behind) == (4, 4)


@settings(max_examples=400, deadline=None)
@given(
    st.text("ab 1é桥,*_`[](){}\\&;$|~!<>.-\n", max_size=25),
    st.text("ab 1é桥,*_`[](){}\\&;$|~!<>.-=\n", max_size=25),
)
def test_what_follows_is_parsed_alone_as_it_is_with_the_words_before(words: str, more: str) -> None:
    block = f"a{words}"
    split = split_of(block, PARSER.parse(block))
    assume(split is not None)
    assert split is not None
    whole = leaves(block + more)
    tail = leaves(HEAD + (block + more)[split.at :], has_head=True)
    if tail is None:
        return  # drawn anew from the paragraph's beginning
    before = leaves(block[: split.at])
    assert before is not None
    assert whole == joined(before, tail)


@settings(max_examples=200, deadline=None)
@given(st.text("ab 1é桥,*_`[](){}\\&;$|~!<>#.-=", max_size=30))
def test_a_line_is_parsed_like_the_paragraph_that_it_is(words: str) -> None:
    def essence(source: str, *, as_line: bool) -> list[object]:
        tokens = PARSER.parse_line(source) if as_line else PARSER.parse(source)
        return [(one.type, one.level, one.map, one.content, one.children) for one in tokens]

    assert essence(HEAD + words, as_line=True) == essence(HEAD + words, as_line=False)
