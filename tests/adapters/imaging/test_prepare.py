"""What is sent to a vision model: the planned size, the right part, the right format, and nothing else."""

from __future__ import annotations

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.JpegImagePlugin import JpegImageFile

from desktop_app.adapters.imaging.encoding import encode, looks_drawn
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.vision_tokens import (
    FAMILIES,
    QWEN2_VL,
    QWEN3_VL,
    VisionFamily,
    plan_size,
    smart_resize,
)
from tests.adapters.imaging.cameras import photograph
from tests.adapters.imaging.making import scene


def drawing(size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for row in range(10, size[1] - 20, 22):
        draw.text((10, row), "Lieferung 2041  12,50 EUR  Summe 99.999", fill="black")
    draw.line((0, 0, *size), fill="red", width=2)
    return picture


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.tuples(st.integers(1, 900), st.integers(1, 900)),
    budget=st.sampled_from([0, 4, 64, 1280]),
    family=st.sampled_from(FAMILIES),
)
def test_the_size_sent_is_the_size_planned(
    size: tuple[int, int], budget: int, family: VisionFamily, tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / "any.png"
    Image.new("RGB", size, "teal").save(path)
    if Size(*size).aspect_ratio > 150:
        with pytest.raises(AppError) as caught:
            files.prepare(path, family, budget)
        assert caught.value.code is ErrorCode.PICTURE_TOO_LONG
        return
    plan = plan_size(Size(*size), family, budget)

    prepared = files.prepare(path, family, budget)

    with Image.open(io.BytesIO(prepared.encoded.data)) as sent:
        assert Size(*sent.size) == plan.sent == prepared.encoded.size
        assert sent.mode == "RGB"
    assert prepared.predicted_tokens == plan.tokens
    assert prepared.original_size == Size(*size)
    assert smart_resize(plan.sent, family) == plan.sent


def test_digest_and_content_hash(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "any.png"
    scene().save(path)
    prepared = files.prepare(path, QWEN2_VL, 0)
    assert prepared.content_hash == hashlib.sha256(path.read_bytes()).hexdigest() == files.content_hash(path)
    assert prepared.encoded.digest == hashlib.sha256(prepared.encoded.data).hexdigest()
    assert files.prepare(path, QWEN2_VL, 0).encoded == prepared.encoded


def test_a_region_is_cut_from_the_upright_original(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "any.png"
    scene((280, 280)).save(path)
    scene((280, 280)).crop((56, 28, 112, 84)).save(tmp_path / "part.png")

    prepared = files.prepare(path, QWEN2_VL, 0, Box(56, 28, 112, 84))

    assert prepared.region == Box(56, 28, 112, 84)
    assert prepared.encoded == files.prepare(tmp_path / "part.png", QWEN2_VL, 0).encoded
    assert prepared.original_size == Size(280, 280)


def test_a_region_is_clamped_widened_to_whole_pixels_and_put_in_order(
    tmp_path: Path, files: PillowPictureFiles
) -> None:
    scene((280, 280)).save(tmp_path / "any.png")
    prepared = files.prepare(tmp_path / "any.png", QWEN2_VL, 0, Box(400, 300.5, 199.2, 100.7))
    assert prepared.region == Box(199, 100, 280, 280)


def test_a_region_of_a_large_jpeg_keeps_its_detail(tmp_path: Path, files: PillowPictureFiles) -> None:
    """A small part must not suffer from the whole picture being decoded at a reduced size."""
    whole = photograph((1600, 1200))
    ImageDraw.Draw(whole).rectangle((800, 600, 803, 659), fill="black")
    whole.save(tmp_path / "whole.jpg", quality=95, subsampling=0)

    prepared = files.prepare(tmp_path / "whole.jpg", QWEN2_VL, 0, Box(784, 600, 840, 656))

    with Image.open(io.BytesIO(prepared.encoded.data)) as sent:
        assert sent.size == (56, 56)
        assert max(sent.convert("L").crop((17, 28, 19, 29)).tobytes()) < 40


@pytest.mark.parametrize("region", [Box(500, 500, 600, 600), Box(10, 10, 10, 50), Box(-9, -9, -1, -1)])
def test_a_region_outside_is_refused(region: Box, tmp_path: Path, files: PillowPictureFiles) -> None:
    scene().save(tmp_path / "any.png")
    with pytest.raises(AppError) as caught:
        files.prepare(tmp_path / "any.png", QWEN2_VL, 0, region)
    assert caught.value.code is ErrorCode.WRONG_USE


def test_a_part_of_a_picture_that_is_too_long_can_be_sent(tmp_path: Path, files: PillowPictureFiles) -> None:
    Image.new("RGB", (6000, 20)).save(tmp_path / "strip.png")
    with pytest.raises(AppError) as caught:
        files.prepare(tmp_path / "strip.png", QWEN2_VL, 0)
    assert caught.value.values == {"name": "strip.png"}
    part = files.prepare(tmp_path / "strip.png", QWEN2_VL, 0, Box(0, 0, 400, 20))
    assert part.encoded.size == plan_size(Size(400, 20), QWEN2_VL, 0).sent


def test_shrinking_on_the_way_looks_like_shrinking_at_once(tmp_path: Path, files: PillowPictureFiles) -> None:
    """Decoding at reduced size saves time; it must not show."""
    whole = photograph((3000, 2000))
    whole.save(tmp_path / "large.jpg", quality=95, subsampling=0)
    prepared = files.prepare(tmp_path / "large.jpg", QWEN2_VL, 256)
    with Image.open(io.BytesIO(prepared.encoded.data)) as sent, Image.open(tmp_path / "large.jpg") as full:
        at_once = full.resize(sent.size, Image.Resampling.LANCZOS)
        difference = np.abs(np.asarray(sent).astype(int) - np.asarray(at_once).astype(int))
    assert difference.mean() < 1.5
    assert difference.max() < 16


def test_photographs_travel_as_jpeg_with_full_colour_resolution(
    tmp_path: Path, files: PillowPictureFiles
) -> None:
    photograph((800, 600)).save(tmp_path / "photo.png")
    encoded = files.prepare(tmp_path / "photo.png", QWEN2_VL, 0).encoded
    assert encoded.mime == "image/jpeg"
    with Image.open(io.BytesIO(encoded.data)) as sent:
        assert isinstance(sent, JpegImageFile)
        assert {component[1:3] for component in sent.layer} == {(1, 1)}


def test_grey_photographs_travel_as_jpeg_too(tmp_path: Path, files: PillowPictureFiles) -> None:
    """All of them have few colours; one with a handful of grey levels is a drawing."""
    photograph((800, 600)).convert("L").save(tmp_path / "photo.png")
    assert files.prepare(tmp_path / "photo.png", QWEN2_VL, 0).encoded.mime == "image/jpeg"
    photograph((784, 588)).convert("L").quantize(16).save(tmp_path / "steps.png")
    assert files.prepare(tmp_path / "steps.png", QWEN2_VL, 0).encoded.mime == "image/png"


@pytest.mark.parametrize("budget", [0, 300])
def test_drawings_travel_as_png(budget: int, tmp_path: Path, files: PillowPictureFiles) -> None:
    drawing((800, 600)).save(tmp_path / "drawing.png")
    encoded = files.prepare(tmp_path / "drawing.png", QWEN2_VL, budget).encoded
    assert encoded.mime == "image/png"
    with Image.open(io.BytesIO(encoded.data)) as sent:
        assert sent.format == "PNG"


def test_a_photograph_with_much_white_is_no_drawing() -> None:
    picture = Image.new("RGB", (1200, 900), "white")
    picture.paste(photograph((1200, 300)), (0, 0))
    assert looks_drawn(picture)  # by its even areas alone
    assert encode(picture).mime == "image/jpeg"


def test_no_metadata_is_sent(tmp_path: Path, files: PillowPictureFiles) -> None:
    exif = Image.Exif()
    exif[271] = "SecretMaker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 7.0)
    for name, picture in (("photo", photograph((600, 400))), ("drawing", drawing((600, 400)))):
        for suffix in ("jpg", "png", "webp", "tif"):
            path = tmp_path / f"{name}.{suffix}"
            picture.save(path, exif=exif, comment="SecretComment", dpi=(300, 300), quality=95)
            assert b"SecretMaker" in path.read_bytes()
            data = files.prepare(path, QWEN2_VL, 0).encoded.data
            assert b"Secret" not in data
            assert b"Exif" not in data
            with Image.open(io.BytesIO(data)) as sent:
                assert not set(sent.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
                assert not sent.getexif()


def test_budgets_shrink_and_families_differ(tmp_path: Path, files: PillowPictureFiles) -> None:
    photograph((1000, 800)).save(tmp_path / "photo.jpg")
    large, small = (files.prepare(tmp_path / "photo.jpg", QWEN2_VL, budget) for budget in (0, 200))
    assert small.predicted_tokens <= 200 < large.predicted_tokens
    other = files.prepare(tmp_path / "photo.jpg", QWEN3_VL, 0).encoded.size
    assert other.width % 32 == other.height % 32 == 0


def test_several_threads_at_once_get_what_one_gets(tmp_path: Path, files: PillowPictureFiles) -> None:
    from tests.adapters.imaging.making import twins

    paths = []
    for twin in twins():
        twin.write(tmp_path / twin.name)
        paths.append(tmp_path / twin.name)
    alone = [files.prepare(path, QWEN2_VL, 0) for path in paths]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda path: files.prepare(path, QWEN2_VL, 0), paths * 3))
    assert together == alone * 3
