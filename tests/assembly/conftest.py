from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from tests.assembly.desk_play import OnDesk, Scenario, run, use
from tests.assembly.run_play import COUNT
from tests.fakes.fake_server import FakeServer, whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures for a run, "span 1.png" and so on."""
    place = tmp_path / "bridge"
    place.mkdir()
    for number in range(1, COUNT + 1):
        Image.new("RGB", (120, 80), (20 * number, 90, 60)).save(place / f"span {number}.png")
    return place


@pytest.fixture
def server(server: FakeServer, tmp_path: Path) -> FakeServer:
    """The person's only server, set up before; it answers "Rust." unless told otherwise."""
    server.default = whole("Rust.")
    use(server, tmp_path)
    return server


@pytest.fixture
def on_desk(qapp: QApplication, folder: Path) -> OnDesk:
    def play(scenario: Scenario, start_at: Path | None = folder) -> None:
        run(qapp, start_at, scenario)

    return play
