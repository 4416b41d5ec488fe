"""Prints how fast folders of 10,000 and 100,000 pictures open, against a plain walk with `os.scandir`.

Run it from the repository: `python tests/bench/gallery.py [COUNT ...]`. Makes the files (hard links to a few
tiny JPEGs) in a temporary folder and removes them again. Goals: complete list within 1.5 times the walk that
also asks for size and time, no stall of the window over 50 ms.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import qasync
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.adapters.folders.disk_folders import DiskFolders
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.imaging.thumbnails import ThumbnailCache
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry, Raster
from desktop_app.domain.settings import SortOrder
from desktop_app.services.gallery import Gallery, ListingState
from desktop_app.services.gallery_order import filter_entries, order_entries
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.settings import SettingsService
from desktop_app.services.thumbnails import ThumbnailLoader
from desktop_app.ui.gallery.presenter import GalleryPresenter
from desktop_app.ui.gallery.view import GalleryView
from desktop_app.ui.gallery.wiring import join_gallery
from desktop_app.ui.garbage import GuiThreadGarbage
from desktop_app.ui.tasks import Tasks
from desktop_app.ui.theme.theme import Theme
from tests.fakes.memory_settings import MemorySettings

BEAT_MS = 4
LINKS_PER_FILE = 30_000
ROUNDS = 5


def make_folder(folder: Path, count: int) -> None:
    """`count` names for a few tiny JPEGs; file systems limit the links to one file."""
    source = folder
    for number in range(count):
        path = folder / f"IMG_{number}.jpg"
        if number % LINKS_PER_FILE == 0:
            source = path
            Image.effect_noise((64, 48), 60).convert("RGB").save(path, quality=80)
        else:
            os.link(source, path)


def rss_mb() -> float:
    """Resident memory of this process in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def walk(folder: Path) -> list[str]:
    with os.scandir(folder) as listing:
        return [entry.path for entry in listing if entry.is_file()]


def walk_with_stat(folder: Path) -> list[tuple[str, int, int]]:
    found = []
    with os.scandir(folder) as listing:
        for entry in listing:
            if entry.is_file():
                status = entry.stat()
                found.append((entry.path, status.st_size, status.st_mtime_ns))
    return found


def scan(folder: Path, suffixes: frozenset[str]) -> list[FolderEntry]:
    return [entry for chunk in DiskFolders().scan(folder, False, suffixes) for entry in chunk]


def compare_lists(folder: Path, suffixes: frozenset[str]) -> float:
    """The listing alone, interleaved with the walks, the best of each.

    Returns the seconds of the walk that asks for sizes and times.
    """
    times: dict[str, list[float]] = {"names": [], "stat": [], "list": [], "ordered": []}
    for _ in range(ROUNDS):
        times["names"].append(timed(lambda: walk(folder)))
        times["stat"].append(timed(lambda: walk_with_stat(folder)))
        times["list"].append(timed(lambda: scan(folder, suffixes)))
        times["ordered"].append(
            timed(lambda: filter_entries(order_entries(scan(folder, suffixes), SortOrder.NAME), ""))
        )
    best = {name: min(values) for name, values in times.items()}
    print(f"  walk, names only           {best['names'] * 1000:8.0f} ms")
    print(f"  walk, sizes and times      {best['stat'] * 1000:8.0f} ms")
    print(
        f"  our list                   {best['list'] * 1000:8.0f} ms   "
        f"{best['list'] / best['stat']:.2f} x"
        f" (names only: {best['list'] / best['names']:.2f} x)"
    )
    print(
        f"  our list in natural order  {best['ordered'] * 1000:8.0f} ms   "
        f"{best['ordered'] / best['stat']:.2f} x"
    )
    return best["stat"]


