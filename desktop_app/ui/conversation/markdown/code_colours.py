"""Colour for code in answers, by Pygments; no Qt here."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class CodeRun:
    """Consecutive characters of one look; `colour` is "#rrggbb" or "" for the text colour."""

    text: str
    colour: str = ""
    bold: bool = False
    italic: bool = False


def coloured(code: str, language: str, dark: bool) -> list[CodeRun]:
    """Split code into coloured runs; unknown languages and very long code stay plain."""
    lexer = _lexer(language.strip().lower())
    if lexer is None or len(code) > _LONGEST:
        return [CodeRun(code)]
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
    return runs


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
