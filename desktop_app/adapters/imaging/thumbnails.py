"""Thumbnails for the gallery, from a cache on disk when it has them.

They are kept as JPEG of good quality: a tenth of the bytes of a PNG, and read in under a millisecond.
"""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import Protocol

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from desktop_app.adapters.imaging.thumbnail_store import ThumbnailStore
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import FolderEntry, Raster

_QUALITY = 85


class SmallPictures(Protocol):
    """Where thumbnails come from when the cache has none."""

    def small(self, path: Path, edge: int) -> Image.Image: ...


class ThumbnailCache:
    """Thumbnails keyed by path, time of change, size of the file and edge; usable from several threads."""

    def __init__(self, files: SmallPictures, folder: Path, cap_bytes: int) -> None:
        """`folder`: kept below `cap_bytes` bytes; may be shared with other processes."""
        self._files = files
        self._store = ThumbnailStore(folder, cap_bytes)

    def thumbnail(self, entry: FolderEntry, edge: int) -> Raster:
        """At most `edge` x `edge` pixels, upright, aspect ratio kept, never enlarged.

        Raises:
            AppError: one of the PICTURE_... codes.
        """
        key = _key(entry, edge)
        kept = self._store.get(key)
        if kept is not None:
            return _raster(JpegImageFile(io.BytesIO(kept)))
        image = self._files.small(Path(entry.path), edge)
        self._store.put(key, _jpeg(image))
        return _raster(image)

    def limit_to(self, cap_bytes: int) -> None:
        """Keep the folder below another limit from now on."""
        self._store.limit_to(cap_bytes)

    def clear(self) -> None:
        """Empty the cache on disk; thumbnails are made again when they are needed."""
        self._store.clear()


def _key(entry: FolderEntry, edge: int) -> str:
    text = f"{entry.modified_ns}|{entry.size_bytes}|{edge}|{entry.path}"
    # Names may hold bytes that are no text on Linux, and halves of characters on Windows.
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:40]


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return buffer.getvalue()


def _raster(image: Image.Image) -> Raster:
    return Raster(Size(*image.size), image.tobytes())
