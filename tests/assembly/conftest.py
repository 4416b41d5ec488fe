from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.assembly.run_play import COUNT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures for a run, "span 1.png" and so on."""
    place = tmp_path / "bridge"
    place.mkdir()
    for number in range(1, COUNT + 1):
        Image.new("RGB", (120, 80), (20 * number, 90, 60)).save(place / f"span {number}.png")
    return place
