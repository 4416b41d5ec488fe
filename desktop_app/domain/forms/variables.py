"""Variables in prompts: `{{file}}` becomes the picture's name.

Double braces, because a prompt may show the vision model an example of JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size

FILE, FOLDER, TAKEN, SIZE = "file", "folder", "taken", "size"
OF_PICTURE = (FILE, FOLDER, TAKEN, SIZE)
"""Known of every picture: its name, its folder's name, when it was taken, "4000 x 3000"."""

_VARIABLE = re.compile(r"\{\{([^{}]+)\}\}")


def size_words(size: Size) -> str:
    """A picture's size as prompts tell it."""
    return f"{size.width} x {size.height}"


def in_prompt(variable: str) -> str:
    """A variable as it stands in a prompt."""
    return f"{{{{{variable}}}}}"


def variables_in(prompt: str) -> tuple[str, ...]:
    """Names of the variables, each once, in order."""
    return tuple(dict.fromkeys(match[1].strip() for match in _VARIABLE.finditer(prompt)))


def earlier_field(variable: str) -> tuple[str, str] | None:
    """Run and field that a variable such as `{{corrosion.rust}}` names; None for one of the picture."""
    run, dot, key = variable.rpartition(".")
    return (run.strip(), key.strip()) if dot and run.strip() and key.strip() else None


def without_braces(prompt: str) -> str:
    """A prompt with its variables as plain words: a name made of it can be named in another prompt."""
    return prompt.replace("{{", "").replace("}}", "")


def check_variables(prompt: str) -> None:
    """
    Raises:
        AppError: PROMPT_VARIABLE for a name that nothing is known by.
    """
    for variable in variables_in(prompt):
        if variable not in OF_PICTURE and earlier_field(variable) is None:
            raise AppError(ErrorCode.PROMPT_VARIABLE, name=variable)


def fill_known(prompt: str, values: Mapping[str, str]) -> str:
    """The prompt with those variables filled in that have a value here; the others stay as they are."""
    return _VARIABLE.sub(lambda match: values.get(match[1].strip()) or match[0], prompt)


def fill_variables(prompt: str, values: Mapping[str, str]) -> str:
    """The prompt with its variables filled in; one without a value, such as a date, becomes "unknown"."""
    return _VARIABLE.sub(lambda match: values.get(match[1].strip()) or "unknown", prompt)
