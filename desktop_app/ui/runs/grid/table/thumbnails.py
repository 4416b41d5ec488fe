"""The grid's thumbnails, no larger than they are drawn; thousands of them cost little."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

from desktop_app.domain.pictures import Raster

MOST = 2_000
"""Thumbnails kept: a hundred screens of them, some 10 MB."""


class GridThumbnails:
    """By item id; drops the least recently drawn when full.

    Attributes:
        side: of the square they are fitted into, in device-independent pixels.
    """

    def __init__(self, side: int) -> None:
        self.side = side
        self._kept: OrderedDict[int, QPixmap | None] = OrderedDict()

    def has(self, item_id: int) -> bool:
        """Whether it is here, or known not to exist."""
        return item_id in self._kept

    def add(self, item_id: int, raster: Raster | None, ratio: float) -> None:
        """Keep a picture scaled for a display scale; None for a picture that has none."""
        self._kept[item_id] = None if raster is None else self._fitted(raster, ratio)
        self._kept.move_to_end(item_id)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def get(self, item_id: int) -> QPixmap | None:
        if item_id in self._kept:
            self._kept.move_to_end(item_id)
        return self._kept.get(item_id)

    def resize(self, side: int) -> None:
        """Fit those that come from now on into another square; the others have to be added again."""
        self.side = side
        self.forget()

    def forget(self) -> None:
        self._kept.clear()

    def _fitted(self, raster: Raster, ratio: float) -> QPixmap:
        size = raster.size
        image = QImage(raster.rgb, size.width, size.height, 3 * size.width, QImage.Format.Format_RGB888)
        side = round(self.side * ratio)
        if max(size.width, size.height) > side:
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(side, side, keep, smooth)
        else:
            image = image.copy()  # the raster's bytes are not kept
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
