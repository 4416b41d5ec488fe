"""TIFFs with deep colour: samples of 16 bits or more, whole numbers or floating point; and unusual deep grey.

Pillow keeps only the upper half of 16-bit colour, which leaves nothing of pictures that use 10 or 12 of the
16 bits, and does not read floating-point colour. This reads the uncompressed and the zlib-compressed ones,
in strips or tiles, by TIFF 6.0 and Adobe's technical note 3 (predictors). All channels are scaled alike.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from PIL import Image
from PIL.ImageFile import ImageFile

from desktop_app.adapters.imaging.formats import tiff_directory as tags
from desktop_app.adapters.imaging.formats.picture_format import NOTES, SAMPLES
from desktop_app.adapters.imaging.formats.tiff_directory import TiffDirectory, count_pages, read_directory
from desktop_app.adapters.imaging.scaling import Numbers, scaled_to_8_bit
from desktop_app.adapters.imaging.turning import upright, upright_size
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Note

_KINDS = {1: "u", 2: "i", 3: "f"}
_SIZES = {"u": (16, 32), "i": (16, 32), "f": (16, 32, 64)}
_UNCOMPRESSED, _ZLIB = (1,), (8, 32946)
_DIFFERENCES, _FLOAT_DIFFERENCES = 2, 3
_UNASSOCIATED_ALPHA = 2
_GREY_READ_HERE = frozenset({("f", 16), ("f", 64), ("u", 32)})
"""Pillow reads the rest; the upper half of unsigned 32 bits it takes for negative numbers."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the samples lie in the file; sizes in samples, pixels and bytes as named."""

    width: int
    height: int
    samples: int
    dtype: np.dtype[np.generic]
    planar: bool
    compressed: bool
    predictor: int
    block_width: int
    block_height: int
    offsets: tuple[int, ...]
    lengths: tuple[int, ...]


def is_readable_here(directory: TiffDirectory) -> bool:
    """Whether the first page is of a kind that this module reads, and Pillow does not or not in full."""
    bits, formats = (
        set(directory.numbers(tags.BITS_PER_SAMPLE)),
        set(directory.numbers(tags.SAMPLE_FORMAT) or (1,)),
    )
    kind = _KINDS.get(min(formats), "")
    photometric, samples = directory.number(tags.PHOTOMETRIC, -1), directory.number(tags.SAMPLES_PER_PIXEL, 1)
    return (
        len(bits) == 1
        and len(formats) == 1
        and bits <= set(_SIZES.get(kind, ()))
        and _is_known_shape(photometric, samples, directory.numbers(tags.EXTRA_SAMPLES), min(bits), kind)
        and directory.number(tags.COMPRESSION, 1) in _UNCOMPRESSED + _ZLIB
        and directory.number(tags.PREDICTOR, 1) in (1, _DIFFERENCES, _FLOAT_DIFFERENCES)
    )


def _is_known_shape(photometric: int, samples: int, extra: tuple[int, ...], bits: int, kind: str) -> bool:
    if photometric == 1 and samples == 1:
        return (kind, bits) in _GREY_READ_HERE
    if photometric == 1 and samples == 2:
        return extra == (_UNASSOCIATED_ALPHA,)
    if photometric == 2 and samples == 4:
        return extra == (_UNASSOCIATED_ALPHA,)
    return photometric == 2 and samples == 3


class SampledTiffFile(ImageFile):
    """The first page of such a file; mode and size are known at once, pixels after `load`."""

    format = "TIFF"

    def _open(self) -> None:
        assert self.fp is not None
        self._directory = read_directory(self.fp)  # type: ignore[arg-type]  # opened in binary mode
        self._mode = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[self._directory.number(tags.SAMPLES_PER_PIXEL, 1)]
        stored = Size(self._directory.number(tags.WIDTH, 0), self._directory.number(tags.LENGTH, 0))
        self._orientation = self._directory.number(tags.ORIENTATION, 1)
        seen = upright_size(stored, self._orientation)
        self._size = seen.width, seen.height
        self.n_frames = count_pages(self.fp)  # type: ignore[arg-type]
        if isinstance(profile := self._directory.tags.get(34675), bytes):
            self.info["icc_profile"] = profile
        self.info[SAMPLES] = _in_words(_layout(self._directory).dtype)
        self.tag_v2 = self._directory.tags
        self.tile = []

    def load(self) -> Any:
        if self._im is None and self.fp is not None:
            notes: list[Note] = []
            values = _read(self.fp, _layout(self._directory))  # type: ignore[arg-type]
            image = upright(Image.fromarray(_levels(values, notes)), self._orientation)
            self.im = image.im
            self.info[NOTES] = tuple(notes)
        return Image.Image.load(self)


