"""Whole items and thumbnails for the rows on screen: the ones looked at first, nothing that scrolled away."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.item import RunItem

MOST_ITEMS = 2_000
AT_ONCE = 4
"""Thumbnails that are made at the same time."""


class Items(Protocol):
    """The part of `RunAnswers` that is needed."""

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]: ...


class RowDetails:
    """Lives on one event loop."""

    def __init__(
        self,
        answers: Items,
        start: Callable[[Coroutine[Any, Any, Any]], object],
        thumbnail: Callable[[Path], Awaitable[Raster]],
        on_item: Callable[[RunItem], object],
        on_thumbnail: Callable[[int, Raster | None], object],
    ) -> None:
        """
        Args:
            on_item: told every item that was read.
            on_thumbnail: told every thumbnail by item id; None where there can be none.
        """
        self._answers = answers
        self._start = start
        self._thumbnail = thumbnail
        self._on_item = on_item
        self._on_thumbnail = on_thumbnail
        self._run_id = 0
        self._items: OrderedDict[int, RunItem] = OrderedDict()
        self._waiting: deque[int] = deque()
        self._loading: set[int] = set()

    def begin(self, run_id: int) -> None:
        """Another run is shown."""
        self._run_id = run_id
        self._items.clear()
        self._waiting.clear()

    def forget(self, item_ids: Sequence[int]) -> None:
        """These have changed; their pictures have not."""
        for item_id in item_ids:
            self._items.pop(item_id, None)

    def keep(self, item: RunItem) -> None:
        self._items[item.id] = item
        self._items.move_to_end(item.id)
        while len(self._items) > MOST_ITEMS:
            self._items.popitem(last=False)
        self._on_item(item)

    async def item(self, item_id: int) -> RunItem | None:
        """One item; None when it is gone."""
        if item_id not in self._items:
            await self._read([item_id])
        return self._items.get(item_id)

    async def want(self, item_ids: Sequence[int], lacking: Callable[[int], bool]) -> None:
        """These are on screen or near it, the first ones first; `lacking`: whether a thumbnail is missing."""
        unknown = [item_id for item_id in item_ids if item_id not in self._items]
        self._waiting = deque(item_id for item_id in item_ids if lacking(item_id))
        if unknown:
            await self._read(unknown)
        self._start_some()

    async def _read(self, item_ids: Sequence[int]) -> None:
        run_id = self._run_id
        items = await self._answers.items(run_id, item_ids)
        if run_id == self._run_id:
            for item in items:
                self.keep(item)

    def _start_some(self) -> None:
        while self._waiting and len(self._loading) < AT_ONCE:
            item_id = self._waiting.popleft()
            item = self._items.get(item_id)
            if item is not None and item_id not in self._loading:
                self._loading.add(item_id)
                self._start(self._load(item))

    async def _load(self, item: RunItem) -> None:
        try:
            self._on_thumbnail(item.id, await self._thumbnail(Path(item.path)))
        except AppError:
            self._on_thumbnail(item.id, None)  # the row says why the picture failed, if it did
        finally:
            self._loading.discard(item.id)
            self._start_some()
