"""Which form a command means."""

from __future__ import annotations

import locale
from pathlib import Path

from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form, plain_form
from desktop_app.services.forms import SOURCE_LANGUAGE

_CHINESE = ("zh", "Chinese")
"""How the system's language begins where it is Chinese; Windows has names of its own."""


def language_of_forms(chosen: str) -> str:
    """The language of the shipped forms.

    Args:
        chosen: as in the settings, "" for the system's.
    """
    if chosen:
        return chosen
    system = locale.getlocale()[0] or ""
    return "zh_CN" if system.startswith(_CHINESE) else SOURCE_LANGUAGE


async def find_form(core: Core, prompt: str | None, named: str | None) -> Form:
    """The form of a prompt, or the one that a file holds or a name means.

    A file counts before a name; something that ends or is written like a file can be nothing else.

    Raises:
        AppError: WRONG_USE, FORM_UNKNOWN, FORM_BROKEN, FORM_NEWER.
    """
    if named is None:
        if not (prompt or "").strip():
            raise AppError(ErrorCode.WRONG_USE, reason="The question is empty.")
        return plain_form(prompt or "")
    path = _file(named)
    return await core.forms.find(named) if path is None else await core.forms.load_file(path)


def _file(named: str) -> Path | None:
    """The file that is meant; None for a name."""
    path = Path(named).expanduser().absolute()
    written_like_one = named.endswith(".toml") or "/" in named or "\\" in named
    return path if written_like_one or path.is_file() else None
