"""Plays scenes on the whole desk: the real window, its loop, its files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop_app.app import open_desk
from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from tests.fakes.fake_server import FakeServer

Scenario = Callable[[Desk, Shell], Coroutine[Any, Any, None]]


def run(application: QApplication, start_at: Path | None, scenario: Scenario, limit_s: float = 30.0) -> None:
    """Open the desk, play the scenario, close; whatever goes wrong in it fails the test."""
    problems: list[BaseException] = []

    async def play(desk: Desk, shell: Shell) -> None:
        try:
            await asyncio.wait_for(scenario(desk, shell), limit_s)
        except BaseException as problem:
            problems.append(problem)

    assert open_desk(start_at, play, application) == 0
    if problems:
        raise problems[0]


async def until(holds: Callable[[], object]) -> None:
    while not holds():
        await asyncio.sleep(0.01)


async def shown(desk: Desk, name: str) -> None:
    await until(lambda: desk.picture.picture is not None and desk.picture.picture.name == name)
    await until(lambda: desk.picture.is_shown and desk.conversation.pictures[:1] == (desk.picture.picture,))


def use(server: FakeServer, home: Path) -> None:
    """Set the server up as a person would have done before."""
    settings = home / "lightdesk-home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'version = 1\n\n[[servers]]\nname = "Box"\nbase_url = "{server.base_url}"\n')
