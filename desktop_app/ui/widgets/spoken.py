"""What a screen reader is to say of a text with an underlined letter."""

from __future__ import annotations

import re

_MARK = re.compile(r"\(&.\)|&")
"""In Chinese the letter stands behind the words, "名称(&M)", and is none of them."""


def spoken(text: str) -> str:
    """The words alone."""
    return _MARK.sub("", text)
