"""Changes by hand on a real library: one cell or many rows in one step."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import Run
from desktop_app.ui.runs.grid.editing import grid_editing
from desktop_app.ui.runs.grid.editing.grid_editing import AT_ONCE, GridEditing
from desktop_app.ui.runs.grid.editing.grid_note import GridNote, NoteKind
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
    progress: list[tuple[int, int]] = field(default_factory=list)
    stops_at: int | None = None

    def go_on(self, done: int, count: int) -> None:
        self.progress.append((done, count))
        if done == self.stops_at:
            self.editing.stop()

    async def many(self, count: int) -> list[int]:
        """Another run, with so many pictures, is shown."""
        run = await self.store.create(plan("Many"), [(f"/p/{n}.jpg", f"{n}.jpg") for n in range(count)])
        self.run = run
        self.editing.begin(run.id)
        return await self.ids()

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
            lambda done, count: made.go_on(done, count),
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
    ids = await lab.many(many)
    await lab.editing.set_values(ids, "rust", True)
    assert [len(items) for items in lab.told] == [AT_ONCE, AT_ONCE, 1]
    assert await lab.edited() == [{"rust": True}] * many
    assert lab.notes[-1][0] == GridNote(NoteKind.SET, "rust", "0.jpg", many)
    assert lab.progress == []
    await lab.editing.undo()
    assert await lab.edited() == [{}] * many


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few rows take a while."""
    monkeypatch.setattr(grid_editing, "MANY", AT_ONCE)


@pytest.mark.usefixtures("slow")
async def test_a_change_of_very_many_rows_tells_how_far_it_is(lab: Lab) -> None:
    ids = await lab.many(2 * AT_ONCE + 1)
    await lab.editing.write_notes(ids, "seen")
    told = [(0, len(ids)), (AT_ONCE, len(ids)), (2 * AT_ONCE, len(ids))]
    assert lab.progress == told
    await lab.editing.undo()
    assert lab.progress == told * 2


@pytest.mark.usefixtures("slow")
async def test_what_was_done_of_a_change_that_is_stopped_stays_and_is_one_step(lab: Lab) -> None:
    ids = await lab.many(3 * AT_ONCE)
    await lab.editing.set_values(ids[:1], "rust", False)
    lab.stops_at = AT_ONCE
    await lab.editing.set_values(ids, "rust", True)
    assert [one.get("rust") for one in await lab.edited()] == [True] * AT_ONCE + [None] * 2 * AT_ONCE
    note = GridNote(NoteKind.SET, "rust", "0.jpg", AT_ONCE, left=2 * AT_ONCE)
    assert lab.notes[-1] == (note, True)
    lab.stops_at = None
    await lab.editing.undo()
    assert await lab.edited() == [{"rust": False}] + [{}] * (3 * AT_ONCE - 1)
    await lab.editing.redo()
    await lab.editing.set_values(ids, "rust", True)  # nothing of the stopping is left
    assert await lab.edited() == [{"rust": True}] * 3 * AT_ONCE


@pytest.mark.usefixtures("slow")
async def test_going_back_can_be_stopped_and_gone_on_with(lab: Lab) -> None:
    ids = await lab.many(3 * AT_ONCE)
    await lab.editing.set_values(ids, "rust", True)
    lab.stops_at = AT_ONCE
    await lab.editing.undo()
    assert await lab.edited() == [{}] * AT_ONCE + [{"rust": True}] * 2 * AT_ONCE
    note = GridNote(NoteKind.UNDONE, "rust", "0.jpg", AT_ONCE, left=2 * AT_ONCE)
    assert lab.notes[-1] == (note, True)
    lab.stops_at = None
    await lab.editing.undo()
    assert await lab.edited() == [{}] * 3 * AT_ONCE
    await lab.editing.redo()
    await lab.editing.redo()
    assert await lab.edited() == [{"rust": True}] * 3 * AT_ONCE


