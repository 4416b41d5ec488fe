"""Every format and colour space is seen as its plain twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Note
from desktop_app.domain.vision_tokens import QWEN2_VL
from tests.adapters.imaging.alike import assert_alike, pixels
from tests.adapters.imaging.making import SIZE, Twin, few_colours, scene, twins

TWINS = twins()


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_looks_like_its_plain_twin(twin: Twin, tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / twin.name
    twin.write(path)

    loaded = files.load(path)

    assert loaded.original_size == Size(*SIZE)
    assert_alike(pixels(loaded.raster), twin.expected, twin.mean, twin.worst)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_is_sent_like_its_plain_twin(twin: Twin, tmp_path: Path, files: PillowPictureFiles) -> None:
    path, plain = tmp_path / twin.name, tmp_path / "twin.png"
    twin.write(path)
    twin.expected.convert("RGB").save(plain)

    sent, expected = files.prepare(path, QWEN2_VL, 0), files.prepare(plain, QWEN2_VL, 0)

    assert sent.encoded.size == expected.encoded.size
    if twin.worst == 0:
        assert sent.encoded.digest == expected.encoded.digest


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_facts_and_check_agree_with_the_pixels(twin: Twin, tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / twin.name
    twin.write(path)

    files.check(path)
    facts = files.facts(path)

    assert facts.size == Size(*SIZE)
    assert facts.size_bytes == path.stat().st_size
    assert path.suffix in files.suffixes
    assert facts.colour


@pytest.mark.parametrize(
    ("name", "count"), [("animated.gif", 3), ("animated.png", 3), ("animated.webp", 3), ("pages.tif", 3)]
)
def test_says_that_only_the_first_frame_is_used(
    name: str, count: int, tmp_path: Path, files: PillowPictureFiles
) -> None:
    path = tmp_path / name
    next(twin for twin in TWINS if twin.name == name).write(path)

    assert Note("first-frame", (("count", count),)) in files.load(path).notes
    assert files.facts(path).frames == count


def test_a_plain_picture_needs_no_note(tmp_path: Path, files: PillowPictureFiles) -> None:
    scene().save(tmp_path / "plain.png")
    assert files.load(tmp_path / "plain.png").notes == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("print.tif", "cmyk-without-profile"),
        ("lab.tif", "lab-converted"),
        ("alpha.png", "transparency"),
        ("deep.png", "deep-scaled"),
        ("measured.tif", "numbers-scaled"),
        ("linear-profile.png", "profile-converted"),
    ],
)
def test_says_what_was_converted(name: str, code: str, tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / name
    next(twin for twin in TWINS if twin.name == name).write(path)
    assert [note.code for note in files.load(path).notes] == [code]


def test_the_content_decides_not_the_name(tmp_path: Path, files: PillowPictureFiles) -> None:
    path = tmp_path / "really-a-png.JPG"
    few_colours().save(path, "PNG")

    loaded = files.load(path)

    assert pixels(loaded.raster).tobytes() == few_colours().tobytes()
    assert loaded.notes == (Note("wrong-suffix", (("suffix", ".jpg"), ("format", "PNG"))),)
    assert files.facts(path).file_format == "PNG"


def test_a_name_without_a_suffix_is_fine(tmp_path: Path, files: PillowPictureFiles) -> None:
    scene().save(tmp_path / "nameless", "PNG")
    assert files.load(tmp_path / "nameless").notes == ()
