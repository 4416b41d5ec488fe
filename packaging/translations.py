"""Keeps the translations: `python packaging/translations.py update | check | compile`.

update   collect the texts of the source into the .ts files (new ones are "unfinished"; then translate them)
compile  make the .qm files that the window loads
check    fail when a text is missing, unfinished or gone, or a .qm does not hold what its .ts says
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)


@dataclass(frozen=True, slots=True)
class Message:
    """One text of a .ts file; `translation` is empty while it is unfinished."""

    context: str
    source: str
    translation: str

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.source


def ts_path(language: str) -> Path:
    return FOLDER / f"lightdesk_{language}.ts"


def qm_path(language: str) -> Path:
    return FOLDER / f"lightdesk_{language}.qm"


def messages(ts_file: Path) -> list[Message]:
    """The texts of a .ts file, without those that left the source."""
    found = []
    for context in ElementTree.parse(ts_file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            state = "" if translation is None else translation.get("type", "")
            if state in ("vanished", "obsolete"):
                continue
            text = (
                ""
                if translation is None or state == "unfinished"
                else "".join(translation.itertext()).strip("\n")
            )
            found.append(Message(context.findtext("name", ""), message.findtext("source", ""), text))
    return found


def update(ts_file: Path) -> None:
    """Bring a .ts file up to date with the source; translations of texts that are gone are dropped."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "desktop_app").rglob("*.py"))
    _run("lupdate", "-no-obsolete", "-locations", "none", *sources, "-ts", str(ts_file))


def compile_to(ts_file: Path, qm_file: Path) -> None:
    _run("lrelease", "-silent", str(ts_file), "-qm", str(qm_file))


def problems(language: str) -> list[str]:
    """What is wrong with a language, a line each; empty when all is well."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / ts_path(language).name
        fresh.write_bytes(ts_path(language).read_bytes())
        update(fresh)
        wanted = messages(fresh)
        compiled = Path(scratch) / qm_path(language).name
        compile_to(ts_path(language), compiled)
        stale = not qm_path(language).exists() or compiled.read_bytes() != qm_path(language).read_bytes()
    kept = {message.key for message in messages(ts_path(language))}
    found = [
        f"{language}: not translated: [{message.context}] {message.source}"
        for message in wanted
        if not message.translation
    ]
    found += [
        f"{language}: no longer in the source: [{context}] {source}"
        for context, source in sorted(kept - {message.key for message in wanted})
    ]
    return [*found, f"{language}: {qm_path(language).name} is not what its .ts says"] if stale else found


def _run(tool: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(_tool(tool)), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{tool}: {done.stderr or done.stdout}")


def _tool(name: str) -> Path:
    """Qt's own program inside PySide6-Essentials."""
    import PySide6

    folder = Path(PySide6.__file__).parent
    return folder / (f"{name}.exe" if sys.platform == "win32" else name)


def main(arguments: list[str]) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    match arguments:
        case ["update"]:
            for language in LANGUAGES:
                update(ts_path(language))
                left = [message for message in messages(ts_path(language)) if not message.translation]
                sys.stdout.write(f"{ts_path(language).name}: {len(left)} to translate\n")
        case ["compile"]:
            for language in LANGUAGES:
                compile_to(ts_path(language), qm_path(language))
        case ["check"]:
            found = [line for language in LANGUAGES for line in problems(language)]
            sys.stdout.write(("\n".join(found) or "All texts are translated.") + "\n")
            return 1 if found else 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
