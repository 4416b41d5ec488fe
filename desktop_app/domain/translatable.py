"""Marks texts of the domain for translation; a window translates them when it shows them."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name Qt's lupdate looks for
    """Mark a text for Qt's translation tools without needing Qt."""
    return text
