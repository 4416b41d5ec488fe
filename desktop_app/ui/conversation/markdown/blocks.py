"""Where the blocks of parsed Markdown begin: the last one may still change, those before it do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_UNSURE_LINE = re.compile(r"[ \t]*(?:#{1,6}|[-+*_= \t]+|\d{1,9}[.)]?|(?:`{3}|~{3}|\$\$|\\\[).*)\Z")
_UNSURE_END = re.compile(r"\n[ \t]*(?:\|[-|: \t]*|\d{1,9}[.)]?)\Z")
_FORMULA = re.compile(r"^[ \t]*(\$\$|\\\[)", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n\Z")


def is_unsure_end(text: str) -> bool:
    """Whether a few more letters may undo a block that the last lines begin.

    The lines of a formula belong to it when its end comes, however they begin; a table is one when the line
    below its head has as many columns; a number goes on with the list above it when its dot comes.
    """
    return is_unsure_line(text) or _UNSURE_END.search(text) is not None or _has_open_formula(text)


def is_unsure_line(text: str) -> bool:
    """Whether the last line may turn out to go on with the paragraph above it.

    "#" is a heading until it is "#5", "***" a rule until it is "***word***".
    """
    start = text.rfind("\n") + 1
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    return bool(above.strip()) and _UNSURE_LINE.match(text, start) is not None


def _has_open_formula(text: str) -> bool:
    """Whether the lines since the last blank one begin a formula, and its last one is not complete."""
    text = text[text.rfind("\n\n") + 1 :]
    position = 0
    while (begun := _FORMULA.search(text, position)) is not None:
        end = text.find("$$" if begun.group(1) == "$$" else "\\]", begun.end())
        if end < 0 or "\n" not in text[end:]:
            return True
        position = end + 2
    return False


def last_block(tokens: Sequence[Token]) -> tuple[int, int, int]:
    """Index and first line of the last block (or list item), and that item's own number or 0."""
    split, line = 0, 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0 and token.map:
            split, line = index, token.map[0]
    if not tokens or not tokens[split].type.endswith("list_open"):
        return split, line, 0
    opener, number, item_index = tokens[split], own_start(tokens, split) - 1, split
    for index in range(split + 1, len(tokens)):
        token = tokens[index]
        if token.type == "list_item_open" and token.level == opener.level + 1 and token.map:
            item_index, line, number = index, token.map[0], number + 1
    first_item = split + 1
    if item_index <= first_item:
        return split, opener.map[0] if opener.map else line, own_start(tokens, split)
    return item_index, line, number


def own_start(tokens: Sequence[Token], split: int) -> int:
    """The number a list begins with by its own words."""
    opener = tokens[list_of(tokens, split)]
    start = opener.attrGet("start") if opener.type == "ordered_list_open" else None
    return 1 if start is None else int(start)


def list_of(tokens: Sequence[Token], split: int) -> int:
    """Index of the top-level list an item belongs to, or the index itself."""
    index = split
    while index > 0 and tokens[index].level > 0:
        index -= 1
    return index


def offset_of_line(text: str, line: int) -> int:
    position = 0
    for _ in range(line):
        position = text.index("\n", position) + 1
    return position


def is_closed(block: str, tokens: Sequence[Token]) -> bool:
    """Whether nothing that comes can belong to the last block any more: `block` ends behind its last line."""
    if not tokens or tokens[-1].level or not block.endswith("\n"):
        return False
    last = tokens[-1]
    match last.type:
        case "heading_close" | "hr":
            return True
        case "fence" if last.map:
            # An opening line, the code, and the line that ends it.
            return last.map[1] - last.map[0] == last.content.count("\n") + 2
        case "paragraph_close" | "table_close" | "blockquote_close":
            return _BLANK_LINE.search(block) is not None
        case _:
            return False
