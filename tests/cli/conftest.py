from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

MakeFolder = Callable[..., Path]


@pytest.fixture
def folder_of(tmp_path: Path) -> MakeFolder:
    """Makes a folder of so many small pictures, each different: "p 1.png", "p 2.png" and so on."""

    def make(count: int, name: str = "scans") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for number in range(1, count + 1):
            Image.new("RGB", (56, 56), (number % 256, number // 256, 90)).save(folder / f"p {number}.png")
        return folder

    return make
