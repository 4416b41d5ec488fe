"""Makes small files of large one-coloured pictures, for questions about how a server sees pictures."""

from __future__ import annotations

import base64
import struct
import zlib

from desktop_app.domain.geometry import Size


def flat_png(size: Size, grey: int = 200) -> bytes:
    """A PNG of `size` in one grey; a thousandth of its pixels in bytes."""
    row = b"\0" + bytes([grey]) * size.width
    packer = zlib.compressobj(9)
    rows = b"".join([*(packer.compress(row) for _ in range(size.height)), packer.flush()])
    header = struct.pack(">IIBBBBB", size.width, size.height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def flat_png_uri(size: Size) -> str:
    """The same as a data URI."""
    return "data:image/png;base64," + base64.b64encode(flat_png(size)).decode("ascii")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
