"""The user's own words in menus and on buttons."""

from __future__ import annotations


def literal(text: str) -> str:
    """Shown letter for letter: an ampersand in a name would underline the letter behind it."""
    return text.replace("&", "&&")
