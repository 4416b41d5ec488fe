"""Pictures as cameras take them, and as they lie in their files."""

from __future__ import annotations

import numpy as np
from PIL import Image

STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How the pixels of an upright picture lie in a file of each orientation (EXIF 2.32, figure for tag 274)."""


def stored(picture: Image.Image, orientation: int) -> Image.Image:
    turn = STORED_AS[orientation]
    return picture if turn is None else picture.transpose(turn)


def photograph(size: tuple[int, int], seed: int = 1) -> Image.Image:
    """Soft shapes and the noise of a sensor."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 255, (9, 12, 3), dtype=np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )
    noisy = np.asarray(coarse) + random.normal(0, 4, (size[1], size[0], 1))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))
