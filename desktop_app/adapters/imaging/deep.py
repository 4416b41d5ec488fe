"""Grey pictures of more than 8 bits to 8 bits: scaled, never cut off.

Which values are black and white is decided by these rules, in this order:

- 16 bits, unsigned: 0 is black, 65535 is white. When the brightest value is below 4096 the camera stored
  fewer bits in 16; white is then the largest value of 8, 10 or 12 bits that is not below the brightest. Taken
  literally such a picture would be all but black: 15 of 255 at its brightest.
- Fractions within 0 and 1: 0 is black, 1 is white.
- Numbers within 0 and 255 that reach 128: levels of 8 bits kept as fractions or as large integers.
- All other numbers (signed, 32 bits, measurements): the lowest is black, the highest is white. Values that
  are no finite number count as the lowest.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from PIL import Image

from desktop_app.adapters.imaging.formats.tiff import SAMPLE_BITS, WHITE_IS_ZERO
from desktop_app.domain.picture_notes import NoteCode
from desktop_app.domain.pictures import Note

Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]

_FULL_16 = 65_535
_BRIGHTEST_OF_FEWER_BITS = 4_095
_FEWER_BITS = (8, 10, 12)
_REACHES_8_BIT_LEVELS = 128


def to_8_bit(image: Image.Image, notes: list[Note]) -> tuple[Image.Image, Image.Image | None]:
    """A grey picture of 8 bits, and an alpha channel when one of the values is marked as transparent."""
    values: Numbers = np.asarray(image)
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        levels = scale_16_bit(values, notes, image.info.get(SAMPLE_BITS))
        if image.info.get(WHITE_IS_ZERO):
            levels = 255 - levels
    else:
        levels = scale_numbers(values, notes)
    return Image.fromarray(levels), _alpha(values, image.info.get("transparency"))


def scale_16_bit(values: Numbers, notes: list[Note], bits: int | None = None) -> Numbers:
    """Unsigned 16-bit values to 8 bits, rounded; `bits` when the file says how many are in use."""
    if bits is None:
        bits = _bits_in_use(int(values.max()))
    notes.append(Note(NoteCode.DEEP_SCALED, (("bits", bits),)))
    largest = (1 << bits) - 1
    # A table is exact and several times faster than arithmetic on every pixel.
    table = (np.arange(_FULL_16 + 1, dtype=np.uint32).clip(max=largest) * 255 + largest // 2) // largest
    return table.astype(np.uint8)[values]


def scale_numbers(values: Numbers, notes: list[Note]) -> Numbers:
    """Numbers of any range to 8 bits by the rules in the module's description."""
    finite = np.isfinite(values) if values.dtype.kind == "f" else None
    if finite is not None and not finite.all():
        known = values[finite]
        lowest_known = known.min() if known.size else 0
        values = np.where(finite, values, lowest_known)
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind != "f" and low >= 0 and 255 < high <= _FULL_16:
        return scale_16_bit(values.astype(np.uint16), notes)
    if low >= 0 and _REACHES_8_BIT_LEVELS <= high <= 255:
        return np.rint(values).astype(np.uint8)
    if values.dtype.kind == "f" and low >= 0 and high <= 1:
        black, white = 0.0, 1.0
    else:
        black, white = low, high
        notes.append(Note(NoteCode.NUMBERS_SCALED, (("low", f"{low:.6g}"), ("high", f"{high:.6g}"))))
    span = white - black
    if not 0 < span < float("inf"):
        return np.zeros(values.shape, np.uint8)
    scaled = (values.astype(np.float64) - black) * (255.0 / span)
    return np.rint(scaled).clip(0, 255).astype(np.uint8)


def _bits_in_use(brightest: int) -> int:
    if brightest > _BRIGHTEST_OF_FEWER_BITS or brightest == 0:
        return 16
    return next(bits for bits in _FEWER_BITS if brightest < 1 << bits)


def _alpha(values: Numbers, transparent: object) -> Image.Image | None:
    if not isinstance(transparent, int):
        return None
    opaque = values != transparent
    return None if opaque.all() else Image.fromarray(opaque.astype(np.uint8) * 255)