def _in_words(dtype: np.dtype[np.generic]) -> str:
    return f"{dtype.itemsize * 8} bit" + (" floating point" if dtype.kind == "f" else "")


def _levels(values: Numbers, notes: list[Note]) -> Numbers:
    samples = values.shape[2]
    colours = samples - 1 if samples in (2, 4) else samples
    levels = scaled_to_8_bit(values[:, :, :colours], notes)
    if colours < samples:
        largest = 1.0 if values.dtype.kind == "f" else float(np.iinfo(values.dtype).max)
        alpha = np.rint(values[:, :, colours:].astype(np.float64).clip(0, largest) * (255.0 / largest))
        levels = np.concatenate([levels, np.nan_to_num(alpha).astype(np.uint8)], axis=2)
    return levels[:, :, 0] if samples == 1 else levels


def _layout(directory: TiffDirectory) -> _Layout:
    block = directory.block_size()
    kind = _KINDS[directory.number(tags.SAMPLE_FORMAT, 1)]
    item_bytes = directory.number(tags.BITS_PER_SAMPLE, 16) // 8
    return _Layout(
        width=directory.number(tags.WIDTH, 0),
        height=directory.number(tags.LENGTH, 0),
        samples=directory.number(tags.SAMPLES_PER_PIXEL, 1),
        dtype=np.dtype(f"{'<' if directory.little_endian else '>'}{kind}{item_bytes}"),
        planar=directory.number(tags.PLANAR, 1) == 2,
        compressed=directory.number(tags.COMPRESSION, 1) in _ZLIB,
        predictor=directory.number(tags.PREDICTOR, 1),
        block_width=block.width,
        block_height=block.height,
        offsets=directory.block_offsets(),
        lengths=directory.block_lengths(),
    )


def _read(file: BinaryIO, layout: _Layout) -> Numbers:
    """All samples of the page: height x width x samples.

    Raises:
        OSError: a strip or tile is missing or too short.
    """
    columns = math.ceil(layout.width / layout.block_width)
    rows = math.ceil(layout.height / layout.block_height)
    planes = layout.samples if layout.planar else 1
    blocks = planes * rows * columns
    if len(layout.offsets) < blocks or len(layout.lengths) < blocks:
        raise OSError("strips or tiles are missing")
    values = np.zeros((layout.height, layout.width, layout.samples), layout.dtype.newbyteorder("="))
    for index in range(blocks):
        plane, place = divmod(index, rows * columns)
        top, left = (place // columns) * layout.block_height, (place % columns) * layout.block_width
        block = _block(file, layout, index, min(layout.block_height, layout.height - top))
        across = min(layout.block_width, layout.width - left)
        channel = slice(plane, plane + 1) if layout.planar else slice(None)
        values[top : top + block.shape[0], left : left + across, channel] = block[:, :across]
    return values


def _block(file: BinaryIO, layout: _Layout, index: int, rows_needed: int) -> Numbers:
    """One strip or tile, its first rows only where it hangs over the edge."""
    samples = 1 if layout.planar else layout.samples
    row_bytes = layout.block_width * samples * layout.dtype.itemsize
    needed = row_bytes * rows_needed
    file.seek(layout.offsets[index])
    data = file.read(layout.lengths[index] if layout.compressed else needed)
    if layout.compressed:
        data = zlib.decompressobj().decompress(data, needed)
    if len(data) < needed:
        raise OSError("a strip or tile is truncated")
    shape = (rows_needed, layout.block_width, samples)
    if layout.predictor == _FLOAT_DIFFERENCES:
        return _undo_float_differences(data[:needed], layout, shape)
    values = np.frombuffer(data[:needed], layout.dtype).reshape(shape)
    if layout.predictor == _DIFFERENCES:
        return np.cumsum(values, axis=1, dtype=layout.dtype.newbyteorder("="))
    return values


def _undo_float_differences(data: bytes, layout: _Layout, shape: tuple[int, int, int]) -> Numbers:
    """Adobe's predictor 3: bytes of equal weight lie together, most significant first, as differences."""
    rows, width, samples = shape
    item = layout.dtype.itemsize
    steps = np.frombuffer(data, np.uint8).reshape(rows, item * width, samples)
    weights = np.cumsum(steps, axis=1, dtype=np.uint8).reshape(rows, item, width * samples)
    big_endian = np.ascontiguousarray(weights.transpose(0, 2, 1))
    return big_endian.view(layout.dtype.newbyteorder(">")).reshape(shape)
