"""Which words are put behind a paragraph without parsing it again."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.ui.conversation.markdown.parser import MarkdownParser, settle_open_end
from desktop_app.ui.conversation.markdown.plain_words import words_to_append

PARSER = MarkdownParser()


def leaves(source: str) -> list[tuple[str, str]]:
    """What a single paragraph consists of; nothing for every other Markdown."""
    tokens = PARSER.parse(source)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return []
    return [(child.type, child.content) for child in tokens[1].children or []]


@pytest.mark.parametrize(
    ("before", "new", "words"),
    [
        ("The bridge", " is rusty.", " is rusty."),
        ("The bridge ", "is rusty. ", " is rusty."),
        ("The bridge ", " is", "  is"),
        ("桥", "梁生锈。", "梁生锈。"),
    ],
)
def test_plain_words_follow_with_the_spaces_that_were_dropped_at_the_end(
    before: str, new: str, words: str
) -> None:
    assert words_to_append(before, new) == words


@pytest.mark.parametrize(
    ("before", "new"),
    [
        ("The bridge", "\n\nNext"),
        ("The bridge", " **is** rusty"),
        ("The bridge", "   "),
        ("1", ". first"),
        ("-", "-"),
        ("see [page]", "(http://x)"),
        ("see [page](http://x", ")"),
        ("The bridge\\", "(x"),
        ("The bridge\\", ": rusty"),
        ("\\(x", ")"),
        ("one _word__", "s"),
        ("salt &amp", "; pepper"),
    ],
)
def test_what_may_change_the_meaning_of_the_block_is_left_to_the_parser(before: str, new: str) -> None:
    assert words_to_append(before, new) is None


@settings(max_examples=300, deadline=None)
@given(st.text("ab 1*_`[](){}\\&;$.-", max_size=25), st.text("ab ,.();:1é。-", min_size=1, max_size=10))
def test_words_put_behind_a_paragraph_are_what_the_parser_would_have_made(rest: str, new: str) -> None:
    before = f"a{rest}"
    was = leaves(before)
    assume(was and was[-1][0] == "text" and settle_open_end(before) == (before, ""))
    words = words_to_append(before, new)
    assume(words is not None)
    now = leaves(before + new)
    assert now[:-1] == was[:-1]
    assert now[-1] == ("text", was[-1][1] + str(words))
