"""Changes by hand on a real library: one cell or many rows in one step."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import Run
from desktop_app.ui.runs.grid.editing import AT_ONCE, GridEditing
from desktop_app.ui.runs.grid.grid_note import GridNote, NoteKind
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import plan
from tests.ui.runs.grid.conftest import made_run


@dataclass
class Lab:
    """Editing, and what it told."""

    store: LibraryRuns
    run: Run
    editing: GridEditing
    notes: list[tuple[GridNote | None, bool]] = field(default_factory=list)
    told: list[Sequence[RunItem]] = field(default_factory=list)

    async def edited(self) -> list[Any]:
        return [dict(item.edited) for item in await self.store.items(self.run.id)]

    async def ids(self) -> list[int]:
        return [item.id for item in await self.store.items(self.run.id)]


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    library = Library(tmp_path / "library.sqlite")
    store = LibraryRuns(library)
    run = await made_run(store, tmp_path)
    made = Lab(
        store,
        run,
        GridEditing(
            store,
            lambda items: made.told.append(items),
            lambda note, can_undo: made.notes.append((note, can_undo)),
        ),
    )
    made.editing.begin(run.id)
    made.notes.clear()
    yield made
    await library.close()


async def test_a_value_is_set_in_several_rows_in_one_step(lab: Lab) -> None:
    ids = await lab.ids()
    await lab.editing.set_values(ids[:3], "condition", "poor")
    # The third answer says so itself.
    assert (await lab.edited())[:4] == [{"condition": "poor"}, {"condition": "poor"}, {}, {}]
    assert lab.notes == [(GridNote(NoteKind.SET, "condition", "IMG 1.jpg", 2), True)]
    await lab.editing.undo()
    assert (await lab.edited())[:3] == [{}, {}, {}]
    assert lab.notes[-1][0] == GridNote(NoteKind.UNDONE, "condition", "IMG 1.jpg", 2)
    await lab.editing.redo()
    assert (await lab.edited())[:3] == [{"condition": "poor"}, {"condition": "poor"}, {}]


async def test_undo_brings_back_what_each_row_had(lab: Lab) -> None:
    ids = await lab.ids()
    await lab.editing.set_values(ids[:1], "bolts", 7)
    await lab.editing.set_values(ids[:3], "bolts", 9)
    await lab.editing.undo()
    assert (await lab.edited())[:3] == [{"bolts": 7}, {}, {}]


async def test_other_values_by_hand_stay(lab: Lab) -> None:
    ids = await lab.ids()
    await lab.editing.set_values(ids[:2], "bolts", 7)
    await lab.editing.set_values(ids[:2], "rust", None)
    await lab.editing.revert(ids[:2], "bolts")
    assert (await lab.edited())[:2] == [{"rust": None}, {"rust": None}]


async def test_the_answer_itself_is_never_changed(lab: Lab) -> None:
    before = [item.answer for item in await lab.store.items(lab.run.id)]
    await lab.editing.set_values(await lab.ids(), "bolts", 7)
    assert [item.answer for item in await lab.store.items(lab.run.id)] == before


async def test_nothing_to_change_is_no_step(lab: Lab) -> None:
    ids = await lab.ids()
    await lab.editing.set_values(ids[2:3], "condition", "poor")
    await lab.editing.revert(ids, "bolts")
    assert (lab.notes, lab.told) == ([], [])


async def test_thousands_of_rows_are_told_some_at_a_time(lab: Lab) -> None:
    many = 2 * AT_ONCE + 1
    run = await lab.store.create(plan("Many"), [(f"/p/{n}.jpg", f"{n}.jpg") for n in range(many)])
    lab.editing.begin(run.id)
    ids = [item.id for item in await lab.store.items(run.id)]
    await lab.editing.set_values(ids, "rust", True)
    assert [len(items) for items in lab.told] == [AT_ONCE, AT_ONCE, 1]
    assert all(item.edited == {"rust": True} for item in await lab.store.items(run.id))
    assert lab.notes[-1][0] == GridNote(NoteKind.SET, "rust", "0.jpg", many)
    await lab.editing.undo()
    assert not any(item.edited for item in await lab.store.items(run.id))


async def test_what_was_done_before_the_disk_was_full_can_be_taken_back(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = AT_ONCE + 1
    run = await lab.store.create(plan("Many"), [(f"/p/{n}.jpg", f"{n}.jpg") for n in range(many)])
    lab.editing.begin(run.id)
    ids = [item.id for item in await lab.store.items(run.id)]
    real, writes = lab.store.edit, []

    async def edit(edited: Any) -> None:
        writes.append(len(edited))
        if len(writes) == 2:
            raise AppError(ErrorCode.DISK_FULL, name="library")
        await real(edited)

    monkeypatch.setattr(lab.store, "edit", edit)
    with pytest.raises(AppError):
        await lab.editing.set_values(ids, "rust", True)
    assert [bool(item.edited) for item in await lab.store.items(run.id)] == [True] * AT_ONCE + [False]
    await lab.editing.undo()
    assert not any(item.edited for item in await lab.store.items(run.id))


async def test_changes_of_a_run_that_is_no_longer_shown_are_not_taken_back(lab: Lab) -> None:
    await lab.editing.set_values(await lab.ids(), "bolts", 7)
    lab.editing.begin(None)
    await lab.editing.undo()
    assert (await lab.edited())[0] == {"bolts": 7}
