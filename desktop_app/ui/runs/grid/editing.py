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
from desktop_app.ui.runs.grid.grid_note import GridNote, NoteKind

AT_ONCE = 200
"""Items that are changed before the window has its turn: a step of 100,000 takes seconds."""

_NOTE = RowFact.NOTE.value


class EditedAnswers(Protocol):
    """The part of `RunAnswers` that is needed."""

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]: ...

    async def edit(self, edited: Mapping[int, Mapping[str, CellValue]]) -> None: ...

    async def annotate(self, item_id: int, note: str) -> None: ...


class GridEditing:
    """Lives on the event loop; one change at a time, so that none is made of values that are gone."""

    def __init__(
        self,
        answers: EditedAnswers,
        on_changed: Callable[[Sequence[RunItem]], object],
        on_note: Callable[[GridNote | None, bool], object],
    ) -> None:
        """
        Args:
            on_changed: told items as they are after a change, some at a time.
            on_note: told what was done, and whether it can be taken back.
        """
        self._answers = answers
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

        def change(item: RunItem) -> Change | None:
            is_same = _is_same(item.value(key), value)
            return None if is_same else Change(item.id, key, _by_hand(item, key), _as_set(item, key, value))

        await self._do(item_ids, change, NoteKind.SET)

    async def write_notes(self, item_ids: Sequence[int], note: str) -> None:
        """A person wrote the same note to these."""

        def change(item: RunItem) -> Change | None:
            return None if item.note == note else Change(item.id, _NOTE, ByHand(item.note), ByHand(note))

        await self._do(item_ids, change, NoteKind.NOTED)

    async def revert(self, item_ids: Sequence[int], key: str) -> None:
        """The answers' own values of a column count again."""

        def change(item: RunItem) -> Change | None:
            return Change(item.id, key, _by_hand(item, key), None) if key in item.edited else None

        await self._do(item_ids, change, NoteKind.REVERTED)

    async def undo(self) -> None:
        """Take back what was changed last."""
        async with self._changing:
            step = self._history.undo()
            await self._go(step, [change.item_id for change in step], NoteKind.UNDONE)

    async def redo(self) -> None:
        async with self._changing:
            step = self._history.redo()
            await self._go(step, [change.item_id for change in step], NoteKind.REDONE)

    async def _do(
        self, item_ids: Sequence[int], change_of: Callable[[RunItem], Change | None], kind: NoteKind
    ) -> None:
        """One step; what is done of it when the library fails can be taken back."""
        async with self._changing:
            run_id, name = self._run_id, ""
            step: list[Change] = []
            try:
                for start in range(0, len(item_ids), AT_ONCE):
                    items = await self._items(run_id, item_ids[start : start + AT_ONCE])
                    changes = [change for item in items if (change := change_of(item)) is not None]
                    name = name or _name_of(items, changes)
                    await self._apply(run_id, items, changes)
                    step += changes
            finally:
                if step and run_id == self._run_id:
                    self._history.add(tuple(step))
            if step and run_id == self._run_id:
                self._tell_note(step, kind, name)

    async def _go(self, step: Sequence[Change], item_ids: Sequence[int], kind: NoteKind) -> None:
        """A step that was done before, back or forth."""
        run_id, name = self._run_id, ""
        for start in range(0, len(step), AT_ONCE):
            changes = step[start : start + AT_ONCE]
            if kind is NoteKind.UNDONE:
                changes = [change.reversed for change in changes]
            items = await self._items(run_id, item_ids[start : start + AT_ONCE])
            name = name or _name_of(items, changes)
            await self._apply(run_id, items, changes)
        if step and run_id == self._run_id:
            self._tell_note(step, kind, name)

    async def _items(self, run_id: int | None, item_ids: Sequence[int]) -> list[RunItem]:
        """As they are in the library now; another window may have changed them."""
        return [] if run_id is None else await self._answers.items(run_id, item_ids)

    async def _apply(self, run_id: int | None, items: Sequence[RunItem], changes: Sequence[Change]) -> None:
        """Write some changes down, each of another item, and tell the items."""
        known = {item.id: item for item in items}
        values: dict[int, Mapping[str, CellValue]] = {}
        changed: list[RunItem] = []
        for change in changes:
            item = known.get(change.item_id)
            if item is None:
                continue
            if change.key == _NOTE:
                note = str(change.after.value) if change.after else ""
                await self._answers.annotate(item.id, note)
                changed.append(replace(item, note=note))
            else:
                values[item.id] = _edited(item, change)
                changed.append(replace(item, edited=values[item.id]))
        if values:
            await self._answers.edit(values)
        if changed and run_id == self._run_id:
            self._on_changed(changed)

    def _tell_note(self, step: Sequence[Change], kind: NoteKind, name: str) -> None:
        note = GridNote(kind, step[0].key, name, len(step))
        self._on_note(note, self._history.can_undo and kind is not NoteKind.UNDONE)


def _name_of(items: Sequence[RunItem], changes: Sequence[Change]) -> str:
    """The picture of the first change."""
    first = changes[0].item_id if changes else None
    return next((item.name for item in items if item.id == first), "")


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
