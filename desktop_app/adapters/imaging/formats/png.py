"""PNG and APNG."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from PIL.ImageFile import ImageFile
from PIL.PngImagePlugin import PngImageFile

from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard

_SIGNATURE_BYTES = 8
_BLOCK = 1 << 20


def _matches(head: bytes) -> bool:
    return head.startswith(b"\x89PNG\r\n\x1a\n")


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    return PngImageFile(file)


def _late_exif(file: BinaryIO) -> bytes:
    """The block of metadata, which may stand behind the pixels (PNG specification, 3rd edition, 5.6)."""
    position = file.tell()
    block = b""
    for length, kind in _chunks(file):
        if kind == b"eXIf":
            block = file.read(length)
            break
        file.seek(length + 4, io.SEEK_CUR)
    file.seek(position)
    return block


def _verify(file: BinaryIO) -> None:
    """Compare the checksums of the pixel data, which Pillow skips: damage could look like a sound picture."""
    position = file.tell()
    for length, kind in _chunks(file):
        if kind != b"IDAT":
            file.seek(length + 4, io.SEEK_CUR)
            continue
        checksum = _checksum(file, length, kind)
        stored = file.read(4)
        if len(stored) == 4 and int.from_bytes(stored, "big") != checksum:
            raise OSError("checksum of the pixel data does not fit")
    file.seek(position)


def _chunks(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Length and kind of each chunk before the end mark; the file then stands at the chunk's data.

    Whoever asks for the next one must have moved the file behind the checksum.
    """
    file.seek(_SIGNATURE_BYTES)
    while len(head := file.read(8)) == 8 and head[4:] != b"IEND":
        yield int.from_bytes(head[:4], "big"), head[4:]


def _checksum(file: BinaryIO, length: int, kind: bytes) -> int:
    checksum = zlib.crc32(kind)
    while length > 0 and (block := file.read(min(length, _BLOCK))):
        checksum = zlib.crc32(block, checksum)
        length -= len(block)
    return checksum


FORMAT = PictureFormat("PNG", (".png", ".apng"), _matches, _open, verify=_verify, late_exif=_late_exif)
