"""Grey pictures of more than 8 bits, as Pillow decodes them, to 8 bits."""

from __future__ import annotations

import numpy as np
from PIL import Image

from desktop_app.adapters.imaging.formats.tiff import SAMPLE_BITS, WHITE_IS_ZERO
from desktop_app.adapters.imaging.scaling import Numbers, scaled_to_8_bit
from desktop_app.domain.pictures import Note


def to_8_bit(image: Image.Image, notes: list[Note]) -> tuple[Image.Image, Image.Image | None]:
    """A grey picture of 8 bits, and an alpha channel when one of the values is marked as transparent."""
    values: Numbers = np.asarray(image)
    if not values.dtype.isnative:
        values = values.astype(values.dtype.newbyteorder("="))
    levels = scaled_to_8_bit(values, notes, image.info.get(SAMPLE_BITS))
    if image.info.get(WHITE_IS_ZERO):
        levels = 255 - levels
    return Image.fromarray(levels), _alpha(values, image.info.get("transparency"))


def _alpha(values: Numbers, transparent: object) -> Image.Image | None:
    if not isinstance(transparent, int):
        return None
    opaque = values != transparent
    return None if opaque.all() else Image.fromarray(opaque.astype(np.uint8) * 255)
