from __future__ import annotations

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
