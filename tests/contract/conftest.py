from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

import pytest

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.services.runs.ports import RunRepository
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.memory_runs import MemoryRuns


class RunPrograms(Protocol):
    """Programs that use the same runs; two of them are two processes to each other."""

    def start(self) -> RunRepository: ...

    async def end(self, repository: RunRepository) -> None:
        """End the program, whatever it was working on."""
        ...


class SqlitePrograms:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._running: list[tuple[LibraryRuns, Library]] = []

    def start(self) -> RunRepository:
        library = Library(self._path)
        self._running.append((LibraryRuns(library), library))
        return self._running[-1][0]

    async def end(self, repository: RunRepository) -> None:
        for running, library in self._running:
            if running is repository:
                await library.close()

    async def end_all(self) -> None:
        for _, library in self._running:
            await library.close()


class MemoryPrograms:
    def __init__(self) -> None:
        self._first = MemoryRuns()

    def start(self) -> RunRepository:
        return MemoryRuns(beside=self._first)

    async def end(self, repository: RunRepository) -> None:
        assert isinstance(repository, MemoryRuns)
        repository.end()


@pytest.fixture(params=["sqlite", "memory"])
async def programs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RunPrograms]:
    if request.param == "memory":
        yield MemoryPrograms()
        return
    made = SqlitePrograms(tmp_path / "data" / "library.sqlite")
    yield made
    await made.end_all()


@pytest.fixture
def runs(programs: RunPrograms) -> RunRepository:
    return programs.start()
