"""TIFF, including BigTIFF; the first page of several."""

from __future__ import annotations

from typing import BinaryIO

from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import COMPRESSION_INFO, TiffImageFile

from desktop_app.adapters.imaging.formats import tiff_directory as tags
from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard, UnsupportedKindError
from desktop_app.adapters.imaging.formats.tiff_directory import TiffDirectory, read_directory

_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

WHITE_IS_ZERO = "white-is-zero"
"""Key in `info` of a deep grey picture whose values count from white to black; Pillow turns 8 bits only."""

SAMPLE_BITS = "sample-bits"
"""Key in `info`: bits of a sample when fewer than its container's."""

_UNKNOWN_KIND = ("unknown pixel mode", "Invalid value for samples per pixel")
"""Words of Pillow's errors for files that may well be sound."""


def _matches(head: bytes) -> bool:
    return head.startswith(_MARKS)


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    directory = read_directory(file)
    # A tile is decoded whole, however small the picture that it is cut from.
    guard(directory.number(tags.TILE_WIDTH, 1), directory.number(tags.TILE_LENGTH, 1))
    if max(directory.numbers(tags.BITS_PER_SAMPLE), default=1) >= 16:
        from desktop_app.adapters.imaging.formats import tiff_samples  # numpy: most folders never need it

        if tiff_samples.is_readable_here(directory):
            return tiff_samples.SampledTiffFile(file)
    image = _open_with_pillow(file, directory)
    if len(directory.block_offsets()) < directory.block_count():  # Pillow would leave their place black
        raise OSError("strips or tiles are missing")
    if image.mode.startswith("I;16"):
        if directory.number(tags.PHOTOMETRIC, 1) == 0:
            image.info[WHITE_IS_ZERO] = True
        if 8 < (bits := directory.number(tags.BITS_PER_SAMPLE, 16)) < 16:
            image.info[SAMPLE_BITS] = bits
    return image


def _open_with_pillow(file: BinaryIO, directory: TiffDirectory) -> ImageFile:
    compression = directory.number(tags.COMPRESSION, 1)
    if directory.is_complete and compression not in COMPRESSION_INFO:
        raise UnsupportedKindError(f"TIFF: compression {compression}")
    try:
        return TiffImageFile(file)
    except SyntaxError as problem:
        if directory.is_complete and any(words in str(problem) for words in _UNKNOWN_KIND):
            raise UnsupportedKindError(f"TIFF: {problem}") from problem
        raise


FORMAT = PictureFormat("TIFF", (".tif", ".tiff"), _matches, _open, opens_upright=True)
