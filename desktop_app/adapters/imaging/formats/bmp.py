"""Windows bitmaps."""

from __future__ import annotations

from typing import BinaryIO

from PIL.BmpImagePlugin import BmpImageFile
from PIL.ImageFile import ImageFile

from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard

_HEADER_SIZES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
"""Of the known header versions; two letters alone would take many a text for a bitmap."""


def _matches(head: bytes) -> bool:
    return head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _HEADER_SIZES


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    return BmpImageFile(file)


FORMAT = PictureFormat("BMP", (".bmp", ".dib"), _matches, _open)
