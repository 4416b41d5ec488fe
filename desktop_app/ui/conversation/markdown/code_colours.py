"""Colour for code in answers, by Pygments; no Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pygments import lex
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.style import Style
from pygments.styles import get_style_by_name
from pygments.token import Token as PygmentsToken
from pygments.util import ClassNotFound

_LONGEST = 60_000
_PART_LINES = 30


@dataclass(frozen=True, slots=True)
class CodeRun:
    """Consecutive characters of one look; `colour` is "#rrggbb" or "" for the text colour."""

    text: str
    colour: str = ""
    bold: bool = False
    italic: bool = False


def coloured(code: str, language: str, dark: bool) -> tuple[CodeRun, ...]:
    """Split code into coloured runs; unknown languages and very long code stay plain.

    Long code is coloured in parts that begin at an unindented line, so that what stood there before a
    redraw need not be read again. A string or comment over many lines may lose its colour between parts.
    """
    if _lexer(language.strip().lower()) is None or len(code) > _LONGEST:
        return (CodeRun(code),)
    runs: list[CodeRun] = []
    for part in _parts(code):
        runs += _coloured_part(part, language.strip().lower(), dark)
    return tuple(runs)


def _parts(code: str) -> Iterator[str]:
    part: list[str] = []
    for line in code.splitlines(keepends=True):
        if len(part) >= _PART_LINES and not line[:1].isspace():
            yield "".join(part)
            part = []
        part.append(line)
    yield "".join(part)


@lru_cache(maxsize=256)
def _coloured_part(code: str, language: str, dark: bool) -> tuple[CodeRun, ...]:
    lexer = _lexer(language)
    if lexer is None:
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
