"""Pictures made ready for a vision model, kept for follow-up questions.

The same file with the same plan gives the very same bytes again, so a server that holds them needs no second
upload.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.questions import AskedPicture
from desktop_app.domain.vision_tokens import VisionFamily
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import PictureFiles

_Key: TypeAlias = tuple[Path, int, int, VisionFamily, int, Box | None]


class PreparedPictures:
    """Prepares pictures in worker threads and keeps the latest ones, up to a number of bytes."""

    def __init__(self, files: PictureFiles, workers: PictureWorkers, keep_bytes: int = 64 * 1024**2) -> None:
        self._files = files
        self._workers = workers
        self._keep_bytes = keep_bytes
        self._kept: OrderedDict[_Key, PreparedPicture] = OrderedDict()
        self._kept_bytes = 0
        self._lock = threading.Lock()

    @property
    def kept_bytes(self) -> int:
        """Size of what is kept, at most `keep_bytes`."""
        return self._kept_bytes

    async def prepare(
        self, pictures: Sequence[AskedPicture], family: VisionFamily, budget_tokens: int
    ) -> list[PreparedPicture]:
        """All pictures, several at a time, in the given order.

        Raises:
            AppError: that of the first picture, in order, that cannot be used.
        """
        return await self._workers.run_all(
            [(partial(self._prepare, asked, family, budget_tokens), asked.picture.name) for asked in pictures]
        )

    def _prepare(self, asked: AskedPicture, family: VisionFamily, budget_tokens: int) -> PreparedPicture:
        path = asked.picture.path
        key = _key(path, family, budget_tokens, asked.region)
        if key is not None and (kept := self._recall(key)) is not None:
            return kept
        prepared = self._files.prepare(path, family, budget_tokens, asked.region)
        if key is not None:
            self._keep(key, prepared)
        return prepared

    def _recall(self, key: _Key) -> PreparedPicture | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: _Key, prepared: PreparedPicture) -> None:
        with self._lock:
            replaced = self._kept.pop(key, None)
            self._kept_bytes += _cost(prepared) - (_cost(replaced) if replaced else 0)
            self._kept[key] = prepared
            while self._kept_bytes > self._keep_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._kept_bytes -= _cost(dropped)


def _key(path: Path, family: VisionFamily, budget_tokens: int, region: Box | None) -> _Key | None:
    """None when the file cannot be looked at; preparing it then raises the proper error."""
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size, family, budget_tokens, region


def _cost(prepared: PreparedPicture) -> int:
    return len(prepared.encoded.data)
