"""Colour profiles, and the rules for values of more than 8 bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.imaging.scaling import scaled_to_8_bit
from desktop_app.domain.pictures import Note
from desktop_app.domain.vision_tokens import QWEN2_VL
from tests.adapters.imaging.alike import pixels
from tests.adapters.imaging.making import bitmap_565, linear_profile, png_of_16_bits, scene, srgb_profile


def test_a_profile_is_converted_as_the_colour_engine_does(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "any.png"
    scene().save(path, icc_profile=linear_profile())
    expected = ImageCms.profileToProfile(
        scene(), _profile(linear_profile()), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    assert expected is not None
    assert expected.tobytes() != scene().tobytes()
    assert pixels(files.load(path).raster).tobytes() == expected.tobytes()


def _profile(data: bytes) -> ImageCms.ImageCmsProfile:
    import io

    return ImageCms.ImageCmsProfile(io.BytesIO(data))


def test_colour_of_16_bits_is_said_to_be_scaled(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "deep.png"
    path.write_bytes(png_of_16_bits(scene()))
    loaded = files.load(path)
    assert loaded.raster.rgb == scene().tobytes()
    assert loaded.notes == (Note("deep-scaled", (("bits", 16),)),)


def test_16_bits_for_three_colours_are_not_deep(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "old.bmp"
    path.write_bytes(bitmap_565())
    loaded = files.load(path)
    assert (loaded.raster.rgb, loaded.notes) == (bytes([255, 0, 0]) * 4, ())


def test_an_srgb_profile_changes_no_pixel_and_needs_no_note(
    tmp_path: Path, files: PillowPictureFiles
) -> None:
    scene().save(tmp_path / "any.png", icc_profile=srgb_profile())
    loaded = files.load(tmp_path / "any.png")
    assert loaded.raster.rgb == scene().tobytes()
    assert loaded.notes == ()


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "CMYK"])
@pytest.mark.parametrize("profile", [b"nonsense", srgb_profile()[:200], b"\0" * 3000])
def test_a_broken_profile_is_ignored_with_a_note(
    mode: str, profile: bytes, tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / "any.tif"
    scene().convert(mode).save(path, icc_profile=profile)
    plain = tmp_path / "plain.tif"
    scene().convert(mode).save(plain)
    loaded = files.load(path)
    assert loaded.raster == files.load(plain).raster
    assert Note("profile-ignored") in loaded.notes


def printing_profile() -> bytes:
    """A small CMYK profile (ICC.1:2022, lut8Type): every ink takes away the same lightness."""
    corners = bytearray()
    for inks in range(16):
        used = [inks >> bit & 1 for bit in (3, 2, 1, 0)]
        lightness = max(0, 255 - 60 * sum(used[:3]) - 255 * used[3])
        # Lab of 8 bits: cyan leans to green and blue, magenta to red and blue, yellow to yellow.
        corners += bytes((lightness, 128 - 40 * used[0] + 50 * used[1], 128 - 40 * used[0] + 60 * used[2]))
    straight = bytes(range(256))
    identity = b"".join((65_536 * (i % 4 == 0)).to_bytes(4, "big") for i in range(9))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + straight * 4 + bytes(corners) + straight * 3
    white = b"XYZ " + bytes(4) + bytes.fromhex("0000f6d6000100000000d32d")
    name = b"Test ink\0"
    description = b"desc" + bytes(4) + len(name).to_bytes(4, "big") + name + bytes(78)
    body, entries = b"", b""
    for tag, data in (
        (b"desc", description),
        (b"wtpt", white),
        (b"cprt", b"text\0\0\0\0none\0"),
        (b"A2B0", table),
    ):
        at = 128 + 4 + 4 * 12 + len(body)
        entries += tag + at.to_bytes(4, "big") + len(data).to_bytes(4, "big")
        body += data + bytes(-len(data) % 4)
    head = bytearray(128)
    head[8:12], head[12:24], head[36:40] = b"\x02\x40\0\0", b"prtrCMYKLab ", b"acsp"
    head[68:80] = bytes.fromhex("0000f6d6000100000000d32d")
    head[0:4] = (132 + len(entries) + len(body)).to_bytes(4, "big")
    return bytes(head) + (4).to_bytes(4, "big") + entries + body


@pytest.mark.parametrize("suffix", ["tif", "jpg"])
def test_printing_colours_go_through_their_profile(
    suffix: str, tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / f"print.{suffix}"
    inks = scene().convert("CMYK")
    inks.save(path, icc_profile=printing_profile(), quality=100, subsampling=0)
    expected = ImageCms.profileToProfile(
        inks, _profile(printing_profile()), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    assert expected is not None
    loaded = files.load(path)
    assert loaded.notes == (Note("profile-converted", (("profile", "Test ink"),)),)
    difference = np.abs(np.asarray(pixels(loaded.raster)).astype(int) - np.asarray(expected))
    assert difference.max() <= (0 if suffix == "tif" else 30)
    naive = np.asarray(inks.convert("RGB")).astype(int)
    assert np.abs(naive - np.asarray(expected)).mean() > 10


def test_a_profile_for_other_pixels_is_ignored_with_a_note(tmp_path: Path, files: PillowPictureFiles) -> None:
    scene().convert("CMYK").save(tmp_path / "any.tif", icc_profile=srgb_profile())
    codes = [note.code for note in files.load(tmp_path / "any.tif").notes]
    assert codes == ["profile-ignored", "cmyk-without-profile"]


def test_profiles_apply_beneath_transparency(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "any.png"
    picture = scene().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    picture.save(path, icc_profile=linear_profile())
    loaded = files.load(path)
    assert [note.code for note in loaded.notes] == ["profile-converted", "transparency"]
    converted = np.asarray(
        ImageCms.profileToProfile(
            scene(), _profile(linear_profile()), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    )
    alpha = np.asarray(picture.getchannel("A"))[..., None] / 255
    expected = converted * alpha + 255 * (1 - alpha)
    assert np.abs(np.asarray(pixels(loaded.raster)) - expected).max() <= 1


def test_viewer_and_vision_model_get_the_same_pixels(tmp_path: Path, files: PillowPictureFiles) -> None:
    """At a size that needs no resizing, what is sent decodes to exactly what is shown."""
    import io

    path = tmp_path / "any.png"
    scene((280, 252)).quantize(40).save(path)
    shown, sent = files.load(path), files.prepare(path, QWEN2_VL, 0).encoded
    assert sent.mime == "image/png"
    with Image.open(io.BytesIO(sent.data)) as decoded:
        assert decoded.tobytes() == shown.raster.rgb


@given(st.lists(st.integers(0, 65_535), min_size=1, max_size=50))
def test_16_bits_keep_their_order_and_are_never_cut_off(values: list[int]) -> None:
    array = np.array([*values, 0, 65_535], np.uint16)
    levels = scaled_to_8_bit(array, [])
    assert levels[-1] == 255
    assert levels[-2] == 0
    order = np.argsort(array, kind="stable")
    assert (np.diff(levels[order].astype(int)) >= 0).all()
    assert np.abs(levels - array / 257).max() <= 0.5


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=30))
def test_any_floating_point_values_become_levels(values: list[float]) -> None:
    levels = scaled_to_8_bit(np.array(values), [])
    assert levels.dtype == np.uint8
    finite = [(value, int(level)) for value, level in zip(values, levels, strict=True) if np.isfinite(value)]
    ordered = [level for _, level in sorted(finite)]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize(
    ("values", "levels", "note"),
    [
        (np.array([0, 255], np.uint16), [0, 255], ("deep-scaled", (("bits", 8),))),
        (np.array([0, 1023], np.uint16), [0, 255], ("deep-scaled", (("bits", 10),))),
        (np.array([0, 4095], np.uint16), [0, 255], ("deep-scaled", (("bits", 12),))),
        (np.array([0, 4096], np.uint16), [0, 16], ("deep-scaled", (("bits", 16),))),
        (np.array([0, 0], np.uint16), [0, 0], ("deep-scaled", (("bits", 16),))),
        (np.array([0, 65_535], np.int32), [0, 255], ("deep-scaled", (("bits", 16),))),
        (np.array([-5, 5], np.int32), [0, 255], ("numbers-scaled", (("low", "-5"), ("high", "5")))),
        (np.array([0.0, 0.5]), [0, 128], None),
        (np.array([1.0, 200.4]), [1, 200], None),
        (np.array([3.0, 3.0]), [0, 0], ("numbers-scaled", (("low", "3"), ("high", "3")))),
        (np.array([20.0, 40.0]), [0, 255], ("numbers-scaled", (("low", "20"), ("high", "40")))),
        (np.array([-1e308, 1e308]), [0, 255], ("numbers-scaled", (("low", "-1e+308"), ("high", "1e+308")))),
    ],
)
def test_which_values_are_black_and_white(values: np.ndarray, levels: list[int], note: object) -> None:
    notes: list[Note] = []
    assert scaled_to_8_bit(values, notes).tolist() == levels
    assert [(one.code, one.values) for one in notes] == ([note] if note else [])
