"""Colour of 16 bits and more in every arrangement of strips, tiles, planes and compressions."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.errors import AppError, ErrorCode
from tests.adapters.imaging.alike import assert_alike, pixels
from tests.adapters.imaging.making import on_white, scene, tiff, with_holes

HEIGHT, WIDTH = 64, 96
COLOURS = np.asarray(scene())


def tags(**named: tuple[int, ...]) -> dict[int, tuple[int, tuple[int, ...]]]:
    numbers = {"compression": 259, "planar": 284, "predictor": 317, "formats": 339, "extra": 338}
    return {numbers[name]: (3, values) for name, values in named.items()}


def seen(files: PillowPictureFiles, path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    return files.load(path).raster.rgb


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", ["u2", "u4", "i4", "f2", "f4", "f8"])
def test_kinds_of_numbers(kind: str, order: str, tmp_path: Path, files: PillowPictureFiles) -> None:
    if kind[0] == "f":
        values = (COLOURS / 255).astype(order + kind)
    else:
        values = (COLOURS.astype(np.int64) * {"u2": 257, "u4": 16_000_000, "i4": 8_000_000}[kind]).astype(
            order + kind
        )
    extra = tags(formats=({"u": 1, "i": 2, "f": 3}[kind[0]],) * 3)
    content = tiff(
        values.tobytes(), WIDTH, HEIGHT, bits=(int(kind[1]) * 8,) * 3, photometric=2, order=order, extra=extra
    )
    assert seen(files, tmp_path / "numbers.tif", content) == scene().tobytes()


def test_planes_one_after_the_other(tmp_path: Path, files: PillowPictureFiles) -> None:
    planes = np.ascontiguousarray((COLOURS.astype("<u2") * 257).transpose(2, 0, 1))
    size = HEIGHT * WIDTH * 2
    extra = tags(planar=(2,)) | {273: (4, (8, 8 + size, 8 + 2 * size)), 279: (4, (size,) * 3)}
    content = tiff(planes.tobytes(), WIDTH, HEIGHT, bits=(16,) * 3, photometric=2, extra=extra)
    assert seen(files, tmp_path / "planes.tif", content) == scene().tobytes()


def test_compressed_tiles_that_hang_over_the_edge(tmp_path: Path, files: PillowPictureFiles) -> None:
    side = 40
    padded = np.pad(COLOURS.astype("<u2") * 257, ((0, 16), (0, 24), (0, 0)))
    blocks = [
        zlib.compress(np.ascontiguousarray(padded[top : top + side, left : left + side]).tobytes())
        for top in range(0, HEIGHT, side)
        for left in range(0, WIDTH, side)
    ]
    starts = tuple(8 + sum(len(one) for one in blocks[:i]) for i in range(len(blocks)))
    extra = tags(compression=(8,)) | {
        322: (4, (side,)),
        323: (4, (side,)),
        324: (4, starts),
        325: (4, tuple(len(one) for one in blocks)),
    }
    content = tiff(b"".join(blocks), WIDTH, HEIGHT, bits=(16,) * 3, photometric=2, extra=extra)
    assert seen(files, tmp_path / "tiles.tif", content) == scene().tobytes()


def test_differences(tmp_path: Path, files: PillowPictureFiles) -> None:
    values = COLOURS.astype("<u2") * 257
    steps = values.copy()
    steps[:, 1:] -= values[:, :-1]
    content = tiff(
        zlib.compress(steps.tobytes()),
        WIDTH,
        HEIGHT,
        bits=(16,) * 3,
        photometric=2,
        extra=tags(compression=(8,), predictor=(2,)),
    )
    assert seen(files, tmp_path / "steps.tif", content) == scene().tobytes()


def test_differences_of_floating_point_bytes(tmp_path: Path, files: PillowPictureFiles) -> None:
    weights = (
        (COLOURS / 255).astype(">f4").reshape(HEIGHT, WIDTH * 3).view(np.uint8).reshape(HEIGHT, WIDTH * 3, 4)
    )
    flat = weights.transpose(0, 2, 1).reshape(HEIGHT, WIDTH * 4, 3)
    steps = flat.copy()
    steps[:, 1:] -= flat[:, :-1]
    content = tiff(
        zlib.compress(steps.tobytes()),
        WIDTH,
        HEIGHT,
        bits=(32,) * 3,
        photometric=2,
        extra=tags(compression=(8,), predictor=(3,), formats=(3, 3, 3)),
    )
    assert seen(files, tmp_path / "steps.tif", content) == scene().tobytes()


def test_alpha_of_floating_point_colour(tmp_path: Path, files: PillowPictureFiles) -> None:
    picture = with_holes(scene())
    content = tiff(
        (np.asarray(picture) / 255).astype("<f4").tobytes(),
        WIDTH,
        HEIGHT,
        bits=(32,) * 4,
        photometric=2,
        extra=tags(formats=(3,) * 4, extra=(2,)),
    )
    (tmp_path / "alpha.tif").write_bytes(content)
    assert_alike(pixels(files.load(tmp_path / "alpha.tif").raster), on_white(picture), 1, 1)


def test_alpha_of_sixteen_bit_grey(tmp_path: Path, files: PillowPictureFiles) -> None:
    picture = with_holes(scene().convert("L"))
    content = tiff(
        (np.asarray(picture).astype("<u2") * 257).tobytes(),
        WIDTH,
        HEIGHT,
        bits=(16,) * 2,
        photometric=1,
        extra=tags(extra=(2,)),
    )
    (tmp_path / "grey.tif").write_bytes(content)
    assert_alike(pixels(files.load(tmp_path / "grey.tif").raster), on_white(picture), 1, 1)


def test_the_upper_half_of_32_bits_is_not_negative(tmp_path: Path, files: PillowPictureFiles) -> None:
    ramp = np.linspace(0, 2**32 - 1, WIDTH * HEIGHT).astype("<u4").reshape(HEIGHT, WIDTH)
    content = tiff(ramp.tobytes(), WIDTH, HEIGHT, bits=(32,), photometric=1)
    shown = seen(files, tmp_path / "counts.tif", content)[::3]
    assert list(shown) == sorted(shown)
    assert (shown[0], shown[-1]) == (0, 255)


def test_twelve_bits_of_sixteen_are_not_shown_black(tmp_path: Path, files: PillowPictureFiles) -> None:
    values = (COLOURS.astype(np.uint32) * 4095 // 255).astype("<u2")
    path = tmp_path / "twelve.tif"
    path.write_bytes(tiff(values.tobytes(), WIDTH, HEIGHT, bits=(16,) * 3, photometric=2))
    loaded = files.load(path)
    assert_alike(pixels(loaded.raster), scene(), 1, 1)
    assert [(note.code, note.values) for note in loaded.notes] == [("deep-scaled", (("bits", 12),))]


def test_measurements_with_gaps(tmp_path: Path, files: PillowPictureFiles) -> None:
    values = (COLOURS * 2.0 - 100).astype("<f8")
    values[0, 0] = np.nan
    values[0, 1] = np.inf
    content = tiff(
        values.tobytes(), WIDTH, HEIGHT, bits=(64,) * 3, photometric=2, extra=tags(formats=(3,) * 3)
    )
    shown = np.frombuffer(seen(files, tmp_path / "gaps.tif", content), np.uint8).reshape(HEIGHT, WIDTH, 3)
    assert not shown[0, :2].any()
    assert (shown[1:] == COLOURS[1:]).all()


def test_white_counts_from_zero(tmp_path: Path, files: PillowPictureFiles) -> None:
    ramp = np.linspace(0, 65_535, WIDTH * HEIGHT).astype("<u2").reshape(HEIGHT, WIDTH)
    content = tiff(ramp.tobytes(), WIDTH, HEIGHT, bits=(16,), photometric=0)
    shown = seen(files, tmp_path / "film.tif", content)
    assert shown[0] == 255
    assert shown[-1] == 0


@pytest.mark.parametrize("kept", [0.3, 0.6])
def test_missing_strips_are_damage(kept: float, tmp_path: Path, files: PillowPictureFiles) -> None:
    values = (COLOURS.astype("<u2") * 257).tobytes()
    content = tiff(values[: int(len(values) * kept)], WIDTH, HEIGHT, bits=(16,) * 3, photometric=2)
    (tmp_path / "cut.tif").write_bytes(content)
    files.check(tmp_path / "cut.tif")
    with pytest.raises(AppError) as caught:
        files.load(tmp_path / "cut.tif")
    assert caught.value.code is ErrorCode.PICTURE_BROKEN
