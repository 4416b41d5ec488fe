"""The words of tables that are handed over, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_CONTEXTS = ("run_table", "errors")
"""Headings and words of the table, and why pictures failed."""


def table_words(text: str) -> str:
    """The text in the user's language, or as it is; usable from any thread."""
    for context in _CONTEXTS:
        translated = QCoreApplication.translate(context, text)
        if translated != text:
            return translated
    return text