class Heartbeat:
    """Longest time and 99th percentile between two beats of a timer on the GUI thread.

    On a busy machine part of it is other programs' time; the thread's own share is told as well.
    """

    def __init__(self) -> None:
        self._gaps: list[float] = []
        self._own: list[float] = []
        self._last = self._last_own = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._gaps, self._own = [], []
        self._last, self._last_own = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> str:
        self._beat()
        self._timer.stop()
        gaps = sorted(self._gaps)
        p99 = gaps[int(len(gaps) * 0.99)]
        return (
            f"longest stall {gaps[-1] * 1000:3.0f} ms (own work {max(self._own) * 1000:3.0f}), "
            f"p99 {p99 * 1000:3.0f} ms"
        )

    def _beat(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self._gaps.append(now - self._last)
        self._own.append(own - self._last_own)
        self._last, self._last_own = now, own


class Desk:
    """The real gallery, from files to pixels, without the rest of the window."""

    def __init__(self, application: QApplication, cache: Path) -> None:
        self.files = PillowPictureFiles(max_megapixels=400)
        self.workers = PictureWorkers(threads=2)
        self.tasks = Tasks(lambda problem: sys.exit(f"{problem!r}"))
        self.gallery = Gallery(DiskFolders(), self.files.suffixes)
        self.view = GalleryView(Theme(application))
        self.first_shown = 0.0
        loader = ThumbnailLoader(ThumbnailCache(self.files, cache, 2**29), self.workers, self.tasks.start)
        self.presenter = GalleryPresenter(
            view=self,
            gallery=self.gallery,
            thumbnails=loader,
            settings=SettingsService(MemorySettings()),
            answered=self._no_answers,
            on_selection=lambda _selection: None,
            on_activated=lambda _picture: None,
            on_folder=lambda _folder: None,
        )
        join_gallery(self.view, self.presenter, self.tasks.start)

    def __getattr__(self, name: str) -> Any:
        """The view, with the first thumbnail timed."""
        return getattr(self.view, name)

    def show_thumbnail(self, entry: FolderEntry, raster: Raster) -> None:
        self.view.show_thumbnail(entry, raster)
        if not self.first_shown:
            self.view.repaint()
            self.first_shown = time.perf_counter()

    def show_failure(self, entry: FolderEntry, error: AppError) -> None:
        sys.exit(f"{entry.name}: {error}")

    async def close(self) -> None:
        await self.gallery.close()
        await self.tasks.close()
        self.workers.close()
        self.view.close()

    async def _no_answers(self, _paths: object) -> dict[str, Any]:
        return {}


async def until(condition: Callable[[], bool]) -> None:
    """Look now and then; the things waited for have no event of their own."""
    while not condition():
        await asyncio.sleep(0.005)


async def measure(application: QApplication, folder: Path, cache: Path, plain_s: float) -> None:
    desk, beat = Desk(application, cache), Heartbeat()
    desk.view.resize(600, 900)
    desk.view.show()
    await asyncio.sleep(0.3)
    gc.collect()
    before = rss_mb()
    beat.start()
    start = time.perf_counter()
    desk.tasks.start(desk.presenter.open_folder(folder))
    await until(
        lambda: desk.gallery.listing is not None and desk.gallery.listing.state is ListingState.COMPLETE
    )
    complete = time.perf_counter() - start
    await until(lambda: desk.first_shown > 0)
    print(f"  window: first thumbnail    {(desk.first_shown - start) * 1000:8.0f} ms")
    print(f"  window: complete list      {complete * 1000:8.0f} ms   {complete / plain_s:.2f} x")
    await asyncio.sleep(2.0)
    print(f"  {'opening:':<18} {beat.stop()}")
    gc.collect()
    print(f"  memory {rss_mb():.0f} MB, {rss_mb() - before:.0f} MB more than before opening")
    grid = desk.view._grid
    for name, act in actions(desk, grid).items():
        beat.start()
        begin = time.perf_counter()
        await act()
        took = time.perf_counter() - begin
        await asyncio.sleep(0.6)
        print(f"  {name + ':':<18} {beat.stop()}, done in {took * 1000:.0f} ms")
    await desk.close()


def actions(desk: Desk, grid: Any) -> dict[str, Callable[[], Coroutine[Any, Any, None]]]:
    """What a person does in a long list."""
    bar = grid.verticalScrollBar()

    async def listed(change: Callable[[], None]) -> None:
        before = desk.gallery.listing
        change()
        await until(lambda: desk.gallery.listing is not before)

    async def scroll() -> None:
        for _ in range(60):
            bar.setValue(bar.value() + 137)
            await asyncio.sleep(0.016)

    async def select_all() -> None:
        grid.setFocus()
        QTest.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        await asyncio.sleep(0)

    async def resize() -> None:
        for width in range(600, 300, -10):
            desk.view.resize(width, 900)
            await asyncio.sleep(0.016)

    async def end_and_home() -> None:
        for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
            QTest.keyClick(grid, key)
            await asyncio.sleep(0.05)

    return {
        "scroll": scroll,
        "End, Home": end_and_home,
        "filter": lambda: listed(lambda: desk.presenter.set_filter("99")),
        "all again": lambda: listed(lambda: desk.presenter.set_filter("")),
        "newest": lambda: listed(lambda: desk.presenter.set_order(SortOrder.NEWEST)),
        "resize": resize,
        "Ctrl+A": select_all,
        "all, then filter": lambda: listed(lambda: desk.presenter.set_filter("98")),
        "all, then by name": lambda: listed(lambda: desk.presenter.set_order(SortOrder.NAME)),
    }


def main(counts: list[int]) -> None:
    application = QApplication(sys.argv[:1])
    for count in counts:
        with tempfile.TemporaryDirectory() as made:
            folder, cache = Path(made) / "pictures", Path(made) / "cache"
            folder.mkdir()
            make_folder(folder, count)
            print(f"{count:,} files; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            plain_s = compare_lists(folder, PillowPictureFiles(max_megapixels=400).suffixes)
            garbage = GuiThreadGarbage()  # as the program does it
            with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
                runner.run(measure(application, folder, cache, plain_s))
            garbage.release()


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10_000, 100_000])
