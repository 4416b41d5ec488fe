"""Natural order of names: "IMG 9" before "IMG 10", letters without regard to case."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(\d+)")


def natural_key(name: str) -> list[str | int]:
    """Sort key; text and numbers alternate, so keys of any two names can be compared."""
    parts: list[str | int] = list(_DIGITS.split(name.casefold()))
    parts[1::2] = [int(digits) for digits in parts[1::2]]
    return parts
