"""What a person changes in the answer grid, a cell or thousands in one step; taken back and done again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.rows import RowFact
from desktop_app.ui.runs.grid.edit_history import ByHand, Change, EditHistory
from desktop_app.ui.runs.grid.view_data import GridNote, NoteKind

AT_ONCE = 500
"""Changed items that are taken over before the window has its turn."""

_NOTE = RowFact.NOTE.value


class EditedRuns(Protocol):
    """The part of `Runs` that is needed."""

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]: ...

    async def edit(self, edited: Mapping[int, Mapping[str, CellValue]]) -> None: ...

    async def annotate(self, item: RunItem, note: str) -> RunItem: ...


class GridEditing:
    """Lives on the event loop; one change at a time, so that none is made of values that are gone."""

    def __init__(
        self,
        runs: EditedRuns,
        on_changed: Callable[[Sequence[RunItem]], object],
        on_note: Callable[[GridNote | None, bool], object],
    ) -> None:
        """
        Args:
            on_changed: told items as they are after a change, some at a time.
            on_note: told what was done, and whether it can be taken back.
        """
        self._runs = runs
        self._on_changed = on_changed
        self._on_note = on_note
        self._history = EditHistory()
        self._changing = asyncio.Lock()
        self._run_id: int | None = None

    def begin(self, run_id: int | None) -> None:
        """Another run is shown; what was changed in the one before stays as it is."""
        self._run_id = run_id
        self._history.forget()
        self._on_note(None, False)

    async def set_values(self, item_ids: Sequence[int], key: str, value: CellValue) -> None:
        """A person gave a value for these; the answer's own value given again is no change by hand."""
        async with self._changing:
            items = [item for item in await self._items(item_ids) if not _is_same(item.value(key), value)]
            step = tuple(
                Change(item.id, key, _by_hand(item, key), _as_set(item, key, value)) for item in items
            )
            await self._do(step, NoteKind.SET)

    async def write_notes(self, item_ids: Sequence[int], note: str) -> None:
        """A person wrote the same note to these."""
        async with self._changing:
            items = [item for item in await self._items(item_ids) if item.note != note]
            step = tuple(Change(item.id, _NOTE, ByHand(item.note), ByHand(note)) for item in items)
            await self._do(step, NoteKind.NOTED)

    async def revert(self, item_ids: Sequence[int], key: str) -> None:
        """The answers' own values of a column count again."""
        async with self._changing:
            items = [item for item in await self._items(item_ids) if key in item.edited]
            step = tuple(Change(item.id, key, _by_hand(item, key), None) for item in items)
            await self._do(step, NoteKind.REVERTED)

    async def undo(self) -> None:
        """Take back what was changed last."""
        async with self._changing:
            await self._apply(self._history.undo(), NoteKind.UNDONE)

    async def redo(self) -> None:
        async with self._changing:
            await self._apply(self._history.redo(), NoteKind.REDONE)

    async def _items(self, item_ids: Sequence[int]) -> list[RunItem]:
        """As they are in the library now; another window may have changed them."""
        return [] if self._run_id is None else await self._runs.items(self._run_id, item_ids)

    async def _do(self, step: tuple[Change, ...], kind: NoteKind) -> None:
        if step:
            self._history.add(step)
            await self._apply(step, kind)

    async def _apply(self, step: tuple[Change, ...], kind: NoteKind) -> None:
        if not step:
            return
        run_id = self._run_id
        items = {item.id: item for item in await self._items([change.item_id for change in step])}
        values: dict[int, Mapping[str, CellValue]] = {}
        for change in step:
            item = items.get(change.item_id)
            if item is None:
                continue
            if change.key == _NOTE:
                note = str(change.after.value) if change.after else ""
                items[item.id] = await self._runs.annotate(item, note)
            else:
                values[item.id] = _edited(item, change)
                items[item.id] = replace(item, edited=values[item.id])
        if values:
            await self._runs.edit(values)
        if run_id == self._run_id:
            await self._tell(list(items.values()))
            self._tell_note(step, kind, next(iter(items.values()), None))

    async def _tell(self, items: Sequence[RunItem]) -> None:
        for start in range(0, len(items), AT_ONCE):
            if start:
                await asyncio.sleep(0)
            self._on_changed(items[start : start + AT_ONCE])

    def _tell_note(self, step: tuple[Change, ...], kind: NoteKind, first: RunItem | None) -> None:
        note = GridNote(kind, step[0].key, "" if first is None else first.name, len(step))
        self._on_note(note, self._history.can_undo and kind is not NoteKind.UNDONE)


def _is_same(one: CellValue, other: CellValue) -> bool:
    """Compared with their types, because True equals 1."""
    return one == other and type(one) is type(other)


def _as_set(item: RunItem, key: str, value: CellValue) -> ByHand | None:
    """The value as one by hand; None for the answer's own."""
    own = item.answer.values.get(key) if item.answer is not None else None
    return None if own is not None and own == value else ByHand(value)


def _by_hand(item: RunItem, key: str) -> ByHand | None:
    return ByHand(item.edited[key]) if key in item.edited else None


def _edited(item: RunItem, change: Change) -> dict[str, CellValue]:
    """The values by hand after a change."""
    edited = {key: value for key, value in item.edited.items() if key != change.key}
    if change.after is not None:
        edited[change.key] = change.after.value
    return edited
