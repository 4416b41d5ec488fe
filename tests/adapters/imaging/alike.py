"""Whether pictures look alike."""

from __future__ import annotations

import numpy as np
from PIL import Image

from desktop_app.domain.pictures import Raster


def pixels(raster: Raster) -> Image.Image:
    return Image.frombytes("RGB", (raster.size.width, raster.size.height), raster.rgb)


def assert_alike(seen: Image.Image, expected: Image.Image, mean: float, worst: int) -> None:
    assert seen.size == expected.size
    difference = np.abs(np.asarray(seen).astype(int) - np.asarray(expected.convert("RGB")).astype(int))
    assert difference.max() <= worst
    assert difference.mean() <= mean
