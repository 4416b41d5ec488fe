"""Thumbnails ready to be drawn, as many as a fixed amount of memory holds."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

from desktop_app.domain.pictures import FolderEntry, Raster

CAP_BYTES = 96 * 1024 * 1024
"""Some 400 thumbnails of 256 pixels: several screens of them."""


@dataclass(slots=True)
class _Kept:
    source: QPixmap
    fitted: QPixmap | None = None
    side: int = 0
    ratio: float = 0.0


class PixmapCache:
    """Drops the least recently drawn when full. Keyed by entry: a file changed on disk is another entry."""

    def __init__(self, cap_bytes: int = CAP_BYTES) -> None:
        self._cap_bytes = cap_bytes
        self._bytes = 0
        self._kept: OrderedDict[FolderEntry, _Kept] = OrderedDict()

    @property
    def bytes(self) -> int:
        """Memory of the source pixmaps; the fitted ones are smaller."""
        return self._bytes

    def has(self, entry: FolderEntry) -> bool:
        return entry in self._kept

    def add(self, entry: FolderEntry, raster: Raster) -> None:
        """Make a pixmap of the raster (on the GUI thread, as Qt demands)."""
        size = raster.size
        image = QImage(raster.rgb, size.width, size.height, 3 * size.width, QImage.Format.Format_RGB888)
        self._drop(entry)
        self._kept[entry] = _Kept(QPixmap.fromImage(image))
        self._bytes += 4 * size.pixels
        while self._bytes > self._cap_bytes and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def fitted(self, entry: FolderEntry, side: int, ratio: float) -> QPixmap | None:
        """The thumbnail scaled down to fit a square of `side` device-independent pixels at a display scale.

        Never scaled up: a small picture shows its own pixels. None when it is not here.
        """
        kept = self._kept.get(entry)
        if kept is None:
            return None
        self._kept.move_to_end(entry)
        if kept.fitted is None or (kept.side, kept.ratio) != (side, ratio):
            kept.fitted, kept.side, kept.ratio = _fit(kept.source, side, ratio), side, ratio
        return kept.fitted

    def clear(self) -> None:
        self._kept.clear()
        self._bytes = 0

    def _drop(self, entry: FolderEntry) -> None:
        kept = self._kept.pop(entry, None)
        if kept is not None:
            self._bytes -= 4 * kept.source.width() * kept.source.height()


def _fit(source: QPixmap, side: int, ratio: float) -> QPixmap:
    wanted = round(side * ratio)
    pixmap = QPixmap(source)
    if max(source.width(), source.height()) > wanted:
        pixmap = source.scaled(
            wanted,
            wanted,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
