"""The installation's own test: the real window on the sample pictures, in a folder of its own."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.answers import EvidenceFound
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import Picture
from desktop_app.domain.questions import AskedPicture, Question
from desktop_app.ui.preflight import check_system_libraries, print_problem
from desktop_app.ui.resources import resource

if TYPE_CHECKING:
    from desktop_app.assembly.desk import Desk
    from desktop_app.assembly.shell import Shell

LIMIT_S = 120.0
"""After this many seconds the process ends by force, whatever hangs."""

OpenDesk = Callable[[Path, Callable[["Desk", "Shell"], Awaitable[None]]], int]

_CHECK_S = 100.0
_LOOK_EVERY_S = 0.02
_PASSED, _FAILED, _HUNG = 0, 1, 3
_SCREENS = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
_SPOTS = 40
_LEAST_COLOURS = 20


def self_test(open_desk: OpenDesk) -> int:
    """Run it; says on stdout that all works, on stderr what does not."""
    watchdog = threading.Timer(LIMIT_S, _give_up)
    watchdog.daemon = True
    watchdog.start()
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            os.environ["LIGHTDESK_HOME"] = home
            return _run(open_desk)
    finally:
        watchdog.cancel()


def _run(open_desk: OpenDesk) -> int:
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        check_system_libraries(os.environ)
    except AppError as error:
        print_problem(error)
        return _FAILED
    failures: list[str] = []

    async def check(desk: Desk, shell: Shell) -> None:
        step = ["the window"]
        try:
            await asyncio.wait_for(_check(desk, shell, step), _CHECK_S)
        except Exception as problem:
            failures.append(f"{step[-1]}: {type(problem).__name__} {problem}")

    open_desk(resource("samples"), check)
    if failures:
        sys.stderr.write(f"self-test failed at {failures[0]}\n")
        return _FAILED
    sys.stdout.write("self-test passed\n")
    return _PASSED


async def _check(desk: Desk, shell: Shell, step: list[str]) -> None:
    """The samples are listed, one is shown with its thread, the window has drawn, one can be read."""
    step.append("listing the sample pictures")
    while not desk.listed():
        await asyncio.sleep(_LOOK_EVERY_S)
    step.append("showing the first picture")
    while not desk.picture.is_shown:
        await asyncio.sleep(_LOOK_EVERY_S)
    step.append("drawing")
    _check_drawing(shell)
    step.append("reading text in a sample")
    await _check_reading(desk)


def _check_drawing(shell: Shell) -> None:
    image = shell.window.grab().toImage()
    step = max(image.width() // _SPOTS, 1)
    spots = [(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), step)]
    colours = {image.pixel(x, y) for x, y in spots}
    if len(colours) < _LEAST_COLOURS:
        raise RuntimeError(f"only {len(colours)} colours on the window")


async def _check_reading(desk: Desk) -> None:
    picture = Picture(resource("samples", "1-receipt.jpg"))
    question = Question((AskedPicture(picture),), "Read the text.", AskOptions())
    async for event in desk.asking.ask(question):
        if isinstance(event, EvidenceFound) and event.evidence:
            return
    raise RuntimeError("no text found")


def _give_up() -> None:
    sys.stderr.write(f"self-test failed: not done after {LIMIT_S:.0f} seconds\n")
    sys.stderr.flush()
    os._exit(_HUNG)