@pytest.mark.usefixtures("slow")
async def test_a_change_that_is_stopped_before_anything_was_done_is_no_step(lab: Lab) -> None:
    ids = await lab.many(2 * AT_ONCE)
    await lab.editing.set_values(ids, "rust", True)
    lab.stops_at = AT_ONCE
    await lab.editing.set_values(ids[:AT_ONCE] * 2, "rust", True)  # already so
    assert lab.notes[-1] == (None, True)
    lab.stops_at = None
    await lab.editing.undo()
    assert await lab.edited() == [{}] * 2 * AT_ONCE


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("stops_at", [None, 2 * AT_ONCE])
async def test_a_change_goes_on_and_can_be_stopped_while_another_run_is_shown(
    lab: Lab, stops_at: int | None
) -> None:
    other, ids = lab.run, await lab.many(3 * AT_ONCE)
    tell = lab.go_on

    def go_on(done: int, count: int) -> None:
        if done == AT_ONCE:
            lab.editing.begin(other.id)
            lab.notes.clear()
        tell(done, count)

    lab.go_on, lab.stops_at = go_on, stops_at  # type: ignore[method-assign]
    await lab.editing.set_values(ids, "rust", True)
    assert [done for done, _ in lab.progress] == [0, AT_ONCE, 2 * AT_ONCE]
    done = stops_at or len(ids)
    assert await lab.edited() == [{"rust": True}] * done + [{}] * (len(ids) - done)
    assert lab.notes == [(None, False)]
    await lab.editing.undo()
    assert (await lab.edited())[0] == {"rust": True}


async def test_a_change_that_has_to_wait_is_made_though_another_run_is_shown_by_then(lab: Lab) -> None:
    other, ids = lab.run, await lab.many(3 * AT_ONCE)
    long = lab.editing.set_values(ids, "rust", True)
    waiting = asyncio.gather(long, lab.editing.set_values(ids[:1], "bolts", 7))
    await asyncio.sleep(0)
    lab.editing.begin(other.id)
    await waiting
    assert (await lab.edited())[0] == {"rust": True, "bolts": 7}


async def test_stopping_while_nothing_is_changed_stops_nothing_that_comes_later(lab: Lab) -> None:
    lab.editing.stop()
    await lab.editing.set_values((await lab.ids())[:1], "bolts", 7)
    assert (await lab.edited())[0] == {"bolts": 7}


def refuse_the_second_write(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full when changes are written for the second time from now on, and not afterwards."""
    real, writes = lab.store.edit, count(1)

    async def edit(edited: Mapping[int, Mapping[str, CellValue]]) -> None:
        if next(writes) == 2:
            raise AppError(ErrorCode.DISK_FULL, name="library")
        await real(edited)

    monkeypatch.setattr(lab.store, "edit", edit)


async def test_going_back_that_the_library_refuses_can_be_tried_again(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await lab.many(2 * AT_ONCE)
    await lab.editing.set_values(ids, "rust", True)
    refuse_the_second_write(lab, monkeypatch)
    with pytest.raises(AppError):
        await lab.editing.undo()
    await lab.editing.undo()
    assert await lab.edited() == [{}] * 2 * AT_ONCE


async def test_what_was_done_before_the_disk_was_full_can_be_taken_back(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await lab.many(AT_ONCE + 1)
    refuse_the_second_write(lab, monkeypatch)
    with pytest.raises(AppError):
        await lab.editing.set_values(ids, "rust", True)
    assert await lab.edited() == [{"rust": True}] * AT_ONCE + [{}]
    assert lab.notes[-1] == (GridNote(NoteKind.SET, "rust", "0.jpg", AT_ONCE, left=1), True)
    await lab.editing.undo()
    assert await lab.edited() == [{}] * (AT_ONCE + 1)


async def test_changes_of_a_run_that_is_no_longer_shown_are_not_taken_back(lab: Lab) -> None:
    await lab.editing.set_values(await lab.ids(), "bolts", 7)
    lab.editing.begin(None)
    await lab.editing.undo()
    assert (await lab.edited())[0] == {"bolts": 7}
