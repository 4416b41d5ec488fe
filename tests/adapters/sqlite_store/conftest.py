from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.schema import Schema
from desktop_app.services.picture_workers import PictureWorkers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite"


@pytest.fixture
def workers() -> Iterator[PictureWorkers]:
    made = PictureWorkers()
    yield made
    made.close()


OpenLibrary = Callable[..., Library]


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """What a library file holds, looked at from outside."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
async def open_library(path: Path) -> AsyncIterator[OpenLibrary]:
    """Opens the library as another window would; all are closed at the end."""
    opened: list[Library] = []

    def make(schema: Schema | None = None, busy_timeout_s: float = 3.0) -> Library:
        opened.append(Library(path, schema, busy_timeout_s))
        return opened[-1]

    yield make
    for library in opened:
        await library.close()


@pytest.fixture
def store(open_library: OpenLibrary, workers: PictureWorkers) -> SqliteConversations:
    return SqliteConversations(open_library(), workers)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux") or shutil.which("mount") is None:
        pytest.skip("a small file system is made with Linux's tmpfs")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("mounting a small file system needs rights this user has not")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
