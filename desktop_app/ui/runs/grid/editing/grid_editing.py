"""What a person changes in the answer grid, a cell or thousands in one step; taken back and done again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.rows import RowFact
from desktop_app.ui.runs.grid.editing.edit_history import ByHand, Change, EditHistory
from desktop_app.ui.runs.grid.editing.grid_note import GridNote, NoteKind

AT_ONCE = 200
"""Items that are changed before the window has its turn: a step of 100,000 takes seconds."""

MANY = 2_000
"""A step of more is told while it goes on."""

_NOTE = RowFact.NOTE.value


class EditedAnswers(Protocol):
    """The part of `RunAnswers` that is needed."""

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]: ...

    async def edit(self, edited: Mapping[int, Mapping[str, CellValue]]) -> None: ...

    async def annotate(self, notes: Mapping[int, str]) -> None: ...


class GridEditing:
    """Lives on the event loop; one change at a time, so that none is made of values that are gone."""

    def __init__(
        self,
        answers: EditedAnswers,
        on_changed: Callable[[Sequence[RunItem]], object],
        on_note: Callable[[GridNote | None, bool], object],
        on_progress: Callable[[int, int], object],
    ) -> None:
        """
        Args:
            on_changed: told items as they are after a change, some at a time.
            on_note: told what was done, and whether it can be taken back.
            on_progress: told how many of how many items of a long step are done, before its note.
        """
        self._answers = answers
        self._on_changed = on_changed
        self._on_note = on_note
        self._on_progress = on_progress
        self._history = EditHistory()
        self._changing = asyncio.Lock()
        self._is_stopping = False
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
            await self._go(self._history.undo(), NoteKind.UNDONE)

    async def redo(self) -> None:
        async with self._changing:
            await self._go(self._history.redo(), NoteKind.REDONE)

    def stop(self) -> None:
        """Change no more; what is done of the step that goes on stays, and can be taken back as one."""
        self._is_stopping = self._changing.locked()

    async def ended(self) -> None:
        """Until everything that a person changed so far is written down, or stopped by them."""
        async with self._changing:
            return

    async def _do(
        self, item_ids: Sequence[int], change_of: Callable[[RunItem], Change | None], kind: NoteKind
    ) -> None:
        """One step; what is done of it when it is stopped or the library fails can be taken back."""
        run_id = self._run_id  # when its turn comes another one may be shown
        async with self._changing:
            step: list[Change] = []
            name, done = "", 0
            try:
                for start in self._pieces(len(item_ids)):
                    items = await self._items(run_id, item_ids[start : start + AT_ONCE])
                    changes = [change for item in items if (change := change_of(item)) is not None]
                    name = name or _name_of(items, changes)
                    await self._apply(run_id, items, changes)
                    step += changes
                    done = min(start + AT_ONCE, len(item_ids))
            finally:
                if step and run_id == self._run_id:
                    self._history.add(tuple(step))
                self._tell_note(run_id, step, kind, name, len(item_ids) - done)

    async def _go(self, step: tuple[Change, ...], kind: NoteKind) -> None:
        """A step that was done before, back or forth; what is left of it when it is stopped or the library
        fails can be gone later.
        """
        run_id, name, done = self._run_id, "", 0
        try:
            for start in self._pieces(len(step)):
                changes = step[start : start + AT_ONCE]
                items = await self._items(run_id, [change.item_id for change in changes])
                if kind is NoteKind.UNDONE:
                    changes = tuple(change.reversed for change in changes)
                name = name or _name_of(items, changes)
                await self._apply(run_id, items, changes)
                done += len(changes)
        finally:
            if done < len(step):
                self._history.divide(step, done)
            self._tell_note(run_id, step[:done], kind, name, len(step) - done)

    def _pieces(self, count: int) -> Iterator[int]:
        """Where each piece of a step begins, until all are done or it is stopped; tells how far it is, also
        beside another run: what is changed there waits for it.
        """
        self._is_stopping = False
        for start in range(0, count, AT_ONCE):
            if count > MANY:
                self._on_progress(start, count)
            if self._is_stopping:
                return
            yield start

    async def _items(self, run_id: int | None, item_ids: Sequence[int]) -> list[RunItem]:
        """As they are in the library now; another window may have changed them."""
        return [] if run_id is None else await self._answers.items(run_id, item_ids)

    async def _apply(self, run_id: int | None, items: Sequence[RunItem], changes: Sequence[Change]) -> None:
        """Write some changes down, each of another item, and tell the items."""
        known = {item.id: item for item in items}
        values: dict[int, Mapping[str, CellValue]] = {}
        notes: dict[int, str] = {}
        changed: list[RunItem] = []
        for change in changes:
            item = known.get(change.item_id)
            if item is None:
                continue
            if change.key == _NOTE:
                notes[item.id] = str(change.after.value) if change.after else ""
                changed.append(replace(item, note=notes[item.id]))
            else:
                values[item.id] = _edited(item, change)
                changed.append(replace(item, edited=values[item.id]))
        if values:
            await self._answers.edit(values)
        if notes:
            await self._answers.annotate(notes)
        if changed and run_id == self._run_id:
            self._on_changed(changed)

    def _tell_note(
        self, run_id: int | None, step: Sequence[Change], kind: NoteKind, name: str, left: int
    ) -> None:
        """`left`: items that it was stopped before."""
        can_undo = self._history.can_undo
        if step and run_id == self._run_id:
            note = GridNote(kind, step[0].key, name, len(step), left)
            self._on_note(note, can_undo and (kind is not NoteKind.UNDONE or left > 0))
        elif left or run_id != self._run_id:
            self._on_note(None, can_undo)


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
