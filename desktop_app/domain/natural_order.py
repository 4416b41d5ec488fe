"""Natural order of names: "IMG 9" before "IMG 10", letters without regard to case."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"(\d+)")
_SEPARATOR = "\0"
"""Stands between names that are handled together; no file system allows it in a name."""


def _length_mark(length: int) -> str:
    """Digits that order numbers by how many digits they have, whatever follows: nines, then the rest."""
    return "9" * (length // 9) + str(length % 9)


_LENGTH_MARKS = tuple(map(_length_mark, range(256)))


def natural_key(name: str) -> str:
    """Sort key: the name in lower case with each number's length before its digits, without leading zeros.

    Names that differ in case or leading zeros only have equal keys.
    """
    return _key_text(name)


def natural_keys(names: Sequence[str]) -> list[str]:
    """`natural_key` of each name, several times faster than one by one: all names go through one split.

    Holds the interpreter for about 1 ms per 2,000 names; hand longer lists over in blocks.
    """
    keys = _key_text(_SEPARATOR.join(names)).split(_SEPARATOR) if names else []
    # A name with the separator in it cannot come from a file system, but must not mix up the others.
    return keys if len(keys) == len(names) else [natural_key(name) for name in names]


def _key_text(text: str) -> str:
    parts = _NUMBER.split(text.casefold())
    parts[1::2] = [_marked(digits.lstrip("0")) for digits in parts[1::2]]
    return "".join(parts)


def _marked(digits: str) -> str:
    length = len(digits)
    return (_LENGTH_MARKS[length] if length < len(_LENGTH_MARKS) else _length_mark(length)) + digits
