"""What the first paint waits for; each run is a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.settings import Settings
from desktop_app.domain.theme_choice import ThemeChoice
from tests.assembly.desk_play import run
from tests.fakes.waiting import until

FRAME = """
import json, os, sys
from desktop_app.adapters.places import find_places
from desktop_app.assembly.shell import build_frame, new_application
application = new_application()
frame = build_frame(application, find_places(os.environ))
frame.window.show()
application.processEvents()
built = "Qt" in vars(sys.modules["PySide6.QtCore"])
print(json.dumps([sorted(sys.modules), built, frame.language, frame.theme.is_dark]))
os._exit(0)
"""

LATER = (
    "PIL", "asyncio", "dataclasses", "httpx2", "keyring", "markdown_it", "msgspec", "numpy", "openai",
    "pydantic", "pygments", "qasync", "rapidocr", "sqlite3", "watchdog", "ziamath", "desktop_app.composition",
    "desktop_app.cli", "desktop_app.services",
)  # fmt: skip


class First(NamedTuple):
    """What there is at the first paint of a program that starts now."""

    modules: list[str]
    namespace_built: bool
    language: str
    is_dark: bool

    @property
    def heavy(self) -> list[str]:
        return [name for name in LATER if name in self.modules]


def first_paint() -> First:
    done = subprocess.run([sys.executable, "-c", FRAME], capture_output=True, text=True, check=True)
    return First(*json.loads(done.stdout))


async def choose_dark(desk: Desk, shell: Shell) -> None:
    def dark(settings: Settings) -> Settings:
        return replace(settings, window=replace(settings.window, theme=ThemeChoice.DARK))

    shell.settings.change(dark)


def write(home: Path, text: str) -> Path:
    settings = home / "lightdesk-home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(text, encoding="utf-8")
    return settings


def test_nothing_heavy_is_imported_before_the_window_is_painted() -> None:
    first = first_paint()
    assert first.heavy == []
    assert not first.namespace_built, "something used an enumeration of Qt's own namespace: 40 ms"


def test_what_is_changed_in_the_settings_file_by_hand_counts_at_the_next_start(
    qapp: QApplication, tmp_path: Path
) -> None:
    run(qapp, None, choose_dark)
    write(tmp_path, 'version = 1\n[window]\nlanguage = "zh_CN"\n')
    changed = first_paint()
    assert (changed.language, changed.is_dark) == ("zh_CN", False)


def test_settings_that_are_as_the_program_left_them_are_not_read_for_the_first_paint(
    qapp: QApplication, tmp_path: Path
) -> None:
    write(tmp_path, 'version = 1\n[window]\nlanguage = "zh_CN"\n')
    run(qapp, None, choose_dark)
    first = first_paint()
    assert (first.language, first.is_dark, first.heavy) == ("zh_CN", True, [])


def test_a_settings_file_that_is_broken_is_still_told_after_the_first_paint(
    qapp: QApplication, tmp_path: Path
) -> None:
    run(qapp, None, choose_dark)
    write(tmp_path, "window = [[[")
    told: list[str] = []

    async def look(desk: Desk, shell: Shell) -> None:
        await until(lambda: "settings" in shell.window.notice_text())
        told.append(shell.window.notice_text())

    run(qapp, None, look)
    assert told
