"""The picture on the screen: loaded as far as it is looked at, its neighbours made ready."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Generic

from desktop_app.domain.errors import AppError
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Picture
from desktop_app.services.viewer import ViewedPicture, ViewerPictures
from desktop_app.ui.picture.protocols import Pixels, View

IDLE_S = 0.8
"""A picture looked at for so long is loaded in full unasked."""

_IDLE_PIXELS = 32_000_000
"""Larger pictures are decoded in full only when someone zooms in: it costs their weight in memory."""
_NEIGHBOURS = 3


class ScreenPicture(Generic[Pixels]):
    """One picture at a time; the newest choice wins, whatever comes late is not shown."""

    def __init__(
        self,
        view: View[Pixels],
        pictures: ViewerPictures[Pixels],
        start: Callable[[Coroutine[Any, Any, Any]], object],
        idle_s: float,
        *,
        on_shown: Callable[[], None],
        on_failed: Callable[[Picture, AppError], None],
        on_rest: Callable[[], Awaitable[None]],
    ) -> None:
        """
        Args:
            start: runs work that may outlive `show` (neighbours, full resolution).
            idle_s: seconds a picture is looked at before its full resolution is loaded unasked.
            on_shown: another picture is on screen, or the same one from a file that has changed.
            on_failed: the chosen picture cannot be shown.
            on_rest: what else is wanted of a picture that is on screen, before its neighbours are.
        """
        self._view = view
        self._pictures = pictures
        self._start = start
        self._idle_s = idle_s
        self._on_shown = on_shown
        self._on_failed = on_failed
        self._on_rest = on_rest
        self._choice = 0
        self._detail_choice = 0
        self._chosen: Picture | None = None
        self._shown: ViewedPicture[Pixels] | None = None
        self._ahead = asyncio.Lock()
        """Held while a neighbour is loaded: large ones of pictures passed by must not take every thread."""

    @property
    def chosen(self) -> Picture | None:
        """The chosen picture, whether it could be shown or not."""
        return self._chosen

    @property
    def shown(self) -> ViewedPicture[Pixels] | None:
        """What is on screen of it; None until then."""
        return self._shown

    @property
    def choice(self) -> int:
        """Which one the present choice is; whatever was begun for another comes too late."""
        return self._choice

    async def show(self, picture: Picture | None, neighbours: Sequence[Picture] = ()) -> None:
        """Show a picture and make its neighbours ready; returns when it is on screen or could not be.

        Showing the same picture again reads the file again if it has changed and keeps zoom and place.

        Args:
            picture: None empties the area.
            neighbours: likely next pictures, the likeliest first; the first three are prepared.
        """
        self._choice += 1
        choice = self._choice
        again = picture is not None and picture == self._chosen
        self._chosen = picture
        if picture is None:
            self._shown = None
            self._view.show_empty()
            return
        if not again:
            self._shown = None
            self._view.show_loading(picture.name)
            self._view.show_facts(None)
            self._view.hide_plan()
        within = self._view.screen_size()
        kept = self._pictures.peek(picture, within)
        if kept is not None:
            self._put(kept)
        if await self._load(picture, within, choice):
            self._start(self._follow_up(choice, neighbours, within))

    async def load_detail(self) -> None:
        """Load the pixels the present zoom asks for, unless they are on their way."""
        shown, choice = self._shown, self._choice
        if shown is None or self._detail_choice == choice:
            return
        self._detail_choice = choice
        try:
            wanted = self._view.wanted_size()
            # Little is saved below the full size, and the next turn of the wheel would ask again.
            within = wanted if wanted.pixels * 3 < shown.original_size.pixels else None
            await self._load(shown.picture, within, choice)
        finally:
            if self._detail_choice == choice:
                self._detail_choice = 0

    async def _load(self, picture: Picture, within: Size | None, choice: int) -> bool:
        """Load and show unless another picture has been chosen since; whether it was shown."""
        try:
            viewed = await self._pictures.load(picture, within, lambda: self._choice == choice)
        except AppError as error:
            if self._choice == choice:
                self._shown = None
                self._view.hide_plan()
                self._view.show_error(error)
                self._on_failed(picture, error)
            return False
        if viewed is None or self._choice != choice:
            return False
        self._put(viewed)
        return True

    def _put(self, viewed: ViewedPicture[Pixels]) -> None:
        shown = self._shown
        if shown is not None and shown.modified_ns == viewed.modified_ns:
            if viewed.pixels.size.pixels > shown.pixels.size.pixels:
                self._shown = viewed
                self._view.add_pixels(viewed.pixels)
            return
        self._shown = viewed
        self._view.show_picture(
            viewed.picture.name,
            viewed.pixels,
            viewed.original_size,
            viewed.notes,
            keep_view=shown is not None,
        )
        self._on_shown()

    async def _follow_up(self, choice: int, neighbours: Sequence[Picture], within: Size) -> None:
        if self._choice == choice:
            await self._on_rest()
        for neighbour in neighbours[:_NEIGHBOURS]:
            async with self._ahead:
                if self._choice != choice:
                    return
                # A bad file is told when it is shown; nobody has asked for it yet.
                with suppress(AppError):
                    await self._pictures.load(neighbour, within, lambda: self._choice == choice)
        await asyncio.sleep(self._idle_s)
        shown = self._shown
        if self._choice == choice and shown is not None and shown.original_size.pixels <= _IDLE_PIXELS:
            await self._load(shown.picture, None, choice)
