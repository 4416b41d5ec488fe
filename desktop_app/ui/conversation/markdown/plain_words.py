"""Words that can be put behind others without a look at the Markdown around them."""

from __future__ import annotations

import re

# What never changes the meaning of a line of words it is appended to: no emphasis, code, link, formula,
# table, HTML or entity can begin or end with it (brackets and semicolons are looked at more closely).
_PLAIN_WORDS = re.compile(r"(?:[^\W_]|[ ,.'’\"“”‘’，。；：、？！（）《》…—–:/%+=?!;()-])+")
_LETTER = re.compile(r"[^\W\d_]")
_GAP = " "


def words_to_append(before: str, new: str) -> str | None:
    """What `new` puts behind a paragraph that ends with `before`; None when it may change what is above it.

    The parser drops spaces at the end; they come back in front of the words.
    """
    gap = len(new) - len(new.lstrip(_GAP))
    held = len(before) - len(before.rstrip(_GAP))
    words = new[gap:]
    if not words or not _PLAIN_WORDS.fullmatch(words) or not _is_plain_end(before, words):
        return None
    return _GAP * (held + gap) + words.rstrip(_GAP)


def _is_plain_end(before: str, words: str) -> bool:
    """Whether these words can follow without a look at the whole block."""
    line = before[before.rfind("\n") + 1 :]
    if not _LETTER.search(line):
        return False  # "1" and ". " make a list, "--" and "-" a rule
    if not _PLAIN_WORDS.fullmatch(line[-1]):
        return False  # after a backslash ":" is a letter, after "]" a bracket makes a link
    if ")" in words and ("](" in line or "\\(" in line):
        return False
    return ";" not in words or "&" not in line
