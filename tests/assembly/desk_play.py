"""Plays scenes on the whole desk: the real window, its loop, its files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.app import open_desk
from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from tests.fakes.fake_server import FakeServer
from tests.fakes.languages import own_language
from tests.fakes.waiting import until
from tests.ui.finding import is_shown, shown_part

Scenario = Callable[[Desk, Shell], Coroutine[Any, Any, None]]
Kind = TypeVar("Kind", bound=QWidget)

LIMIT_S = 90.0
"""Of a scenario, before pytest would end everything."""


class OnDesk(Protocol):
    """Opens the desk at the test's folder, or with None at that of last time, and plays the scenario."""

    def __call__(self, scenario: Scenario, start_at: Path | None = ...) -> None: ...


def run(application: QApplication, start_at: Path | None, scenario: Scenario) -> None:
    """Open the desk, play the scenario, close; whatever goes wrong in it fails the test."""
    problems: list[BaseException] = []

    async def play(desk: Desk, shell: Shell) -> None:
        try:
            await asyncio.wait_for(scenario(desk, shell), LIMIT_S)
        except BaseException as problem:
            problems.append(problem)

    with own_language(application):
        assert open_desk(start_at, play, application) == 0
    if problems:
        raise problems[0]


async def shown(desk: Desk, name: str) -> None:
    """The picture is on the screen, and its conversation beside it."""
    await until(lambda: desk.picture.picture is not None and desk.picture.picture.name == name)
    await until(lambda: desk.picture.is_shown and desk.conversation.pictures[:1] == (desk.picture.picture,))


async def opened(parent: QWidget, kind: type[Kind]) -> Kind:
    """A window or an area of the kind, as soon as it can be seen."""
    await until(lambda: is_shown(parent, kind))
    return shown_part(parent, kind)


def use(server: FakeServer, home: Path) -> None:
    """Set the server up as a person would have done before."""
    use_servers(home, {"Box": server.base_url})


def use_servers(home: Path, addresses: dict[str, str]) -> None:
    """Set up servers by their names; the first one is in use."""
    settings = home / "lightdesk-home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    tables = [f'[[servers]]\nname = "{name}"\nbase_url = "{url}"\n' for name, url in addresses.items()]
    settings.write_text("version = 1\n\n" + "".join(tables))
