"""Settings every test runs under: no screen, no files outside the test's folder, no thread or task left
behind.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from desktop_app.composition.core import Core
    from tests.fakes.fake_server import FakeServer

# How long an example takes says nothing on a machine that others use too.
settings.register_profile("lightdesk", deadline=None)
settings.load_profile("lightdesk")

GARBAGE_BETWEEN_TESTS = 20_000
"""New objects after which garbage is collected between two tests; collecting takes some 50 ms."""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--server-url", help="base URL of a real model server; runs tests/server against it")
    parser.addoption("--keyed-server-url", help="base URL of a model server that wants a key, for wrong keys")
    parser.addoption(
        "--batch-command",
        help="command that answers {requests} into {results}, with the model of --server-url; {folder} is"
        " where pictures may be that a request names",
    )


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file the program writes goes below the test's folder; no key or proxy of the machine is used."""
    monkeypatch.setenv("LIGHTDESK_HOME", str(tmp_path / "lightdesk-home"))
    for name in list(os.environ):
        if name.upper().startswith("OPENAI_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A server that says what it is told to."""
    from tests.fakes.fake_server import FakeServer

    with FakeServer() as running:
        yield running


@pytest.fixture
async def core() -> AsyncIterator[Core]:
    """The program below window and command line, on files of the test's own."""
    from desktop_app.adapters.places import find_places
    from desktop_app.composition.core import build_core
    from desktop_app.composition.settings import load_settings

    places = find_places(os.environ)
    joined = build_core(places, load_settings(places))
    yield joined
    await joined.close()


@pytest.fixture(autouse=True)
def _garbage_is_collected_here() -> Iterator[None]:
    """As in the program: a Qt object destroyed in a worker thread by chance would crash a later test."""
    gc.disable()
    yield
    if gc.get_count()[0] > GARBAGE_BETWEEN_TESTS:
        gc.collect()


@pytest.fixture(autouse=True)
def _no_widget_is_left() -> Iterator[None]:
    """Widgets that live on would be laid out and styled again with every later test's window.

    pytest-qt asks for their deletion, but processing events does not carry out what was asked with
    `deleteLater` (documentation of `QCoreApplication::processEvents`).
    """
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    for widget in widgets.QApplication.topLevelWidgets():
        widget.deleteLater()
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 3.0
    while time.monotonic() < deadline:
        left = [t for t in threading.enumerate() if t not in before and not _is_allowed(t)]
        if not left:
            return
        time.sleep(0.02)
    pytest.fail(f"threads left behind: {[thread.name for thread in left]}")


def _is_allowed(thread: threading.Thread) -> bool:
    """Threads of libraries that live as long as the process, and Python's notes of Qt's own threads."""
    return isinstance(thread, threading._DummyThread) or thread.name.startswith(
        ("asyncio_", "pytest", "AnyIO")
    )
