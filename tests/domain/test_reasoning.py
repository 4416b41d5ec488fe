from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import ReasoningPiece, TextPiece
from desktop_app.domain.reasoning import SplitPiece, ThinkSplitter
from desktop_app.domain.vision_model_events import EarlierTextWasReasoning


def _split(pieces: list[str], starts_inside: bool = False) -> tuple[str, str, bool]:
    """Reasoning, answer, and whether the first text turned out to be reasoning."""
    splitter = ThinkSplitter(starts_inside)
    found: list[SplitPiece] = []
    for piece in pieces:
        found += splitter.feed(piece)
    found += splitter.finish()
    turned = [number for number, piece in enumerate(found) if isinstance(piece, EarlierTextWasReasoning)]
    assert len(turned) <= 1
    first = turned[0] if turned else 0
    reasoning = "".join(
        piece.text
        for number, piece in enumerate(found)
        if isinstance(piece, ReasoningPiece) or (isinstance(piece, TextPiece) and number < first)
    )
    text = "".join(piece.text for piece in found[first:] if isinstance(piece, TextPiece))
    return reasoning, text, bool(turned)


def _cut(text: str, places: list[int]) -> list[str]:
    edges = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(edges)]


CASES = [
    ("A cat.", "", "A cat.", False),
    ("<think>hm</think>A cat.", "hm", "A cat.", False),
    ("\n <think>\nhm\n</think>\n\nA cat.", "\nhm\n", "A cat.", False),
    ("let me see</think>\nA cat.", "let me see", "A cat.", True),
    ("</think>A cat.", "", "A cat.", False),
    ("<think>never ends", "never ends", "", False),
    ("<think></think>A cat.", "", "A cat.", False),
    ("<think>a</think><think>b</think>c", "ab", "c", False),
    (
        "<think>hm</think>Write <think> and </think> like this.",
        "hm",
        "Write <think> and </think> like this.",
        False,
    ),
    ("Use <think> as a tag.", "", "Use <think> as a tag.", False),
    ("a < b, a <th", "", "a < b, a <th", False),
    ("", "", "", False),
    ("   ", "", "", False),
]


@pytest.mark.parametrize(("text", "reasoning", "answer", "turned"), CASES)
@given(places=st.lists(st.integers(0, 60), max_size=8))
def test_cutting_the_text_elsewhere_changes_nothing(
    text: str, reasoning: str, answer: str, turned: bool, places: list[int]
) -> None:
    assert _split(_cut(text, places)) == (reasoning, answer, turned)


@given(text=st.text(alphabet="ab<>/think \n", max_size=60), places=st.lists(st.integers(0, 60), max_size=8))
def test_any_text_any_cut(text: str, places: list[int]) -> None:
    assert _split(_cut(text, places)) == _split([text])


@given(text=st.text(alphabet="ab </>\n", max_size=40))
def test_text_without_tags_is_all_answer(text: str) -> None:
    reasoning, answer, turned = _split([text])
    assert (reasoning, turned) == ("", False)
    assert answer.strip() == text.strip()


def test_text_that_cannot_be_a_tag_is_not_held_back() -> None:
    splitter = ThinkSplitter()
    assert splitter.feed("A c") == [TextPiece("A c")]
    assert splitter.feed("at <") == [TextPiece("at ")]
    assert splitter.feed(" dog") == [TextPiece("< dog")]


@pytest.mark.parametrize(
    ("text", "reasoning", "answer"),
    [
        ("hm</think>A cat.", "hm", "A cat."),
        ("<think>hm</think>A cat.", "hm", "A cat."),
        ("hm", "hm", ""),
    ],
)
def test_a_model_that_reasons_from_its_first_word(text: str, reasoning: str, answer: str) -> None:
    assert _split([text], starts_inside=True) == (reasoning, answer, False)


def test_the_assumption_ends_with_a_tag_or_with_reasoning_from_elsewhere() -> None:
    by_tag, apart = ThinkSplitter(starts_inside=True), ThinkSplitter(starts_inside=True)
    by_tag.feed("hm")
    open_before = by_tag.never_closed
    by_tag.feed("</think>")
    assert (open_before, by_tag.never_closed) == (True, False)
    apart.expect_answer()
    assert apart.feed("A cat.") == [TextPiece("A cat.")]
