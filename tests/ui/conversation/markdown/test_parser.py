"""What counts as Markdown, and what an unfinished end is turned into."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from desktop_app.ui.conversation.markdown.parser import MarkdownParser, settle_open_end


def leaves(tokens: list[Token]) -> list[tuple[str, str]]:
    found = []
    for token in tokens:
        if token.type == "inline":
            found += [(child.type, child.content) for child in token.children or []]
        elif token.nesting == 0:
            found.append((token.type, token.content))
    return found


@pytest.mark.parametrize(
    ("source", "formula"),
    [
        ("$x^2$", ("math_inline", "x^2")),
        (r"\(x^2\)", ("math_inline", "x^2")),
        (r"text \[ x^2 \] text", ("math_inline_double", "x^2")),
        ("$$\nx^2\n$$", ("math_block", "\nx^2\n")),
        ("\\[\nx^2\n\\]", ("math_block", "x^2")),
        ("\\begin{align}a&=b\\end{align}", ("amsmath", "\\begin{align}a&=b\\end{align}")),
    ],
)
def test_formulas_are_found_in_every_spelling(source: str, formula: tuple[str, str]) -> None:
    assert formula in leaves(MarkdownParser().parse(source))


@pytest.mark.parametrize(
    "source", ["It costs $5 and $10.", r"an escaped \\(x\\)", "an open $x", r"\(", r"\[ x"]
)
def test_money_and_open_signs_are_no_formulas(source: str) -> None:
    assert not [kind for kind, _ in leaves(MarkdownParser().parse(source)) if "math" in kind]


def test_html_stays_text() -> None:
    found = leaves(MarkdownParser().parse("<b>x</b> <script>alert(1)</script>\n\n<div>y</div>"))
    assert {kind for kind, _ in found} <= {"text", "softbreak"}
    assert "<script>" in "".join(text for _, text in found)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "vbscript:x", "data:text/html,x"]
)
def test_links_that_could_act_are_no_links(address: str) -> None:
    tokens = MarkdownParser().parse(f"[text]({address})")
    kinds = [child.type for token in tokens for child in token.children or []]
    assert "link_open" not in kinds


@pytest.mark.parametrize(
    ("block", "drawn", "rest"),
    [
        ("some **bold wor", "some **bold wor**", ""),
        ("some **", "some ", ""),
        ("some `cod", "some `cod`", ""),
        ("before $$\\frac{a", "before ", "$$\\frac{a"),
        ("| a | b", "", ""),
        ("text\n| a | b |\n|--", "text", ""),
        ("| a | b |\n|---|---|", "| a | b |\n|---|---|", ""),
        ("| a | b |\n|---|---|\n| 1 |", "| a | b |\n|---|---|\n| 1 |", ""),
        ("```python\nx = '**", "```python\nx = '**", ""),
        ("all closed **here**.", "all closed **here**.", ""),
    ],
)
def test_an_open_end_is_calmed(block: str, drawn: str, rest: str) -> None:
    assert settle_open_end(block) == (drawn, rest)


@settings(deadline=None)
@given(st.text(alphabet="ab *`|-$\\[]()#>\n1.", max_size=80))
def test_any_text_can_be_parsed_and_calmed(text: str) -> None:
    calm, rest = settle_open_end(text)
    MarkdownParser().parse(calm + rest)
