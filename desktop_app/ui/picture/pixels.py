"""Pixels in the form Qt draws fastest, made in worker threads.

Measured on two cores with a 24-megapixel picture on 1800 x 1200: Qt draws 32-bit pixels in 5 to 8 ms at any
zoom, 24-bit pixels in 6 to 15 ms, and a picture shrunk below half loses fine lines. Hence 32-bit pixels and a
chain of halves. Qt holds Python's lock while it converts, 46 ms for such a picture in one go; so it is
converted in bands with a short wait after each. Without the wait the window's thread stood still for 60 to
110 ms: the lock is taken again before the other thread has woken up.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Raster

_LARGEST_CONVERTED = 64_000_000
"""Pixels above which the largest version stays at 24 bits, without a copy, to save memory."""

_SMALLEST_HALVED = 2_000_000
"""Pixels below which shrinking needs no further version: that much is drawn from the quick one."""

_BAND_PIXELS = 768_000
"""About two milliseconds of work."""

_LET_OTHERS_IN_S = 0.0005


@dataclass(frozen=True, slots=True)
class PicturePixels:
    """Versions of one picture, largest first, each about half as wide as the one before.

    Attributes:
        size: size of the first version.
        levels: what to draw from.
        buffer: memory the first version may lie in; Qt does not keep it alive by itself.
    """

    size: Size
    levels: tuple[QImage, ...]
    buffer: bytes | None = None

    @property
    def held_bytes(self) -> int:
        return sum(level.sizeInBytes() for level in self.levels)

    def level_for(self, width: float) -> QImage:
        """The smallest version at least `width` pixels wide, or the largest there is."""
        enough = [level for level in self.levels if level.width() >= width - 1]
        return enough[-1] if enough else self.levels[0]


def develop(raster: Raster) -> PicturePixels:
    """Make decoded pixels ready for drawing."""
    size = raster.size
    first = QImage(raster.rgb, size.width, size.height, 3 * size.width, QImage.Format.Format_RGB888)
    buffer: bytes | None = raster.rgb
    if size.pixels <= _LARGEST_CONVERTED:
        first, buffer = _converted(first), None
    levels = [first]
    while levels[-1].width() * levels[-1].height() > _SMALLEST_HALVED and min(_sides(levels[-1])) > 1:
        levels.append(_halved(levels[-1]))
    return PicturePixels(size, tuple(levels), buffer)


def combined(first: PicturePixels, second: PicturePixels) -> PicturePixels:
    """All versions of two decodings of the same picture.

    The quick version was shrunk by the decoder to exactly the size on screen and stays the sharpest there.
    """
    larger, smaller = (first, second) if first.size.pixels >= second.size.pixels else (second, first)
    levels = {level.width(): level for level in (*larger.levels, *smaller.levels)}
    ordered = tuple(levels[width] for width in sorted(levels, reverse=True))
    # Only a picture too large to be converted lies in a buffer, and that one is never the smaller.
    return PicturePixels(larger.size, ordered, larger.buffer)


def _sides(image: QImage) -> tuple[int, int]:
    return image.width(), image.height()


def _bands(image: QImage) -> Iterator[tuple[int, QImage]]:
    """Slices of an image without copying, each with an even first row, and a breath after each."""
    breath = threading.Event()
    rows = max(_BAND_PIXELS // max(image.width(), 1), 2) & ~1
    bits, stride = image.constBits(), image.bytesPerLine()
    for top in range(0, image.height(), rows):
        count = min(rows, image.height() - top)
        part = bits[top * stride : (top + count) * stride]
        yield top, QImage(part, image.width(), count, stride, image.format())
        if top + count < image.height():
            breath.wait(_LET_OTHERS_IN_S)


def _converted(image: QImage) -> QImage:
    whole = QImage(image.size(), QImage.Format.Format_RGB32)
    painter = QPainter(whole)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for top, band in _bands(image):
        painter.drawImage(0, top, band)
    painter.end()
    return whole


def _halved(image: QImage) -> QImage:
    half = QImage((image.width() + 1) // 2, (image.height() + 1) // 2, QImage.Format.Format_RGB32)
    painter = QPainter(half)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for top, band in _bands(image):
        smaller = band.scaled(
            half.width(),
            (band.height() + 1) // 2,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(0, top // 2, smaller)
    painter.end()
    return half
