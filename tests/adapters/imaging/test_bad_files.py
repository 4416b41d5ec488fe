"""Whatever a file holds, there is one error for the user, and never a wrong picture."""

from __future__ import annotations

import errno
import os
import struct
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop_app.adapters.imaging.opening import failures_explained
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.vision_tokens import QWEN2_VL
from tests.adapters.imaging.making import Twin, scene, tiff, twins

TWINS = twins()


def every_way_in(files: PillowPictureFiles) -> list[Callable[[Path], object]]:
    return [
        files.load,
        lambda path: files.load(path, Size(50, 50)),
        lambda path: files.prepare(path, QWEN2_VL, 0),
        lambda path: files.small(path, 64),
    ]


def codes(files: PillowPictureFiles, path: Path) -> set[ErrorCode]:
    found = set()
    for way in [*every_way_in(files), files.facts, files.check]:
        with pytest.raises(AppError) as caught:
            way(path)
        assert caught.value.values.get("name") == path.name
        found.add(caught.value.code)
    return found


def outcome(way: Callable[[Path], object], path: Path) -> ErrorCode | None:
    """The code of the error, or None for success; any other exception is the test's failure."""
    try:
        way(path)
    except AppError as problem:
        return problem.code
    return None


def test_missing(tmp_path: Path, files: PillowPictureFiles) -> None:
    assert codes(files, tmp_path / "gone.png") == {ErrorCode.PICTURE_MISSING}
    with pytest.raises(AppError) as caught:
        files.content_hash(tmp_path / "gone.png")
    assert caught.value.code is ErrorCode.PICTURE_MISSING


def test_below_a_file_instead_of_a_folder(tmp_path: Path, files: PillowPictureFiles) -> None:
    (tmp_path / "file").write_text("x")
    assert codes(files, tmp_path / "file" / "picture.png") == {ErrorCode.PICTURE_MISSING}


def test_empty(tmp_path: Path, files: PillowPictureFiles) -> None:
    (tmp_path / "empty.jpg").touch()
    assert codes(files, tmp_path / "empty.jpg") == {ErrorCode.PICTURE_EMPTY}


@pytest.mark.parametrize(
    "content",
    [b"BM, said the letter", b"\0" * 5000, b"<svg/>", b"%PDF-1.7", b"\xff\xd8", b"RIFF1234WAVEfmt "],
)
def test_not_a_picture(content: bytes, tmp_path: Path, files: PillowPictureFiles) -> None:
    (tmp_path / "letter.png").write_bytes(content)
    assert codes(files, tmp_path / "letter.png") == {ErrorCode.PICTURE_UNKNOWN_FORMAT}


def test_a_folder_is_not_a_picture(tmp_path: Path, files: PillowPictureFiles) -> None:
    (tmp_path / "folder.png").mkdir()
    assert codes(files, tmp_path / "folder.png") == {ErrorCode.PICTURE_UNKNOWN_FORMAT}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.timeout(10)
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path, files: PillowPictureFiles) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert codes(files, tmp_path / "pipe.png") == {ErrorCode.PICTURE_UNKNOWN_FORMAT}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_forbidden(tmp_path: Path, files: PillowPictureFiles) -> None:
    scene().save(tmp_path / "secret.png")
    (tmp_path / "secret.png").chmod(0)
    assert codes(files, tmp_path / "secret.png") == {ErrorCode.PICTURE_UNREADABLE}


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (PermissionError(errno.EACCES, "denied"), ErrorCode.PICTURE_UNREADABLE),
        (OSError(errno.EIO, "input/output error"), ErrorCode.PICTURE_UNREADABLE),
        (OSError(errno.ESTALE, "stale handle"), ErrorCode.PICTURE_UNREADABLE),
        (FileNotFoundError(errno.ENOENT, "gone"), ErrorCode.PICTURE_MISSING),
        (MemoryError(), ErrorCode.PICTURE_MEMORY),
        (OSError("image file is truncated"), ErrorCode.PICTURE_BROKEN),
        (struct.error("short"), ErrorCode.PICTURE_BROKEN),
    ],
)
def test_what_the_system_says_becomes_a_code(problem: Exception, code: ErrorCode) -> None:
    with pytest.raises(AppError) as caught, failures_explained("picture.png"):
        raise problem
    assert caught.value.code is code


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_picture_is_never_shown_as_if_whole(
    twin: Twin, kept: float, tmp_path: Path, files: PillowPictureFiles
) -> None:
    """Where what is left decodes, it must be complete: later pages and trailing metadata may be missing."""
    path = tmp_path / twin.name
    twin.write(path)
    whole = files.load(path).raster
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    outcomes = [outcome(way, path) for way in every_way_in(files)]
    assert {code for code in outcomes if code} <= {ErrorCode.PICTURE_BROKEN}
    if None in outcomes:
        assert files.load(path).raster == whole


def test_damage_in_the_middle_of_a_png_is_noticed(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "scratched.png"
    scene().save(path)
    content = bytearray(path.read_bytes())
    at = content.index(b"IDAT") + 400
    content[at : at + 40] = bytes(40)
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        files.load(path)
    assert caught.value.code is ErrorCode.PICTURE_BROKEN


def test_a_tiff_without_all_of_its_strips_is_not_filled_up_with_black(
    tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / "short.tif"
    strips = {278: (4, (32,)), 279: (4, (96 * 32 * 3,))}
    path.write_bytes(tiff(scene().tobytes(), 96, 64, bits=(8, 8, 8), photometric=2, extra=strips))
    assert codes(files, path) == {ErrorCode.PICTURE_BROKEN}


def _png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9))
        + chunk(b"IEND", b"")
    )


