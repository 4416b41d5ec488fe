"""However the camera was held, the picture is upright."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.vision_tokens import QWEN2_VL
from tests.adapters.imaging.alike import assert_alike, pixels
from tests.adapters.imaging.cameras import stored
from tests.adapters.imaging.making import scene, tiff


def write(path: Path, picture: Image.Image, orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    lossless = {"lossless": True} if path.suffix == ".webp" else {}
    high = {"quality": 95, "subsampling": 0 if path.suffix == ".jpg" else "4:4:4"}
    options = high if path.suffix in (".jpg", ".avif") else lossless
    stored(picture, orientation).save(path, exif=exif, **options)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".avif"])
def test_is_upright(suffix: str, orientation: int, tmp_path: Path, files: PillowPictureFiles) -> None:
    path, plain = tmp_path / f"turned{suffix}", tmp_path / "plain.png"
    write(path, scene(), orientation)
    scene().save(plain)

    loaded = files.load(path)

    assert loaded.original_size == Size(96, 64)
    worst = 60 if suffix in (".jpg", ".avif") else 0
    assert_alike(pixels(loaded.raster), scene(), 3 if worst else 0, worst)
    assert files.facts(path).size == Size(96, 64)
    assert_alike(files.small(path, 48), files.small(plain, 48), 4 if worst else 0, worst)
    region = Box(0, 0, 24, 16)  # the red corner
    prepared, expected = (files.prepare(one, QWEN2_VL, 0, region) for one in (path, plain))
    assert prepared.region == region
    if not worst:
        assert prepared.encoded == expected.encoded


@pytest.mark.parametrize("orientation", range(1, 9))
def test_heic_is_upright(orientation: int, tmp_path: Path, files: PillowPictureFiles) -> None:
    import pillow_heif

    path = tmp_path / "turned.heic"
    exif = Image.Exif()
    exif[274] = orientation
    picture = stored(scene(), orientation)
    pillow_heif.from_pillow(picture).save(path, quality=95, chroma=444, exif=exif.tobytes())

    loaded = files.load(path)

    assert loaded.original_size == Size(96, 64)
    assert_alike(pixels(loaded.raster), scene(), 3, 60)
    assert files.facts(path).size == Size(96, 64)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_deep_colour_tiff_is_upright(orientation: int, tmp_path: Path, files: PillowPictureFiles) -> None:
    import numpy as np

    path = tmp_path / "turned.tif"
    values = np.asarray(stored(scene(), orientation)).astype("<u2") * 257
    height, width = values.shape[:2]
    extra = {274: (3, (orientation,))}
    path.write_bytes(tiff(values.tobytes(), width, height, bits=(16,) * 3, photometric=2, extra=extra))

    assert pixels(files.load(path).raster).tobytes() == scene().tobytes()
    assert files.facts(path).size == Size(96, 64)


def test_png_with_orientation_behind_the_pixels(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "late.png"
    write(path, scene(), 6)
    content = path.read_bytes()
    start = content.index(b"eXIf") - 4
    length = int.from_bytes(content[start : start + 4], "big") + 12
    late, rest = content[start : start + length], content[:start] + content[start + length :]
    path.write_bytes(rest[:-12] + late + rest[-12:])

    assert pixels(files.load(path).raster).tobytes() == scene().tobytes()
    assert files.facts(path).size == Size(96, 64)


@pytest.mark.parametrize("nonsense", [0, 9, 300])
def test_impossible_orientations_count_as_upright(
    nonsense: int, tmp_path: Path, files: PillowPictureFiles
) -> None:
    exif = Image.Exif()
    exif[274] = nonsense
    scene().save(tmp_path / "odd.png", exif=exif)
    assert pixels(files.load(tmp_path / "odd.png").raster).tobytes() == scene().tobytes()
