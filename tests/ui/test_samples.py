"""The sample pictures: all there, small, decodable, free of metadata, and every licence stated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.ui.resources import resource

PICTURES = sorted(path for path in resource("samples").iterdir() if path.suffix in (".jpg", ".png"))


def test_there_are_enough_to_show_what_the_program_is_for() -> None:
    assert len(PICTURES) >= 8


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_each_opens_is_small_and_carries_no_metadata(path: Path) -> None:
    assert path.stat().st_size < 250_000
    with Image.open(path) as picture:
        picture.load()
        assert min(picture.size) >= 300
        assert not picture.getexif()


def test_together_they_stay_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES) < 1_500_000


def test_source_and_licence_of_each_are_stated() -> None:
    text = (resource("samples") / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|[^|]+\| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    assert [name for name, _, _ in rows] == [path.name for path in PICTURES]
    assert all(source.strip() and licence.strip() for _, source, licence in rows)
