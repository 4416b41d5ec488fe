"""Every format and odd colour space is answered like the same picture as a plain upright sRGB PNG."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from PIL import Image, ImageCms, ImageOps

from tests.fakes import scenes
from tests.server.lab import Lab

Saved = Callable[..., Path]
Writer = Callable[[Image.Image, Path], None]
QUESTION = "What is in this image?"
SCENES = {
    "circle": scenes.shape("red", "circle", "top", "left"),
    "arrow": scenes.arrow("left", "purple"),
}


def _plain(file_format: str, **how: object) -> Writer:
    return lambda image, path: image.save(path, file_format, **how)


def _as(mode: str, file_format: str, **how: object) -> Writer:
    return lambda image, path: image.convert(mode).save(path, file_format, **how)


def _on_transparency(file_format: str, mode: str = "RGBA") -> Writer:
    """The ground is made transparent; on white it is nearly what it was."""

    def write(image: Image.Image, path: Path) -> None:
        pixels = numpy.asarray(image)
        drawn = (numpy.abs(pixels.astype(int) - scenes.GROUND) > 12).any(axis=2)
        alpha = Image.fromarray((drawn * 255).astype(numpy.uint8))
        see_through = image.convert(mode[:-1])
        see_through.putalpha(alpha)
        see_through.save(path, file_format)

    return write


def _palette_transparency(image: Image.Image, path: Path) -> None:
    indexed = image.quantize(16)
    ground = indexed.getpixel((0, 0))
    indexed.save(path, "PNG", transparency=ground)


def _sixteen_bit_grey(file_format: str) -> Writer:
    """Values up to 65535: clipping to 8 bit would turn all of it white."""

    def write(image: Image.Image, path: Path) -> None:
        grey = numpy.asarray(image.convert("L")).astype(numpy.uint16) * 257
        Image.fromarray(grey).save(path, file_format)

    return write


def _float_grey(image: Image.Image, path: Path) -> None:
    Image.fromarray(numpy.asarray(image.convert("L")).astype(numpy.float32) / 255).save(path, "TIFF")


def _lab(image: Image.Image, path: Path) -> None:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    ImageCms.buildTransform(srgb, lab, "RGB", "LAB").apply(image).save(path, "TIFF")


def _animated(file_format: str) -> Writer:
    def write(image: Image.Image, path: Path) -> None:
        others = [Image.new("RGB", image.size, colour) for colour in ("teal", "navy")]
        image.save(path, file_format, save_all=True, append_images=others, duration=100)

    return write


def _heif(image: Image.Image, path: Path) -> None:
    import pillow_heif

    pillow_heif.from_pillow(image).save(path, quality=90)


def _grey(image: Image.Image) -> Image.Image:
    return image.convert("L").convert("RGB")


IN_COLOUR: dict[str, tuple[str, Writer]] = {
    "jpeg": ("a.jpg", _plain("JPEG", quality=92)),
    "progressive jpeg": ("a.jpg", _plain("JPEG", quality=92, progressive=True)),
    "cmyk jpeg": ("a.jpg", _as("CMYK", "JPEG", quality=95)),
    "wrong suffix": ("a.png", _plain("JPEG", quality=92)),
    "webp": ("a.webp", _plain("WEBP", quality=92)),
    "lossless webp": ("a.webp", _plain("WEBP", lossless=True)),
    "webp with alpha": ("a.webp", _on_transparency("WEBP")),
    "animated webp": ("a.webp", _animated("WEBP")),
    "gif": ("a.gif", _plain("GIF")),
    "animated gif": ("a.gif", _animated("GIF")),
    "bmp": ("a.bmp", _plain("BMP")),
    "tiff": ("a.tif", _plain("TIFF")),
    "compressed tiff": ("a.tiff", _plain("TIFF", compression="tiff_lzw")),
    "cmyk tiff": ("a.tif", _as("CMYK", "TIFF")),
    "lab tiff": ("a.tif", _lab),
    "pages of tiff": ("a.tif", _animated("TIFF")),
    "avif": ("a.avif", _plain("AVIF", quality=90)),
    "heic": ("a.heic", _heif),
    "rgba png": ("a.png", _on_transparency("PNG")),
    "palette png": ("a.png", lambda image, path: image.quantize(16).save(path, "PNG")),
    "palette png with transparency": ("a.png", _palette_transparency),
}

IN_GREY: dict[str, tuple[str, Writer]] = {
    "grey jpeg": ("a.jpg", _as("L", "JPEG", quality=95)),
    "grey png": ("a.png", _as("L", "PNG")),
    "grey png with alpha": ("a.png", _on_transparency("PNG", "LA")),
    "grey tiff": ("a.tif", _as("L", "TIFF")),
    "16 bit png": ("a.png", _sixteen_bit_grey("PNG")),
    "16 bit tiff": ("a.tif", _sixteen_bit_grey("TIFF")),
    "float tiff": ("a.tif", _float_grey),
}


async def _answers(lab: Lab, image: Image.Image, path: Path, write: Writer) -> tuple[str, str]:
    """The answers about the file and about its plain twin."""
    twin = path.with_name("twin.png")
    image.save(twin)
    write(image, path)
    odd, plain = await lab.ask(QUESTION, path), await lab.ask(QUESTION, twin)
    assert odd.error is None
    assert plain.error is None
    return odd.text, plain.text


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("form", IN_COLOUR)
async def test_in_colour(tiny: Lab, tmp_path: Path, form: str, scene: str) -> None:
    name, write = IN_COLOUR[form]
    odd, plain = await _answers(tiny, SCENES[scene].image, tmp_path / name, write)
    assert odd == plain == f"This is {SCENES[scene].words}."


@pytest.mark.parametrize("direction", ["up", "right"])
@pytest.mark.parametrize("form", IN_GREY)
async def test_in_grey(tiny: Lab, tmp_path: Path, form: str, direction: str) -> None:
    name, write = IN_GREY[form]
    image = _grey(scenes.arrow(direction, "black").image)
    odd, plain = await _answers(tiny, image, tmp_path / name, write)
    assert odd == plain == f"This is an arrow pointing {direction}."


@pytest.mark.parametrize(
    ("file_format", "orientation"),
    [*(("JPEG", number) for number in range(1, 9)), ("PNG", 6), ("WEBP", 8), ("TIFF", 3), ("TIFF", 7)],
)
async def test_rotated_pictures_are_answered_by_how_they_look(
    tiny: Lab, tmp_path: Path, file_format: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = scenes.arrow("up").image
    path = tmp_path / f"a.{file_format.lower()}"
    stored.save(path, file_format, exif=exif)
    with Image.open(path) as opened:
        ImageOps.exif_transpose(opened).convert("RGB").save(tmp_path / "twin.png")
    heard = await tiny.ask(QUESTION, path)
    assert heard.text == (await tiny.ask(QUESTION, tmp_path / "twin.png")).text
    looks = {1: "up", 2: "up", 3: "down", 4: "down", 5: "left", 6: "right", 7: "right", 8: "left"}
    assert heard.text == f"This is an arrow pointing {looks[orientation]}."


@pytest.mark.parametrize("size", [(140, 140), (1200, 800), (3000, 2000)])
async def test_size_changes_nothing(tiny: Lab, saved: Saved, size: tuple[int, int]) -> None:
    scene = scenes.shape("red", "circle", "top", "left", size, radius=0.19)
    heard = await tiny.ask(QUESTION, saved(scene.image, "a.jpg", quality=92))
    assert heard.text == f"This is {scene.words}."
