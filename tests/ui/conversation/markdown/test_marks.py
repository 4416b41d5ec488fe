"""Marks travel with the words and never change what the words are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.ui.conversation.markdown.marks import MarkReader, Span, clean, marked, unmarked


def read(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(piece.text, piece.mark, piece.closes) for piece in MarkReader().pieces(text)]


def test_words_carry_their_mark_and_its_end() -> None:
    text = marked("a rusty flange here", [Span(2, 2, 14)], 0)
    assert read(text) == [("a ", None, None), ("rusty flange", 2, 2), (" here", None, None)]


def test_a_mark_goes_inside_list_signs_and_cell_bars() -> None:
    assert unmarked(marked("- rust |", [Span(0, 0, 8)], 0)) == "- rust |"
    assert read(marked("- rust |", [Span(0, 0, 8)], 0)) == [
        ("- ", None, None),
        ("rust", 0, 0),
        (" |", None, None),
    ]


def test_only_the_part_of_a_span_that_is_there_is_marked() -> None:
    assert read(marked("flange", [Span(1, 0, 13)], 7)) == [("flange", 1, 1)]
    assert read(marked("flange", [Span(1, 20, 30)], 0)) == [("flange", None, None)]


def test_foreign_private_characters_are_replaced() -> None:
    assert clean("a\ue000b\uf8ffc") == "a\ufffdb\ufffdc"


spans = st.builds(
    lambda index, start, length: Span(index, start, start + length),
    st.integers(0, 20),
    st.integers(0, 40),
    st.integers(0, 20),
)


@settings(deadline=None)
@given(st.text(alphabet="ab |-\n*", max_size=50), st.lists(spans, max_size=6), st.integers(0, 10))
def test_marking_adds_nothing_a_reader_sees(text: str, all_spans: list[Span], offset: int) -> None:
    wrapped = marked(text, all_spans, offset)
    assert unmarked(wrapped) == text
    assert "".join(piece.text for piece in MarkReader().pieces(wrapped)) == text
