"""Small pictures for documents: upright, small, and without what the camera knew."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.document_pictures import DocumentPictures
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.errors import AppError, ErrorCode


@pytest.fixture
def pictures() -> DocumentPictures:
    return DocumentPictures(PillowPictureFiles(max_megapixels=50))


def test_a_small_picture_is_upright_and_holds_pixels_alone(
    pictures: DocumentPictures, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    exif[0x010F] = "Secret camera"
    Image.new("RGB", (400, 200), "red").save(tmp_path / "a.jpg", exif=exif, comment=b"Secret words")
    small = pictures.small_jpeg(tmp_path / "a.jpg", 128)
    assert (small.size.width, small.size.height, small.mime) == (64, 128, "image/jpeg")
    assert b"Secret" not in small.data
    opened = Image.open(io.BytesIO(small.data))
    assert opened.size == (64, 128)
    assert not opened.getexif()


def test_a_tiny_picture_is_not_enlarged(pictures: DocumentPictures, tmp_path: Path) -> None:
    Image.new("LA", (9, 5)).save(tmp_path / "a.png")
    small = pictures.small_jpeg(tmp_path / "a.png", 128)
    assert (small.size.width, small.size.height) == (9, 5)


def test_a_broken_picture_is_told(pictures: DocumentPictures, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    with pytest.raises(AppError) as caught:
        pictures.small_jpeg(tmp_path / "a.jpg", 128)
    assert caught.value.code is ErrorCode.PICTURE_BROKEN