def _webp_claiming(width: int, height: int) -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _bmp_claiming(width: int, height: int) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head


def _gif_claiming(width: int, height: int) -> bytes:
    frame = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\0;"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + frame


def _tiff_with_huge_tiles(width: int, height: int) -> bytes:
    tiles = {322: (4, (width,)), 323: (4, (height,)), 324: (4, (8,)), 325: (4, (48,))}
    return tiff(bytes(48), 4, 4, bits=(8, 8, 8), photometric=2, extra=tiles)


@pytest.mark.parametrize(
    "make",
    [
        _png_claiming,
        _webp_claiming,
        _bmp_claiming,
        _gif_claiming,
        _tiff_with_huge_tiles,
        lambda width, height: tiff(b"\0" * 9, width, height, bits=(8, 8, 8), photometric=2),
    ],
)
def test_a_bomb_is_refused_by_its_head(
    make: Callable[[int, int], bytes], tmp_path: Path, files: PillowPictureFiles
) -> None:
    (tmp_path / "bomb.png").write_bytes(make(16_000, 15_999))
    assert codes(files, tmp_path / "bomb.png") == {ErrorCode.PICTURE_TOO_LARGE}
    with pytest.raises(AppError) as caught:
        files.load(tmp_path / "bomb.png")
    assert caught.value.values == {"name": "bomb.png", "megapixels": 256, "limit": 50}


def test_the_limit_on_pixels_is_exact_and_pillows_own_plays_no_part(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("L", (12_000, 10_000)).save(path, compress_level=1)  # Pillow would warn above 89 megapixels
    assert PillowPictureFiles(120).load(path, Size(100, 100)).original_size == Size(12_000, 10_000)
    with pytest.raises(AppError) as caught:
        PillowPictureFiles(119).load(path)
    assert caught.value.code is ErrorCode.PICTURE_TOO_LARGE


def test_a_sound_file_of_a_kind_that_cannot_be_decoded_is_not_called_damaged(
    tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / "spectral.tif"
    path.write_bytes(tiff(bytes(4 * 4 * 9), 4, 4, bits=(8,) * 9, photometric=34892))
    assert codes(files, path) == {ErrorCode.PICTURE_UNKNOWN_FORMAT}


def test_a_sound_file_of_an_unknown_kind_is_not_called_damaged(
    tmp_path: Path, files: PillowPictureFiles
) -> None:
    jpeg_2000_inside = {259: (3, (34712,))}
    path = tmp_path / "scan.tif"
    path.write_bytes(tiff(bytes(48), 4, 4, bits=(8,) * 3, photometric=2, extra=jpeg_2000_inside))
    assert codes(files, path) == {ErrorCode.PICTURE_UNKNOWN_FORMAT}
    scene().save(tmp_path / "any.jpg")
    content = bytearray((tmp_path / "any.jpg").read_bytes())
    content[content.index(b"\xff\xc0") + 4] = 12
    (tmp_path / "any.jpg").write_bytes(content)
    assert codes(files, tmp_path / "any.jpg") == {ErrorCode.PICTURE_UNKNOWN_FORMAT}


def test_broken_metadata_costs_neither_the_picture_nor_a_warning(
    tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / "odd.jpg"
    for block in (
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\xff" * 40,
        b"Exif\0\0garbage",
        b"Exif\0\0MM\0*\0\0\0\x08",
    ):
        scene().save(path, exif=block, icc_profile=b"no profile")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            loaded = files.load(path)
            assert files.facts(path).taken is None
            files.small(path, 32)
            files.prepare(path, QWEN2_VL, 0)
        assert [note.code for note in loaded.notes] == ["profile-ignored"]


@pytest.fixture(scope="module")
def sound_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("sound")
    for twin in TWINS:
        twin.write(folder / twin.name)
    return {twin.name: (folder / twin.name).read_bytes() for twin in TWINS}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_bytes_raise_nothing_but_app_errors(
    data: st.DataObject, sound_files: dict[str, bytes], tmp_path: Path, files: PillowPictureFiles
) -> None:
    name = data.draw(st.sampled_from(sorted(sound_files)))
    path = tmp_path / name
    content = bytearray(sound_files[name])
    for _ in range(data.draw(st.integers(1, 12))):
        # Heads hold most of what can go wrong.
        last = data.draw(st.sampled_from([min(len(content), 200), len(content)])) - 1
        content[data.draw(st.integers(0, last))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(1, len(content))) :]
    path.write_bytes(content)
    _use(files, path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mark=st.sampled_from(
        [
            b"",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"GIF89a",
            b"II*\0",
            b"MM\0*",
            b"II+\0",
            b"RIFF\x10\0\0\0WEBP",
            b"\0\0\0\x18ftypheic",
            b"\0\0\0\x18ftypavif",
            b"BM" + bytes(12) + b"\x28\0\0\0",
        ]
    ),
    rest=st.binary(max_size=300),
)
def test_random_bytes_raise_nothing_but_app_errors(
    mark: bytes, rest: bytes, tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / "random"
    path.write_bytes(mark + rest)
    _use(files, path)


def _use(files: PillowPictureFiles, path: Path) -> None:
    for way in [*every_way_in(files), files.facts, files.check]:
        code = outcome(way, path)
        assert code is None or code.startswith("picture-")
