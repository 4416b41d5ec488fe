"""PNG and APNG."""

from __future__ import annotations

from typing import BinaryIO

from PIL.ImageFile import ImageFile
from PIL.PngImagePlugin import PngImageFile

from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard


def _matches(head: bytes) -> bool:
    return head.startswith(b"\x89PNG\r\n\x1a\n")


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    return PngImageFile(file)


FORMAT = PictureFormat("PNG", frozenset({".png", ".apng"}), _matches, _open)
