from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.fakes.fake_server import FakeServer, whole
from tests.services.runs.batch_lab import SAID
from tests.services.runs.run_lab import ANSWER, RunLab


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer() as running:
        running.default = whole(ANSWER)
        yield running


@pytest.fixture
def vllm() -> Iterator[FakeServer]:
    """A server that takes all that vLLM takes, and answers the form of `batch_lab`."""
    with FakeServer("qwen2-vl", version="0.32.0") as running:
        running.default = whole(SAID)
        yield running


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[RunLab]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    made = RunLab(folder, tmp_path / "library.sqlite")
    yield made
    await made.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that a person would not notice."""
    monkeypatch.setattr("desktop_app.services.runs.trouble.FIRST_WAIT_S", 0.01)
    monkeypatch.setattr("desktop_app.services.runs.fleet.REST_S", 0.1)
    monkeypatch.setattr("desktop_app.services.runs.ledger.SAVE_AGAIN_S", 0.05)
