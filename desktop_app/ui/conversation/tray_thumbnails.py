"""Small pixels for the pictures in the tray."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.ui.conversation.protocols import Pictures


class TrayThumbnails:
    """Each is shown as soon as it is there."""

    def __init__(
        self,
        load: Callable[[Picture], Awaitable[Raster]] | None,
        start: Callable[[Coroutine[Any, Any, Any]], object],
        show: Callable[[Path, Raster], None],
    ) -> None:
        """`load`: None where nothing makes them."""
        self._load = load
        self._start = start
        self._show = show

    def bring(self, pictures: Pictures) -> None:
        """Begin to load those of these pictures."""
        if self._load is not None:
            for picture in pictures:
                self._start(self._bring(picture, self._load))

    async def _bring(self, picture: Picture, load: Callable[[Picture], Awaitable[Raster]]) -> None:
        try:
            raster = await load(picture)
        except AppError:
            return  # the gallery and the viewer tell what is wrong with the file
        self._show(picture.path, raster)
