"""GIF."""

from __future__ import annotations

from typing import BinaryIO

from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile

from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard


def _matches(head: bytes) -> bool:
    return head.startswith((b"GIF87a", b"GIF89a"))


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    return GifImageFile(file)


FORMAT = PictureFormat("GIF", (".gif",), _matches, _open)
