"""What every implementation of `PictureFiles` and `Thumbnails` promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.imaging.thumbnails import ThumbnailCache
from desktop_app.domain.errors import AppError
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import FolderEntry
from desktop_app.domain.vision_tokens import FAMILIES, VisionFamily, smart_resize
from desktop_app.services.ports import PictureFiles, Thumbnails


@pytest.fixture
def picture_files() -> PictureFiles:
    return PillowPictureFiles(max_megapixels=50)


@pytest.fixture
def thumbnails(tmp_path: Path) -> Thumbnails:
    return ThumbnailCache(PillowPictureFiles(max_megapixels=50), tmp_path / "thumbnails", 1_000_000)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    Image.linear_gradient("L").resize((300, 200)).convert("RGB").save(tmp_path / "picture.png")
    return tmp_path / "picture.png"


def test_load(picture_files: PictureFiles, picture: Path) -> None:
    whole = picture_files.load(picture)
    assert whole.raster.size == whole.original_size == Size(300, 200)
    assert len(whole.raster.rgb) == 300 * 200 * 3
    part = picture_files.load(picture, Size(30, 30))
    assert part.raster.size.width <= 30
    assert part.raster.size.height <= 30
    assert part.original_size == Size(300, 200)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_prepare(family: VisionFamily, picture_files: PictureFiles, picture: Path) -> None:
    prepared = picture_files.prepare(picture, family, 64)
    assert smart_resize(prepared.encoded.size, family) == prepared.encoded.size
    assert prepared.predicted_tokens == prepared.encoded.size.pixels // family.factor**2
    assert prepared.region is None
    assert prepared.content_hash == picture_files.content_hash(picture)
    assert prepared.encoded.mime in ("image/jpeg", "image/png")
    part = picture_files.prepare(picture, family, 64, Box(10, 20, 110, 120))
    assert part.region == Box(10, 20, 110, 120)
    assert part.original_size == Size(300, 200)


def test_facts_and_check(picture_files: PictureFiles, picture: Path) -> None:
    picture_files.check(picture)
    facts = picture_files.facts(picture)
    assert facts.size == Size(300, 200)
    assert facts.size_bytes == picture.stat().st_size
    assert picture.suffix in picture_files.suffixes


def test_failures_are_app_errors(picture_files: PictureFiles, thumbnails: Thumbnails, tmp_path: Path) -> None:
    (tmp_path / "letter.png").write_text("Dear reader")
    for path in (tmp_path / "letter.png", tmp_path / "missing.png"):
        with pytest.raises(AppError):
            picture_files.load(path)
        with pytest.raises(AppError):
            picture_files.prepare(path, FAMILIES[0], 0)
        with pytest.raises(AppError):
            picture_files.facts(path)
        with pytest.raises(AppError):
            picture_files.check(path)
        with pytest.raises(AppError):
            thumbnails.thumbnail(FolderEntry(str(path), path.name, 1, 1), 64)


def test_thumbnail(thumbnails: Thumbnails, picture: Path) -> None:
    status = picture.stat()
    entry = FolderEntry(str(picture), picture.name, status.st_size, status.st_mtime_ns)
    for _ in range(2):
        raster = thumbnails.thumbnail(entry, 60)
        assert raster.size == Size(60, 40)
        assert len(raster.rgb) == 60 * 40 * 3
