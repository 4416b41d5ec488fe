"""How texts are compared when something is searched."""

from __future__ import annotations

import unicodedata


def searchable(text: str) -> str:
    """Lower case; full-width forms and separate accents, as some systems write them, in one form."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
