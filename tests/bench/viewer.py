"""Figures of the picture viewer: `python tests/bench/viewer.py`.

Prints how long it takes to show a 24-megapixel JPEG (quick, kept, full), how long painting takes at several
zooms, and the longest time the window's thread stood still while the full resolution was made ready.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Picture
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.viewer import ViewedPicture, ViewerPictures
from desktop_app.ui.picture.canvas import Canvas
from desktop_app.ui.picture.pixels import PicturePixels, develop
from desktop_app.ui.theme.theme import Theme

AREA = Size(1800, 1200)


def photograph(path: Path) -> Picture:
    """24 megapixels with noise, so that the decoder has work to do."""
    rough = Image.effect_noise((1500, 1000), 60).convert("RGB").resize((6000, 4000), Image.Resampling.BICUBIC)
    rough.save(path, quality=90)
    return Picture(path)


async def watched(work: Coroutine[object, object, object]) -> tuple[float, float]:
    """Seconds `work` takes and the longest this thread was held up meanwhile; the thread ticks each ms."""
    longest, begun = 0.0, time.perf_counter()
    task = asyncio.ensure_future(work)
    last = begun
    while not task.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last - 0.001), now
    await task
    return time.perf_counter() - begun, longest


def painting(canvas: Canvas, zoom: float) -> tuple[float, float]:
    """Median and longest milliseconds of processor time, all threads, of a frame while panning."""
    canvas.fit()
    canvas.set_view(canvas.viewport.zoomed(zoom) if zoom else canvas.viewport.fitted())
    image = QImage(AREA.width, AREA.height, QImage.Format.Format_RGB32)
    times = []
    for step in range(30):
        canvas.pan_by(3.3 if step % 2 else -1.7, 2.1)
        begun = time.process_time()
        canvas.render(image, QPoint(0, 0))
        times.append(1000 * (time.process_time() - begun))
    return statistics.median(times), max(times)


async def measure(canvas: Canvas, viewer: ViewerPictures[PicturePixels], picture: Picture) -> None:
    quick_s, quick_stall = await watched(viewer.load(picture, AREA))
    kept_s, _ = await watched(viewer.load(picture, AREA))
    full_s, full_stall = await watched(viewer.load(picture))
    print(f"quick version, {AREA.width} px wide: {1000 * quick_s:7.1f} ms, stall {1000 * quick_stall:.1f} ms")
    print(f"the same, kept in memory:  {1000 * kept_s:7.1f} ms")
    print(f"full resolution, 24 MP:    {1000 * full_s:7.1f} ms, stall {1000 * full_stall:.1f} ms")
    quick, full = viewer.peek(picture, AREA), viewer.peek(picture)
    assert isinstance(quick, ViewedPicture)
    assert isinstance(full, ViewedPicture)
    for name, held in (("quick", quick.pixels.held_bytes), ("full", full.pixels.held_bytes)):
        print(f"memory of the {name} version: {held / 2**20:.0f} MB")
    canvas.set_picture(quick.pixels, quick.original_size)
    canvas.add_pixels(full.pixels)
    for zoom in (0.0, 0.31, 0.45, 0.6, 1.0, 1.7, 4.0, 20.0):
        median, longest = painting(canvas, zoom)
        print(
            f"painting at {f'{zoom:.0%}' if zoom else 'fit':>6}: {median:5.1f} ms, longest {longest:5.1f} ms"
        )


def main() -> None:
    application = QApplication([])
    canvas = Canvas(Theme(application))
    canvas.resize(AREA.width, AREA.height)
    workers = PictureWorkers()
    viewer = ViewerPictures(PillowPictureFiles(400), workers, develop)
    with tempfile.TemporaryDirectory() as folder:
        picture = photograph(Path(folder) / "24mp.jpg")
        asyncio.run(measure(canvas, viewer, picture))
    workers.close()


if __name__ == "__main__":
    main()
