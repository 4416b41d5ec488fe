from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.run_programs import MemoryPrograms, RunProgram, RunPrograms, SqlitePrograms


@pytest.fixture(params=["sqlite", "memory"])
async def programs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RunPrograms]:
    if request.param == "memory":
        yield MemoryPrograms()
        return
    made = SqlitePrograms(tmp_path / "data" / "library.sqlite")
    yield made
    await made.end_all()


@pytest.fixture
def program(programs: RunPrograms) -> RunProgram:
    return programs.start()
