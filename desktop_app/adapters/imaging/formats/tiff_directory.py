"""The first directory of a TIFF, read apart from Pillow's decoder, which gives up on unknown kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from PIL.TiffImagePlugin import ImageFileDirectory_v2

from desktop_app.domain.geometry import Size

WIDTH = 256
LENGTH = 257
BITS_PER_SAMPLE = 258
COMPRESSION = 259
PHOTOMETRIC = 262
STRIP_OFFSETS = 273
ORIENTATION = 274
SAMPLES_PER_PIXEL = 277
ROWS_PER_STRIP = 278
STRIP_BYTES = 279
PLANAR = 284
PREDICTOR = 317
TILE_WIDTH = 322
TILE_LENGTH = 323
TILE_OFFSETS = 324
TILE_BYTES = 325
EXTRA_SAMPLES = 338
SAMPLE_FORMAT = 339

_BIG = 43
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class TiffDirectory:
    """Tags of the first page.

    Attributes:
        tags: as Pillow reads them.
        is_complete: every entry that the directory announces was read; False in a truncated file.
    """

    tags: ImageFileDirectory_v2
    is_complete: bool

    @property
    def little_endian(self) -> bool:
        return bool(self.tags.prefix == b"II")

    def number(self, tag: int, default: int) -> int:
        """One whole number; the first of several."""
        found = self.numbers(tag)
        return found[0] if found else default

    def numbers(self, tag: int) -> tuple[int, ...]:
        value = self.tags.get(tag)
        values = value if isinstance(value, tuple) else (value,)
        return tuple(one for one in values if isinstance(one, int))

    def block_size(self) -> Size:
        """Pixels of one tile or strip."""
        width, height = self.number(WIDTH, 0), self.number(LENGTH, 0)
        if self.numbers(TILE_OFFSETS):
            return Size(self.number(TILE_WIDTH, width), self.number(TILE_LENGTH, height))
        return Size(width, min(height, self.number(ROWS_PER_STRIP, height) or height))

    def block_offsets(self) -> tuple[int, ...]:
        return self.numbers(TILE_OFFSETS) or self.numbers(STRIP_OFFSETS)

    def block_lengths(self) -> tuple[int, ...]:
        """Bytes of each block as stored."""
        return self.numbers(TILE_BYTES) or self.numbers(STRIP_BYTES)

    def block_count(self) -> int:
        """How many tiles or strips it takes to hold the page; 0 for a damaged page."""
        block = self.block_size()
        if block.width < 1 or block.height < 1:
            return 0
        across, down = -(-self.number(WIDTH, 0) // block.width), -(-self.number(LENGTH, 0) // block.height)
        return across * down * (self.number(SAMPLES_PER_PIXEL, 1) if self.number(PLANAR, 1) == 2 else 1)


def read_directory(file: BinaryIO) -> TiffDirectory:
    """Read the first directory; raises what Pillow raises for damaged files, leaves the file at its start."""
    tags = _empty_directory(file)
    file.seek(tags.next)
    announced = int.from_bytes(
        file.read(8 if tags._bigtiff else 2), "little" if tags.prefix == b"II" else "big"
    )
    file.seek(tags.next)
    tags.load(file)
    file.seek(0)
    return TiffDirectory(tags, len(tags) >= announced)


def count_pages(file: BinaryIO) -> int:
    """Directories in the file, up to a limit; a chain that bites its tail ends there."""
    tags = _empty_directory(file)
    seen: set[int] = set()
    while tags.next and tags.next not in seen and len(seen) < _MOST_PAGES:
        seen.add(tags.next)
        file.seek(tags.next)
        tags.load(file)
    return max(1, len(seen))


def _empty_directory(file: BinaryIO) -> ImageFileDirectory_v2:
    file.seek(0)
    head = file.read(8)
    if _BIG in (head[2], head[3]):
        head += file.read(8)
    return ImageFileDirectory_v2(head)
