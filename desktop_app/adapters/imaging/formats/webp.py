"""WebP, still and animated."""

from __future__ import annotations

from typing import BinaryIO

from PIL.ImageFile import ImageFile
from PIL.WebPImagePlugin import WebPImageFile

from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard


def _matches(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def canvas_size(head: bytes) -> tuple[int, int] | None:
    """Width and height from the first 30 bytes (RFC 9649), or None when they are not there."""
    chunk, body = head[12:16], head[20:30]
    if len(body) < 10:
        return None
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return None


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    # The decoder allocates the whole canvas as soon as it is made.
    size = canvas_size(file.read(30))
    file.seek(0)
    if size is not None:
        guard(*size)
    return WebPImageFile(file)


FORMAT = PictureFormat("WebP", (".webp",), _matches, _open)
