"""Values of more than 8 bits to 8 bits: scaled, never cut off.

Which values are black and white is decided by these rules, in this order:

- 16 bits, unsigned: 0 is black, 65535 is white. When the brightest value is below 4096 the camera stored
  fewer bits in 16; white is then the largest value of 8, 10 or 12 bits that is not below the brightest. Taken
  literally such a picture would be all but black: 15 of 255 at its brightest.
- Fractions within 0 and 1: 0 is black, 1 is white.
- Numbers within 0 and 255 that reach 128: levels of 8 bits kept as fractions or as large integers.
- Large integers within 0 and 65535: as 16 bits.
- All other numbers (signed, 32 bits, measurements): the lowest is black, the highest is white. Values that
  are no finite number count as the lowest.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from desktop_app.domain.picture_notes import NoteCode
from desktop_app.domain.pictures import Note

Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]

_FULL_16 = 65_535
_BRIGHTEST_OF_FEWER_BITS = 4_095
_FEWER_BITS = (8, 10, 12)
_REACHES_8_BIT_LEVELS = 128


def scaled_to_8_bit(values: Numbers, notes: list[Note], bits: int | None = None) -> Numbers:
    """Levels of 8 bits by the rules above; what was done is added to `notes`.

    Args:
        values: any shape and kind of number, native byte order.
        bits: how many of 16 bits are in use, when the file says so.
    """
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        return _from_16_bit(values, notes, bits)
    return _from_numbers(_finite(values), notes)


def _from_16_bit(values: Numbers, notes: list[Note], bits: int | None = None) -> Numbers:
    if bits is None:
        bits = _bits_in_use(int(values.max()))
    notes.append(Note(NoteCode.DEEP_SCALED, (("bits", bits),)))
    largest = (1 << bits) - 1
    # A table is exact and several times faster than arithmetic on every pixel.
    table = (np.arange(_FULL_16 + 1, dtype=np.uint32).clip(max=largest) * 255 + largest // 2) // largest
    return table.astype(np.uint8)[values]


def _from_numbers(values: Numbers, notes: list[Note]) -> Numbers:
    low, high = float(values.min()), float(values.max())
    is_float = values.dtype.kind == "f"
    if low >= 0 and is_float and high <= 1:
        return _stretched(values, 0.0, 1.0)
    if low >= 0 and _REACHES_8_BIT_LEVELS <= high <= 255:
        return np.rint(values).astype(np.uint8)
    if low >= 0 and not is_float and 255 < high <= _FULL_16:
        return _from_16_bit(values.astype(np.uint16), notes)
    notes.append(Note(NoteCode.NUMBERS_SCALED, (("low", f"{low:.6g}"), ("high", f"{high:.6g}"))))
    return _stretched(values, low, high)


def _finite(values: Numbers) -> Numbers:
    if values.dtype.kind != "f":
        return values
    finite = np.isfinite(values)
    if finite.all():
        return values
    known = values[finite]
    return np.where(finite, values, known.min() if known.size else 0)


def _stretched(values: Numbers, black: float, white: float) -> Numbers:
    if black == white:
        return np.zeros(values.shape, np.uint8)
    # Halves keep the span of the largest numbers there are from overflowing.
    span = white / 2 - black / 2
    scaled = (values.astype(np.float64) / 2 - black / 2) / span
    return np.rint(scaled * 255.0).clip(0, 255).astype(np.uint8)


def _bits_in_use(brightest: int) -> int:
    if brightest > _BRIGHTEST_OF_FEWER_BITS or brightest == 0:
        return 16
    return next(bits for bits in _FEWER_BITS if brightest < 1 << bits)
