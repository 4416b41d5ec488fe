"""Pictures are shrunk while they are decoded and before their colours are converted; it must not show."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop_app.adapters.imaging.colour import to_srgb
from desktop_app.adapters.imaging.decoding import decode
from desktop_app.adapters.imaging.encoding import encode
from desktop_app.adapters.imaging.opening import opened
from desktop_app.adapters.imaging.picture_files import _wanted
from desktop_app.adapters.imaging.turning import upright, upright_size
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.vision_tokens import SizePlan
from tests.adapters.imaging.making import wide_profile, with_holes

FULL = Size(640, 480)
LETTERS = "Lieferung 2041  12,50 EUR  Summe 99.999  8B6O0D1lI|  quick brown fox"
Kind = Callable[[np.random.Generator], Image.Image]


def print_of(random: np.random.Generator) -> Image.Image:
    """Fine print with hard edges."""
    picture = Image.new("RGB", (FULL.width, FULL.height), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(int(random.integers(22, 44)))
    for row in range(4, FULL.height, 50):
        draw.text((int(random.integers(-200, 20)), row), LETTERS * 2, fill="black", font=font)
    return picture


def scan(random: np.random.Generator) -> Image.Image:
    """The same through a lens and with the noise of a sensor."""
    soft = np.asarray(print_of(random).filter(ImageFilter.GaussianBlur(0.8)))
    return _levels(soft * 0.9 + 12 + random.normal(0, 3, (FULL.height, FULL.width, 1)))


def photograph(random: np.random.Generator) -> Image.Image:
    """Shapes of all sizes, as sharp as a lens makes them and as colourful as most things are."""
    levels = np.zeros((FULL.height, FULL.width, 3))
    for size in (5, 20, 100, 400):
        light = random.integers(0, 170, (size * 3 // 4, size, 1))
        shapes = (light + random.integers(0, 85, (size * 3 // 4, size, 3))).astype(np.uint8)
        grown = Image.fromarray(shapes).resize((FULL.width, FULL.height), Image.Resampling.BICUBIC)
        levels += np.asarray(grown) * 4 / size**0.5
    return _levels(levels / levels.max() * 255)


KINDS: tuple[Kind, ...] = (print_of, scan, photograph)


def _levels(values: np.ndarray) -> Image.Image:
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def likeness(first: Image.Image, second: Image.Image) -> float:
    """Peak signal to noise ratio in dB; JPEG of quality 90 has some 37 on the same pictures."""
    difference = np.asarray(first).astype(float) - np.asarray(second).astype(float)
    error = float((difference**2).mean())
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)


def shrunk(path: Path, sent: Size) -> Image.Image:
    """As it is for a vision model."""
    with opened(path, 50) as picture:
        return decode(
            picture, lambda size: _wanted(size, Box(0, 0, size.width, size.height), SizePlan(sent, 0), True)
        ).image


def filtered(path: Path, sent: Size) -> Image.Image:
    """The long way: decoded in full, colours converted, and only then shrunk."""
    with Image.open(path) as whole:
        whole.load()
        colours = to_srgb(whole, [])
    return colours.resize((sent.width, sent.height), Image.Resampling.LANCZOS)


def saved(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, "JPEG", quality=90, **options)
    return path


shared = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@shared
@given(
    st.sampled_from(KINDS),
    st.integers(0, 2**32 - 1),
    st.floats(1.1, 9.0),
    st.sampled_from(("4:4:4", "4:2:0")),
)
def test_shrinking_while_decoding_costs_no_more_than_the_jpeg_that_is_sent(
    tmp_path: Path, kind: Kind, seed: int, times: float, subsampling: str
) -> None:
    path = saved(kind(np.random.default_rng(seed)), tmp_path / "a.jpg", subsampling=subsampling)
    sent = Size(round(FULL.width / times), round(FULL.height / times))
    at_once = filtered(path, sent)
    jpeg = io.BytesIO()
    at_once.save(jpeg, "JPEG", quality=90, subsampling=0)

    found = likeness(at_once, shrunk(path, sent))

    # Print with edges as no lens makes them may lose a little more: its letters are then 3 to 10 pixels high.
    assert found >= likeness(at_once, Image.open(jpeg)) + (-3 if kind is print_of else 2)
    if times < 4:  # of which half the size is less than twice what is sent
        assert found == math.inf


@shared
@given(
    st.sampled_from(KINDS),
    st.integers(0, 2**32 - 1),
    st.floats(1.0, 3.9),
    st.integers(1, 8),
    st.booleans(),
)
def test_shrinking_before_colours_are_converted_and_turned_does_not_show(
    tmp_path: Path, kind: Kind, seed: int, times: float, orientation: int, is_wide: bool
) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    profile = {"icc_profile": wide_profile()} if is_wide else {}
    path = saved(kind(np.random.default_rng(seed)), tmp_path / "a.jpg", exif=exif, **profile)
    stored = Size(round(FULL.width / times), round(FULL.height / times))

    found = shrunk(path, upright_size(stored, orientation))

    assert found.mode == "RGB"
    # Filtered as stored: along rows first, Pillow gives hard edges another overshoot than along columns.
    alike = likeness(upright(filtered(path, stored), orientation), found)
    # Of colours that sRGB does not have, the average is cut off instead of each.
    assert alike > 39 if is_wide else alike == math.inf


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_other_colour_spaces_are_shrunk_before_they_are_converted(mode: str, tmp_path: Path) -> None:
    path = saved(photograph(np.random.default_rng(1)).convert(mode), tmp_path / "a.jpg")
    sent = Size(240, 180)
    assert likeness(filtered(path, sent), shrunk(path, sent)) > 45


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_lets_as_much_white_through(mode: str, tmp_path: Path) -> None:
    picture = with_holes(photograph(np.random.default_rng(1))).convert(mode)
    picture.save(tmp_path / "a.png")
    sent = Size(240, 180)
    assert likeness(filtered(tmp_path / "a.png", sent), shrunk(tmp_path / "a.png", sent)) > 45


def test_pictures_whose_values_are_no_colours_are_shrunk_afterwards(tmp_path: Path) -> None:
    """Numbers of a palette have no middle."""
    picture = photograph(np.random.default_rng(2)).quantize(32)
    picture.save(tmp_path / "a.png")
    sent = Size(240, 180)
    assert likeness(filtered(tmp_path / "a.png", sent), shrunk(tmp_path / "a.png", sent)) == math.inf


def test_what_is_compared_here_is_what_is_sent(tmp_path: Path) -> None:
    from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
    from desktop_app.domain.vision_tokens import QWEN2_VL, plan_size

    path = saved(photograph(np.random.default_rng(3)), tmp_path / "a.jpg", icc_profile=wide_profile())
    sent = plan_size(FULL, QWEN2_VL, 200).sent
    assert PillowPictureFiles(50).prepare(path, QWEN2_VL, 200).encoded == encode(shrunk(path, sent))
