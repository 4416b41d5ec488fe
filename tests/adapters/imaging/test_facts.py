from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from tests.adapters.imaging.making import bitmap_565, deep, grey, scene, srgb_profile, tiff


def camera_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[271], exif[272] = "Canon\0", "Canon EOS 5D"
    exif.get_ifd(0x8769)[36867] = "2024:02:29 23:59:58"
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (52.0, 31.0, 7.0)
    exif.get_ifd(0x8825)[3], exif.get_ifd(0x8825)[4] = "E", (13.0, 24.0, 9.0)
    return exif


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
def test_camera_time_and_place(suffix: str, tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / f"any.{suffix}"
    scene().save(path, exif=camera_exif().tobytes())
    facts = files.facts(path)
    assert facts.camera == "Canon EOS 5D"
    assert facts.taken == datetime(2024, 2, 29, 23, 59, 58)
    assert facts.has_location


def test_a_picture_that_says_nothing(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "any.png"
    scene().save(path)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    facts = files.facts(path)
    assert (facts.camera, facts.taken, facts.has_location, facts.frames) == (None, None, False, 1)
    assert facts.modified == datetime.fromtimestamp(1_700_000_000)
    assert facts.file_format == "PNG"


@pytest.mark.parametrize("time", ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday", ""])
def test_a_clock_that_was_never_set(time: str, tmp_path: Path, files: PillowPictureFiles) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[36867] = time
    scene().save(tmp_path / "any.jpg", exif=exif)
    assert files.facts(tmp_path / "any.jpg").taken is None


def test_maker_and_model_are_joined(tmp_path: Path, files: PillowPictureFiles) -> None:
    exif = Image.Exif()
    exif[271], exif[272] = "Google", "Pixel 8"
    scene().save(tmp_path / "any.jpg", exif=exif)
    assert files.facts(tmp_path / "any.jpg").camera == "Google Pixel 8"


def test_colour_in_words(tmp_path: Path, files: PillowPictureFiles) -> None:
    def colour(name: str, picture: Image.Image, **options: object) -> str:
        picture.save(tmp_path / name, None, **options)
        return files.facts(tmp_path / name).colour

    assert colour("a.png", scene()) == "RGB, 8 bit"
    assert colour("b.png", scene(), icc_profile=srgb_profile()).startswith("RGB, 8 bit, profile: sRGB")
    assert colour("c.tif", scene().convert("CMYK")) == "CMYK, 8 bit"
    assert colour("d.png", deep(grey())) == "grey, 16 bit"
    assert colour("e.png", scene().convert("RGBA")) == "RGB, 8 bit, transparency"
    assert colour("f.png", scene().convert("1")) == "black and white, 1 bit"
    assert colour("g.gif", scene().quantize(8), transparency=0) == "palette, transparency"
    (tmp_path / "h.tif").write_bytes(
        tiff(bytes(4 * 4 * 12), 4, 4, bits=(32,) * 3, photometric=2, extra={339: (3, (3, 3, 3))})
    )
    assert files.facts(tmp_path / "h.tif").colour == "RGB, 32 bit floating point"
    (tmp_path / "i.tif").write_bytes(tiff(bytes(4 * 4 * 6), 4, 4, bits=(16,) * 3, photometric=2))
    assert files.facts(tmp_path / "i.tif").colour == "RGB, 16 bit"
    (tmp_path / "j.bmp").write_bytes(bitmap_565())
    assert files.facts(tmp_path / "j.bmp").colour == "RGB, 8 bit"
