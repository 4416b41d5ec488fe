"""How values of the domain are written in the library's columns."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

_Value = TypeVar("_Value")

_RAW_PATH = "bytes:"


def storable(text: str) -> str:
    """The text as UTF-8 can hold it: halves of a surrogate pair are joined, lone ones replaced.

    Such halves come from text pasted out of other programs and from servers that cut a JSON escape in two.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def path_key(path: Path | str) -> str:
    """A path as text; names that are no UTF-8 (possible on Linux) are kept exactly, as hexadecimal bytes."""
    text = os.fspath(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _RAW_PATH + os.fsencode(text).hex()
    return text


def path_of(key: str) -> Path:
    """The path a key stands for."""
    if key.startswith(_RAW_PATH):
        return Path(os.fsdecode(bytes.fromhex(key.removeprefix(_RAW_PATH))))
    return Path(key)


def path_text(key: str) -> str:
    """The path a key stands for, letter by letter; a `Path` would make one slash of two in an address."""
    return str(path_of(key)) if key.startswith(_RAW_PATH) else key


def to_json(value: Any) -> str:
    return storable(json.dumps(msgspec.to_builtins(value, enc_hook=_encode), ensure_ascii=False))


def from_json(text: str, kind: type[_Value]) -> _Value:
    """Raises ValueError (msgspec's ValidationError is one) when the text is no such value."""
    return msgspec.convert(json.loads(text), kind, dec_hook=_decode)


def utc_now() -> datetime:
    """Times in the library are UTC."""
    return datetime.now(UTC)


def to_time(moment: datetime) -> str:
    return moment.isoformat()


def from_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _encode(value: Any) -> Any:
    if isinstance(value, Path):
        return path_key(value)
    raise NotImplementedError(type(value))


def _decode(kind: type, value: Any) -> Any:
    if kind is Path:
        return path_of(value)
    raise NotImplementedError(kind)
