"""Thumbnails per second on one core, against the limit set by libjpeg-turbo's scaled decoding (simplejpeg).

    python tests/bench/thumbnails.py [--pictures N] [--rounds N]

Prints figures; nothing is asserted. Each round measures every way on the same pictures, one after the other,
in processor time of this thread, so that other programs disturb the ratio little.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.imaging.thumbnails import ThumbnailCache
from desktop_app.domain.pictures import FolderEntry
from tests.adapters.imaging.making import exif_with_preview

EDGE = 256
WIDTH, HEIGHT = 4000, 3000


def photograph(seed: int) -> Image.Image:
    """12 megapixels with soft shapes, edges and the noise of a sensor; about 3 MB as JPEG."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 255, (75, 100, 3), dtype=np.uint8))
    soft = np.asarray(coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), np.int16)
    noise = random.normal(0, 5, (HEIGHT, WIDTH, 1)).astype(np.int16)
    return Image.fromarray((soft + noise).clip(0, 255).astype(np.uint8))


def write_pictures(folder: Path, count: int) -> tuple[list[Path], list[Path]]:
    """The same pictures without and with a preview of 512 x 384 in their metadata."""
    plain, previewed = [], []
    for number in range(count):
        picture = photograph(number)
        plain.append(folder / f"plain-{number}.jpg")
        previewed.append(folder / f"previewed-{number}.jpg")
        picture.save(plain[-1], quality=88)
        preview = io.BytesIO()
        picture.resize((512, 384)).save(preview, "JPEG", quality=80)
        picture.save(previewed[-1], quality=88, exif=exif_with_preview(preview.getvalue()))
    return plain, previewed


def limit(path: Path) -> object:
    """Decode at the smallest scale that still covers the thumbnail, and nothing else."""
    import simplejpeg

    return simplejpeg.decode_jpeg(path.read_bytes(), min_height=EDGE, min_width=EDGE, min_factor=1)


def entry_of(path: Path) -> FolderEntry:
    status = path.stat()
    return FolderEntry(str(path), path.name, status.st_size, status.st_mtime_ns)


def seconds(way: Callable[[Path], object], paths: list[Path]) -> float:
    started = time.thread_time()
    for path in paths:
        way(path)
    return time.thread_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    files = PillowPictureFiles(max_megapixels=400)
    with tempfile.TemporaryDirectory() as folder:
        plain, previewed = write_pictures(Path(folder), chosen.pictures)
        cache = ThumbnailCache(files, Path(folder) / "cache", 1 << 30)
        ways: dict[str, tuple[Callable[[Path], object], list[Path]]] = {
            "simplejpeg, scaled decoding alone (the limit)": (limit, plain),
            "Lightdesk, no cache": (lambda path: files.small(path, EDGE).tobytes(), plain),
            "Lightdesk, preview in the file": (lambda path: files.small(path, EDGE).tobytes(), previewed),
            "Lightdesk, from its cache": (lambda path: cache.thumbnail(entry_of(path), EDGE), plain),
        }
        for way, paths in ways.values():
            seconds(way, paths[:2])
        for path in plain:
            cache.thumbnail(entry_of(path), EDGE)
        rounds = [
            {name: seconds(way, paths) for name, (way, paths) in ways.items()} for _ in range(chosen.rounds)
        ]
    report(rounds, chosen.pictures)


def report(rounds: list[dict[str, float]], pictures: int) -> None:
    first = next(iter(rounds[0]))
    print(f"{pictures} JPEGs of {WIDTH} x {HEIGHT}, edge {EDGE}, one core, median of {len(rounds)} rounds")
    for name in rounds[0]:
        speed = statistics.median(pictures / one[name] for one in rounds)
        ratio = statistics.median(one[first] / one[name] for one in rounds)
        print(f"{name:48} {speed:8.1f} /s   {ratio:6.2f} x the limit")


if __name__ == "__main__":
    main()
