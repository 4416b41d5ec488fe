"""The prompts that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Prompt:
    """A ready question; `several` when it makes sense only for more than one picture."""

    title: str
    text: str
    several: bool = False


def load_prompts(path: Path, language: str) -> tuple[Prompt, ...]:
    """Read a prompts file.

    Args:
        path: a TOML file as `resources/prompts.toml`.
        language: a code such as "zh_CN"; English is used where a text is missing.

    Raises:
        OSError: when the file cannot be read.
        ValueError: when it is not TOML or a prompt lacks its English text.
    """
    import tomllib

    short = language.partition("_")[0]
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("prompt", [])
        return tuple(
            Prompt(
                entry["title"].get(short, entry["title"]["en"]),
                entry["text"].get(short, entry["text"]["en"]),
                bool(entry.get("several", False)),
            )
            for entry in entries
        )
    except (KeyError, AttributeError, TypeError, ValueError) as problem:
        raise ValueError(f"{path.name}: {problem}") from problem
