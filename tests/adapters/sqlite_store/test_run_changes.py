"""What another process changes is noticed, and in which pictures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from desktop_app.adapters.sqlite_store.run_changes import SqliteRunChanges
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import RunState
from tests.adapters.sqlite_store.conftest import OpenLibrary
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures, plan


async def answered_anew(runs: LibraryRuns, item: RunItem) -> None:
    await runs.answer_item(item.id, answer("first"))
    await runs.requeue(1, [item.id])
    await runs.begin_item(item.id)
    await runs.answer_item(item.id, answer("second"))


CHANGES: dict[str, Callable[[LibraryRuns, RunItem], Awaitable[None]]] = {
    "asked": lambda runs, item: runs.begin_item(item.id),
    "answered": lambda runs, item: runs.answer_item(item.id, answer()),
    "answered anew": answered_anew,
    "failed": lambda runs, item: runs.fail_item(item.id, AnswerFailure(ErrorCode.PICTURE_BROKEN)),
    "skipped": lambda runs, item: runs.skip([item.id]),
    "corrected": lambda runs, item: runs.edit({item.id: {"rust": False}}),
    "annotated": lambda runs, item: runs.annotate({item.id: "look again"}),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_picture_that_another_process_changed_is_named_once(
    open_library: OpenLibrary, change: str
) -> None:
    library = open_library()
    ours, theirs, changes = LibraryRuns(library), LibraryRuns(open_library()), SqliteRunChanges(library)
    run = await ours.create(plan(), pictures(5))
    items = await ours.items(run.id)
    assert await changes.items(run.id) == []
    await changes.is_changed()
    assert not await changes.is_changed()
    await CHANGES[change](theirs, items[3])
    assert await changes.is_changed()
    assert not await changes.is_changed()
    assert await changes.items(run.id) == [items[3].id]
    assert await changes.items(run.id) == []


async def test_what_this_process_writes_is_no_news(open_library: OpenLibrary) -> None:
    library = open_library()
    ours, changes = LibraryRuns(library), SqliteRunChanges(library)
    await changes.is_changed()
    run = await ours.create(plan(), pictures(2))
    await ours.set_state(run.id, RunState.PAUSED)
    for item in await ours.items(run.id):
        await ours.begin_item(item.id)
    assert not await changes.is_changed()


async def test_runs_are_told_apart(open_library: OpenLibrary) -> None:
    library = open_library()
    ours, theirs, changes = LibraryRuns(library), LibraryRuns(open_library()), SqliteRunChanges(library)
    first, second = await ours.create(plan("a"), pictures(2)), await ours.create(plan("b"), pictures(2))
    for run in (first, second):
        await changes.items(run.id)
    (item, _) = await ours.items(second.id)
    await theirs.begin_item(item.id)
    assert await changes.items(first.id) == []
    assert await changes.items(second.id) == [item.id]


async def test_a_run_that_takes_the_number_of_one_that_is_gone_is_all_new(open_library: OpenLibrary) -> None:
    library = open_library()
    ours, changes = LibraryRuns(library), SqliteRunChanges(library)
    gone = await ours.create(plan("gone"), pictures(2))
    await ours.skip([item.id for item in await ours.items(gone.id)])
    assert len(await changes.items(gone.id)) == 2
    await ours.delete(gone.id)
    await changes.forget(gone.id)
    new = await ours.create(plan("new"), pictures(2))
    assert new.id == gone.id
    items = await ours.items(new.id)
    assert await changes.items(new.id) == []
    await ours.skip([items[1].id])
    assert await changes.items(new.id) == [items[1].id]


async def test_of_a_run_that_was_never_looked_at_those_are_named_that_something_happened_to(
    open_library: OpenLibrary,
) -> None:
    library = open_library()
    ours, changes = LibraryRuns(library), SqliteRunChanges(library)
    run = await ours.create(plan(), pictures(4))
    items = await ours.items(run.id)
    await ours.begin_item(items[1].id)
    await ours.annotate({items[2].id: "look again"})
    assert await changes.items(run.id) == [items[1].id, items[2].id]
