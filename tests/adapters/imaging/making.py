"""Pictures made for tests: one scene, written in every format and colour space that the program opens."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageCms, ImageDraw

SIZE = (96, 64)


def scene(size: tuple[int, int] = SIZE) -> Image.Image:
    """Even areas and soft ramps in 8-bit RGB; no two corners, and no two halves, are alike."""
    width, height = size
    across = np.linspace(0, 255, width)[None, :].repeat(height, 0)
    down = np.linspace(255, 0, height)[:, None].repeat(width, 1)
    picture = Image.fromarray(np.stack([across, down, (across + down) / 2], axis=2).round().astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 4, height // 4), fill=(230, 20, 20))
    draw.rectangle((width * 3 // 4, 0, width, height // 4), fill=(20, 200, 20))
    draw.rectangle((0, height * 3 // 4, width // 4, height), fill=(20, 20, 230))
    draw.ellipse((width // 2, height // 2, width * 3 // 4, height * 7 // 8), fill=(250, 240, 40))
    return picture


def few_colours(size: tuple[int, int] = SIZE) -> Image.Image:
    """The scene in at most 64 colours, as RGB; palettes hold it exactly."""
    return scene(size).quantize(64, dither=Image.Dither.NONE).convert("RGB")


def grey(size: tuple[int, int] = SIZE) -> Image.Image:
    """Every level from 0 to 255."""
    ramp = np.linspace(0, 255, size[0] * size[1]).round().astype(np.uint8)
    return Image.fromarray(ramp.reshape(size[1], size[0]))


def with_holes(picture: Image.Image) -> Image.Image:
    """An alpha channel: transparent on the left quarter, half there in the second, opaque on the right."""
    alpha = Image.new("L", picture.size, 255)
    alpha.paste(128, (0, 0, picture.width // 2, picture.height))
    alpha.paste(0, (0, 0, picture.width // 4, picture.height))
    result = picture.convert("LA" if picture.mode == "L" else "RGBA")
    result.putalpha(alpha)
    return result


def on_white(picture: Image.Image) -> Image.Image:
    """What a picture with alpha looks like on white paper, computed the long way."""
    values = np.asarray(picture.convert("RGBA")).astype(np.float64)
    alpha = values[..., 3:] / 255
    return Image.fromarray((values[..., :3] * alpha + 255 * (1 - alpha)).round().astype(np.uint8))


def linear_profile() -> bytes:
    """An RGB profile far from sRGB: colours of sRGB, but light stored without a curve."""
    return _edited_srgb(lambda tag: tag[:8] + (0).to_bytes(4, "big") + tag[12:], b"TRC")


def wide_profile() -> bytes:
    """Display P3, which telephones give their pictures: the curve of sRGB and more saturated primaries."""
    primaries = {
        b"r": (0.51512, 0.2412, -0.00105),
        b"g": (0.29198, 0.69225, 0.04189),
        b"b": (0.1571, 0.06657, 0.78407),
    }
    data = bytearray(srgb_profile())
    for at in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12):
        if data[at + 1 : at + 4] == b"XYZ":
            start = int.from_bytes(data[at + 4 : at + 8], "big")
            numbers = (round(value * 65536) for value in primaries[bytes(data[at : at + 1])])
            data[start + 8 : start + 20] = b"".join(one.to_bytes(4, "big", signed=True) for one in numbers)
    return bytes(data)


def _edited_srgb(edit: Callable[[bytes], bytes], kind: bytes) -> bytes:
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12):
        if data[at + 1 : at + 4] == kind:
            start, length = (int.from_bytes(data[at + i : at + i + 4], "big") for i in (4, 8))
            # A curve with no entries is the straight line (ICC.1:2022, 10.6).
            data[start : start + length] = b"curv" + bytes(length - 4)
    return bytes(data)


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@dataclass(frozen=True)
class Twin:
    """A picture in some format, and what it should look like.

    Attributes:
        mean, worst: allowed difference of levels, on average and anywhere.
    """

    name: str
    write: Callable[[Path], object]
    expected: Image.Image
    mean: float = 0.0
    worst: int = 0


def deep(picture: Image.Image) -> Image.Image:
    """16 bits that mean the same grey levels."""
    return Image.fromarray(np.asarray(picture).astype(np.uint16) * 257)


def twins(colours: Image.Image | None = None, levels: Image.Image | None = None) -> list[Twin]:
    """A picture in every format, at every depth and in every colour space that can be written here.

    Args:
        colours: the picture, mode RGB; by default the scene.
        levels: what to write in formats for grey, mode L; by default every level from black to white.
    """
    colours, levels = colours or scene(), levels or grey()
    few = colours.quantize(64, dither=Image.Dither.NONE).convert("RGB")
    return [
        *_still(colours, few),
        *_grey(levels),
        *_other_spaces(colours, levels),
        *_transparent(colours, few, levels),
        *_animated(few),
    ]


def _saved(picture: Image.Image, file_format: str, **options: object) -> Callable[[Path], None]:
    return lambda path: picture.save(path, file_format, **options)


def _heif(picture: Image.Image) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        import pillow_heif

        pillow_heif.from_pillow(picture).save(path, quality=95, chroma=444)

    return write


def _still(colours: Image.Image, few: Image.Image) -> list[Twin]:
    return [
        Twin("plain.png", _saved(colours, "PNG"), colours),
        Twin("interlaced-looking.bmp", _saved(colours, "BMP"), colours),
        Twin("palette.png", _saved(few.quantize(64), "PNG"), few),
        Twin("palette.gif", _saved(few, "GIF"), few),
        Twin("palette.bmp", _saved(few.quantize(64), "BMP"), few),
        Twin("palette.tif", _saved(few.quantize(64), "TIFF"), few),
        Twin("raw.tif", _saved(colours, "TIFF"), colours),
        Twin("lzw.tif", _saved(colours, "TIFF", compression="tiff_lzw"), colours),
        Twin("deflate.tif", _saved(colours, "TIFF", compression="tiff_adobe_deflate"), colours),
        Twin("jpeg.tif", _saved(colours, "TIFF", compression="jpeg", quality=95), colours, 3, 60),
        Twin("big.tif", _saved(colours, "TIFF", big_tiff=True), colours),
        Twin("lossless.webp", _saved(colours, "WEBP", lossless=True), colours),
        Twin("photo.webp", _saved(colours, "WEBP", quality=95), colours, 4, 150),
        Twin("photo.jpg", _saved(colours, "JPEG", quality=95, subsampling=0), colours, 2, 40),
        Twin(
            "progressive.jpg",
            _saved(colours, "JPEG", quality=95, subsampling=0, progressive=True),
            colours,
            2,
            40,
        ),
        Twin("photo.avif", _saved(colours, "AVIF", quality=95, subsampling="4:4:4"), colours, 2, 40),
        Twin("photo.heic", _heif(colours), colours, 3, 50),
    ]


def _grey(levels: Image.Image) -> list[Twin]:
    black_white = levels.point(lambda value: 255 * (value > 127), "1")
    values = np.asarray(levels)
    return [
        Twin("grey.png", _saved(levels, "PNG"), levels),
        Twin("grey.jpg", _saved(levels, "JPEG", quality=95), levels, 1, 8),
        Twin("grey.tif", _saved(levels, "TIFF"), levels),
        Twin("one-bit.png", _saved(black_white, "PNG"), black_white),
        Twin("one-bit.tif", _saved(black_white, "TIFF", compression="group4"), black_white),
        Twin("one-bit.bmp", _saved(black_white, "BMP"), black_white),
        Twin("deep.png", _saved(deep(levels), "PNG"), levels),
        Twin("deep.tif", _saved(deep(levels), "TIFF"), levels),
        Twin("deep-lzw.tif", _saved(deep(levels), "TIFF", compression="tiff_lzw"), levels),
        Twin("deep-motorola.tif", _deep_motorola(levels), levels),
        Twin("twelve-bit.tif", _saved(_twelve_bit(levels), "TIFF"), levels),
        Twin(
            "thirty-two-bit.tif", _saved(Image.fromarray(values.astype(np.int32) * 8_000_000), "TIFF"), levels
        ),
        Twin("fractions.tif", _saved(Image.fromarray((values / 255).astype(np.float32)), "TIFF"), levels),
        Twin("levels-as-floats.tif", _saved(levels.convert("F"), "TIFF"), levels),
        Twin(
            "measured.tif", _saved(Image.fromarray((values * 3.5 - 200).astype(np.float32)), "TIFF"), levels
        ),
    ]


def _twelve_bit(levels: Image.Image) -> Image.Image:
    return Image.fromarray((np.asarray(levels).astype(np.uint32) * 4095 // 255).astype(np.uint16))


def _deep_motorola(levels: Image.Image) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        data = (np.asarray(levels).astype(np.uint16) * 257).astype(">u2")
        path.write_bytes(tiff(data.tobytes(), *levels.size, order=">", bits=(16,), photometric=1))

    return write


def _other_spaces(colours: Image.Image, levels: Image.Image) -> list[Twin]:
    cmyk = colours.convert("CMYK")
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    in_lab = ImageCms.buildTransform(srgb, lab, "RGB", "LAB").apply(colours)
    deep_rgb = (np.asarray(colours).astype(np.uint16) * 257).tobytes()
    width, height = colours.size
    return [
        Twin("print.tif", _saved(cmyk, "TIFF"), colours, 1, 2),
        Twin("print.jpg", _saved(cmyk, "JPEG", quality=95, subsampling=0), colours, 3, 60),
        Twin("lab.tif", _saved(in_lab, "TIFF"), colours, 2, 30),
        Twin("ycbcr.tif", _saved(colours.convert("YCbCr"), "TIFF"), colours, 2, 4),
        Twin(
            "deep-rgb.tif",
            lambda path: path.write_bytes(tiff(deep_rgb, width, height, bits=(16, 16, 16), photometric=2)),
            colours,
        ),
        Twin("srgb-profile.png", _saved(colours, "PNG", icc_profile=srgb_profile()), colours),
        Twin(
            "linear-profile.png",
            _saved(_linear(colours), "PNG", icc_profile=linear_profile()),
            colours,
            2,
            14,
        ),
        Twin(
            "linear-profile.tif",
            _saved(_linear(colours), "TIFF", icc_profile=linear_profile()),
            colours,
            2,
            14,
        ),
        Twin("grey-with-rgb-profile.png", _saved(levels, "PNG", icc_profile=srgb_profile()), levels),
    ]


def _linear(picture: Image.Image) -> Image.Image:
    """The same colours for `linear_profile` (IEC 61966-2-1)."""
    values = np.asarray(picture) / 255
    light = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return Image.fromarray((light * 255).round().astype(np.uint8))


def _transparent(colours: Image.Image, few: Image.Image, levels: Image.Image) -> list[Twin]:
    colours, levels = with_holes(colours), with_holes(levels)
    keyed = few.quantize(32)
    numbers = np.asarray(keyed)
    key = int(numbers[5, 5])
    where = numbers == key
    seen = Image.fromarray(np.where(where[..., None], 255, np.asarray(keyed.convert("RGB"))).astype(np.uint8))
    return [
        Twin("alpha.png", _saved(colours, "PNG"), on_white(colours), 1, 1),
        Twin("alpha.tif", _saved(colours, "TIFF"), on_white(colours), 1, 1),
        Twin("alpha.webp", _saved(colours, "WEBP", lossless=True, exact=True), on_white(colours), 1, 1),
        Twin(
            "alpha.avif", _saved(colours, "AVIF", quality=95, subsampling="4:4:4"), on_white(colours), 3, 60
        ),
        Twin("alpha.heic", _heif(colours), on_white(colours), 3, 60),
        Twin("grey-alpha.png", _saved(levels, "PNG"), on_white(levels), 1, 1),
        Twin("grey-alpha.tif", _saved(levels, "TIFF"), on_white(levels), 1, 1),
        Twin("keyed.png", _saved(keyed, "PNG", transparency=key), seen),
        Twin("keyed.gif", _saved(keyed, "GIF", transparency=key), seen),
    ]


def _animated(first: Image.Image) -> list[Twin]:
    second = first.transpose(Image.Transpose.ROTATE_180)
    more: dict[str, object] = {"save_all": True, "append_images": [second, first.rotate(9)], "duration": 50}
    pages: dict[str, object] = {"save_all": True, "append_images": [second, second]}
    return [
        Twin("animated.gif", _saved(first, "GIF", **more), first),
        Twin("animated.png", _saved(first, "PNG", **more), first),
        Twin("animated.webp", _saved(first, "WEBP", lossless=True, **more), first),
        Twin("animated.avif", _saved(first, "AVIF", quality=95, subsampling="4:4:4", **more), first, 3, 60),
        Twin("pages.tif", _saved(first, "TIFF", **pages), first),
    ]


def tiff(
    data: bytes,
    width: int,
    height: int,
    *,
    bits: tuple[int, ...],
    photometric: int,
    order: str = "<",
    extra: Mapping[int, tuple[int, tuple[int, ...]]] | None = None,
) -> bytes:
    """A TIFF of one uncompressed strip (TIFF 6.0), for kinds that Pillow does not write.

    Args:
        extra: further tags, each with its type (3: 16-bit, 4: 32-bit numbers) and values.
    """
    byte_order: Literal["little", "big"] = "little" if order == "<" else "big"
    tags: dict[int, tuple[int, tuple[int, ...]]] = {
        256: (4, (width,)),
        257: (4, (height,)),
        258: (3, bits),
        259: (3, (1,)),
        262: (3, (photometric,)),
        273: (4, (8,)),
        277: (3, (len(bits),)),
        278: (4, (height,)),
        279: (4, (len(data),)),
        **(extra or {}),
    }
    data += b"\0" * (len(data) % 2)
    directory_at = 8 + len(data)
    tail_at = directory_at + 2 + 12 * len(tags) + 4
    directory, tail = len(tags).to_bytes(2, byte_order), b""
    for tag, (kind, values) in sorted(tags.items()):
        packed = b"".join(value.to_bytes(2 if kind == 3 else 4, byte_order) for value in values)
        if len(packed) > 4:
            packed, tail = (tail_at + len(tail)).to_bytes(4, byte_order), tail + packed
        directory += tag.to_bytes(2, byte_order) + kind.to_bytes(2, byte_order)
        directory += len(values).to_bytes(4, byte_order) + packed.ljust(4, b"\0")
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + directory_at.to_bytes(4, byte_order) + data + directory + bytes(4) + tail


def png_of_16_bits(colours: Image.Image) -> bytes:
    """A PNG of 16-bit colour, which Pillow does not write; every value is 257 times that of `colours`."""
    rows = (np.asarray(colours.convert("RGB")).astype(">u2") * 257).astype(">u2")
    data = zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows))
    head = struct.pack(">IIBBBBB", colours.width, colours.height, 16, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def bitmap_565() -> bytes:
    """A red bitmap of 2 x 2 pixels, each of 16 bits."""
    pixels = struct.pack("<4H", *[0xF800] * 4)
    masks = struct.pack("<3I", 0xF800, 0x07E0, 0x001F)
    head = struct.pack("<IiiHHIIiiII", 40, 2, 2, 1, 16, 3, len(pixels), 0, 0, 0, 0)
    start = 14 + len(head) + len(masks)
    return struct.pack("<2sIHHI", b"BM", start + len(pixels), 0, 0, start) + head + masks + pixels


def exif_with_preview(preview: bytes, orientation: int = 1) -> bytes:
    """An EXIF block as cameras write it: orientation, and a JPEG as the second directory's thumbnail."""
    first_at, second_at = 8, 8 + 2 + 12 + 4
    data_at = second_at + 2 + 2 * 12 + 4

    def entry(tag: int, kind: int, value: int) -> bytes:
        packed = value.to_bytes(2 if kind == 3 else 4, "little")
        return tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + b"\1\0\0\0" + packed.ljust(4, b"\0")

    first = b"\1\0" + entry(274, 3, orientation) + second_at.to_bytes(4, "little")
    second = b"\2\0" + entry(513, 4, data_at) + entry(514, 4, len(preview)) + bytes(4)
    return b"Exif\0\0II*\0" + first_at.to_bytes(4, "little") + first + second + preview
