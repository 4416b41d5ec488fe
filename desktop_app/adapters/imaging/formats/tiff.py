"""TIFF, including BigTIFF; the first page of several."""

from __future__ import annotations

from typing import BinaryIO

from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard

_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

_BITS_PER_SAMPLE = 258
_PHOTOMETRIC = 262
_TILE_WIDTH = 322
_TILE_LENGTH = 323

WHITE_IS_ZERO = "white-is-zero"
"""Key in `info` of a deep grey picture whose values count from white to black; Pillow turns 8 bits only."""

SAMPLE_BITS = "sample-bits"
"""Key in `info`: bits of a sample when fewer than its container's."""


def _matches(head: bytes) -> bool:
    return head.startswith(_MARKS)


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    image = TiffImageFile(file)
    tags = image.tag_v2
    # A tile is decoded whole, however small the picture that it is cut from.
    guard(_number(tags.get(_TILE_WIDTH)), _number(tags.get(_TILE_LENGTH)))
    if image.mode.startswith("I;16"):
        if tags.get(_PHOTOMETRIC) == 0:
            image.info[WHITE_IS_ZERO] = True
        bits = tags.get(_BITS_PER_SAMPLE)
        if isinstance(bits, tuple) and len(bits) == 1 and 8 < bits[0] < 16:
            image.info[SAMPLE_BITS] = bits[0]
    return image


def _number(value: object) -> int:
    return value if isinstance(value, int) else 1


FORMAT = PictureFormat("TIFF", frozenset({".tif", ".tiff"}), _matches, _open, opens_upright=True)
