"""Thumbnails as they are made, before any cache."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from tests.adapters.imaging.alike import assert_alike
from tests.adapters.imaging.cameras import photograph, stored
from tests.adapters.imaging.making import Twin, exif_with_preview, linear_profile, scene, twins


def jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95, subsampling=0)
    return buffer.getvalue()


RED = Image.new("RGB", (320, 240), (250, 0, 0))


def is_red(picture: Image.Image) -> bool:
    red, green, blue = picture.resize((1, 1), Image.Resampling.BOX).tobytes()
    return red > 200 and green < 50 and blue < 50


@pytest.mark.parametrize("twin", twins(), ids=lambda twin: twin.name)
def test_every_format_has_a_thumbnail(twin: Twin, tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / twin.name
    twin.write(path)
    small = files.small(path, 48)
    assert small.size == (48, 32)
    expected = twin.expected.convert("RGB").resize((48, 32), Image.Resampling.BOX)
    assert_alike(small, expected, 8, 130)


def test_a_preview_that_is_large_enough_is_used(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "any.jpg"
    photograph((1200, 900)).save(path, exif=exif_with_preview(jpeg(RED)))
    small = files.small(path, 256)
    assert small.size == (256, 192)
    assert is_red(small)


@pytest.mark.parametrize(
    "preview",
    [
        RED.resize((160, 120)),  # too small
        RED.resize((320, 213)),  # another shape: the picture would be cut or squeezed
        RED.resize((1280, 960)),  # larger than the picture
    ],
)
def test_an_unfitting_preview_is_not_used(
    preview: Image.Image, tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / "any.jpg"
    photograph((1200, 900)).save(path, exif=exif_with_preview(jpeg(preview)))
    small = files.small(path, 256)
    assert small.size == (256, 192)
    assert not is_red(small)


@pytest.mark.parametrize("damage", [b"", b"\xff\xd8\xff\xe0", jpeg(RED)[:-400], b"no jpeg at all"])
def test_a_damaged_preview_is_not_used(damage: bytes, tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "any.jpg"
    photograph((1200, 900)).save(path, exif=exif_with_preview(damage))
    small = files.small(path, 256)
    assert small.size == (256, 192)
    assert not is_red(small)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_preview_is_turned_like_its_picture(
    orientation: int, tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / "any.jpg"
    whole = scene((960, 640))
    preview = stored(whole.resize((480, 320)), orientation)
    black = Image.new("RGB", whole.size)  # so that a thumbnail of the picture itself would be noticed
    stored(black, orientation).save(path, exif=exif_with_preview(jpeg(preview), orientation))
    assert_alike(files.small(path, 240), whole.resize((240, 160)), 5, 130)


def test_a_preview_is_seen_through_the_pictures_profile(tmp_path: Path, files: PillowPictureFiles) -> None:
    whole = photograph((1200, 900))
    plain, previewed = tmp_path / "plain.jpg", tmp_path / "previewed.jpg"
    whole.save(plain, icc_profile=linear_profile(), quality=95)
    exif = exif_with_preview(jpeg(whole.resize((400, 300))))
    whole.save(previewed, icc_profile=linear_profile(), quality=95, exif=exif)
    difference = np.abs(
        np.asarray(files.small(plain, 200)).astype(int) - np.asarray(files.small(previewed, 200))
    )
    assert difference.mean() < 3


def test_nothing_is_enlarged(tmp_path: Path, files: PillowPictureFiles) -> None:
    scene((40, 20)).save(tmp_path / "tiny.png")
    assert files.small(tmp_path / "tiny.png", 256).tobytes() == scene((40, 20)).tobytes()


def test_a_very_long_picture_keeps_a_pixel(tmp_path: Path, files: PillowPictureFiles) -> None:
    Image.new("RGB", (9000, 3), "navy").save(tmp_path / "line.png")
    assert files.small(tmp_path / "line.png", 256).size == (256, 1)
