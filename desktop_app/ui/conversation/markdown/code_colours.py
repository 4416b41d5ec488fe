"""Colour for code in answers, by Pygments; no Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pygments import lex
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.style import Style
from pygments.styles import get_style_by_name
from pygments.token import Token as PygmentsToken
from pygments.util import ClassNotFound

_LONGEST_PART = 20_000
_PART_LINES = 12
_MOST_PART_LINES = 40
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class CodeRun:
    """Consecutive characters of one look; `colour` is "#rrggbb" or "" for the text colour."""

    text: str
    colour: str = ""
    bold: bool = False
    italic: bool = False


def code_parts(code: str) -> list[str]:
    """Code in parts of some lines each, at least one; together they are the code.

    Each is coloured by itself, so that what stood there before a redraw need not be read again; a string or
    comment over many lines may lose its colour between parts. A part begins at an unindented line where one
    comes in time. Parts never change when lines are added behind them, except the last one.
    """
    parts: list[str] = []
    part: list[str] = []
    for line in _LINES.findall(code):
        is_break = len(part) >= _PART_LINES and not line[:1].isspace()
        if is_break or len(part) >= _MOST_PART_LINES:
            parts.append("".join(part))
            part = []
        part.append(line)
    parts.append("".join(part))
    return parts


def coloured_part(part: str, language: str, dark: bool) -> tuple[CodeRun, ...]:
    """Coloured runs of one part; unknown languages and very long lines stay plain."""
    return _coloured_part(part, language.strip().lower(), dark)


@lru_cache(maxsize=256)
def _coloured_part(code: str, language: str, dark: bool) -> tuple[CodeRun, ...]:
    lexer = _lexer(language)
    if lexer is None or len(code) > _LONGEST_PART:
        return (CodeRun(code),)
    style = _style(dark)
    runs: list[CodeRun] = []
    for kind, text in lex(code, lexer):
        look = style.style_for_token(kind)
        run = CodeRun(
            text, f"#{look['color']}" if look["color"] else "", bool(look["bold"]), bool(look["italic"])
        )
        if runs and _same_look(runs[-1], run, kind):
            runs[-1] = CodeRun(runs[-1].text + text, runs[-1].colour, runs[-1].bold, runs[-1].italic)
        else:
            runs.append(run)
    return tuple(runs)


def _same_look(before: CodeRun, run: CodeRun, kind: object) -> bool:
    blank = kind in (PygmentsToken.Text, PygmentsToken.Text.Whitespace) and not run.text.strip()
    return blank or (before.colour, before.bold, before.italic) == (run.colour, run.bold, run.italic)


@lru_cache(maxsize=16)
def _lexer(language: str) -> Lexer | None:
    if not language:
        return None
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _style(dark: bool) -> type[Style]:
    style: type[Style] = get_style_by_name("github-dark" if dark else "xcode")
    return style
