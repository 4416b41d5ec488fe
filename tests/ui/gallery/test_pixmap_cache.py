from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import FolderEntry, Raster
from desktop_app.ui.gallery.pixmap_cache import PixmapCache


def _entry(number: int, modified: int = 1) -> FolderEntry:
    return FolderEntry(f"/p/{number}.jpg", f"{number}.jpg", 1, modified)


def _raster(width: int, height: int, grey: int = 100) -> Raster:
    return Raster(Size(width, height), bytes([grey, 0, 0]) * (width * height))


def test_the_least_recently_drawn_goes_first(qtbot: QtBot) -> None:
    cache = PixmapCache(cap_bytes=3 * 4 * 100)
    for number in range(3):
        cache.add(_entry(number), _raster(10, 10))
    cache.fitted(_entry(0), 10, 1.0)
    cache.add(_entry(3), _raster(10, 10))
    assert [cache.has(_entry(number)) for number in range(4)] == [True, False, True, True]
    assert cache.bytes == 3 * 4 * 100


def test_scaled_down_to_fit_but_never_up(qtbot: QtBot) -> None:
    cache = PixmapCache()
    cache.add(_entry(1), _raster(200, 100, grey=77))
    small = cache.fitted(_entry(1), 50, 1.0)
    sharp = cache.fitted(_entry(1), 50, 2.0)
    own = cache.fitted(_entry(1), 400, 1.0)
    assert small is not None
    assert sharp is not None
    assert own is not None
    assert (small.width(), small.height()) == (50, 25)
    assert (sharp.width(), sharp.height(), sharp.devicePixelRatio()) == (100, 50, 2.0)
    assert (own.width(), own.height()) == (200, 100)
    assert own.toImage().pixelColor(150, 50) == QColor(77, 0, 0)


def test_odd_widths_keep_their_rows_straight(qtbot: QtBot) -> None:
    """Rows of a raster are packed; Qt would expect them at multiples of four bytes."""
    cache = PixmapCache()
    columns = bytes([255, 0, 0, 0, 255, 0, 0, 0, 255])
    cache.add(_entry(1), Raster(Size(3, 5), columns * 5))
    pixmap = cache.fitted(_entry(1), 100, 1.0)
    assert pixmap is not None
    image = pixmap.toImage()
    assert [image.pixelColor(x, 4).name() for x in range(3)] == ["#ff0000", "#00ff00", "#0000ff"]


def test_a_changed_file_is_another_entry(qtbot: QtBot) -> None:
    cache = PixmapCache()
    cache.add(_entry(1, modified=1), _raster(4, 4))
    assert not cache.has(_entry(1, modified=2))
