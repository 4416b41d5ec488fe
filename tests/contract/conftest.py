from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.run_programs import RunProgram, RunPrograms


@pytest.fixture
async def programs(tmp_path: Path) -> AsyncIterator[RunPrograms]:
    made = RunPrograms(tmp_path / "data" / "library.sqlite")
    yield made
    await made.end_all()


@pytest.fixture
def program(programs: RunPrograms) -> RunProgram:
    return programs.start()
