"""The viewer's pixels."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.geometry import Size
from tests.adapters.imaging.cameras import photograph
from tests.adapters.imaging.making import scene


@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_within_gives_exactly_the_fitting_size(
    suffix: str, tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / f"photo.{suffix}"
    photograph((900, 600)).save(path)
    loaded = files.load(path, Size(200, 200))
    assert loaded.raster.size == Size(200, 133)
    assert len(loaded.raster.rgb) == 200 * 133 * 3
    assert loaded.original_size == Size(900, 600)


def test_nothing_is_enlarged(tmp_path: Path, files: PillowPictureFiles) -> None:
    scene().save(tmp_path / "any.png")
    loaded = files.load(tmp_path / "any.png", Size(4000, 4000))
    assert loaded.raster.size == Size(96, 64)
    assert loaded.raster == files.load(tmp_path / "any.png").raster


def test_suffixes_are_lower_case_with_a_dot(files: PillowPictureFiles) -> None:
    assert {
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".avif",
        ".heic",
    } <= files.suffixes
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in files.suffixes)
