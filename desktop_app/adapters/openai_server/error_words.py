"""Finds the words of an error in whatever a server, a proxy or a framework sends back.

Shapes met: `{"error": {"message", "type", "param", "code"}}`, `{"error": "text"}`, the flat
`{"object": "error", "message", ...}` of older vLLM, SGLang and LMDeploy, FastAPI's `{"detail": ...}`, and
pages of HTML from gateways.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

LONGEST_DETAIL = 600


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What was said.

    Attributes:
        message: the server's words, or the start of the body when no words can be made out.
        is_api: the body has a shape of an API error; false for pages and plain text of gateways.
        status: the status inside the body, for errors that arrive in a stream after a 200; else None.
    """

    message: str
    is_api: bool
    status: int | None = None


def words_in_text(text: str) -> ErrorWords:
    """Read a response body."""
    try:
        body = json.loads(text)
    except ValueError:
        return ErrorWords(_page_text(text), is_api=False)
    return words_in_body(body)


def words_in_body(body: Any) -> ErrorWords:
    """Read decoded JSON, with or without the outer `error`."""
    if isinstance(body, str):
        return ErrorWords(body, is_api=True)
    if not isinstance(body, dict):
        return ErrorWords(json.dumps(body)[:LONGEST_DETAIL], is_api=False)
    inner = body.get("error")
    if isinstance(inner, dict):
        return _of_object(inner)
    if isinstance(inner, str) and inner:
        return ErrorWords(inner, is_api=True, status=_status(body.get("code")))
    return _of_object(body)


def sanitised(text: str, key: str) -> str:
    """Shortened, on few lines, without the key and without picture data."""
    if key:
        text = text.replace(key, "…")
    text = re.sub(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]*", "data:…", text)
    text = re.sub(r"[A-Za-z0-9+/=]{120,}", "…", text).strip()
    return text if len(text) <= LONGEST_DETAIL else text[:LONGEST_DETAIL] + "…"


def _of_object(said: dict[str, Any]) -> ErrorWords:
    for name in ("message", "detail", "msg"):
        value = said.get(name)
        if value:
            message = value if isinstance(value, str) else json.dumps(value)
            return ErrorWords(message, is_api=True, status=_status(said.get("code")))
    return ErrorWords(json.dumps(said)[:LONGEST_DETAIL], is_api=False, status=_status(said.get("code")))


def _status(code: Any) -> int | None:
    try:
        number = int(code)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if 400 <= number <= 599 else None


def _page_text(page: str) -> str:
    """The visible words of a page, its title first."""
    title = re.search(r"<title[^>]*>(.*?)</title>", page, re.IGNORECASE | re.DOTALL)
    visible = re.sub(r"<(script|style|title)[^>]*>.*?</\1>|<[^>]*>", " ", page[:20_000], flags=re.I | re.S)
    words = " ".join(visible.split())
    return f"{title[1].strip()}: {words}" if title else words
