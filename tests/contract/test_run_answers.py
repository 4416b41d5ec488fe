"""What every RunAnswers promises about what a run holds of its pictures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.runs.run import ItemState, RunCounts
from tests.contract.run_programs import BROKEN, FULL, RunProgram, item_of, made
from tests.fakes.made_runs import answer


@pytest.mark.parametrize(
    "given", [FULL, replace(FULL, usage=None, confidence={}, problems=(), repaired=False)]
)
async def test_everything_about_an_answer_comes_back(program: RunProgram, given: ItemAnswer) -> None:
    run_id, (item,) = await made(program)
    await program.queue.begin_item(item.id)
    await program.queue.answer_item(item.id, given)
    kept = await item_of(program, run_id, item.id)
    assert kept == replace(item, state=ItemState.ANSWERED, answer=given, attempts=1)
    assert kept.answer is not None
    assert [*map(type, kept.answer.values.values())] == [*map(type, given.values.values())]


async def test_failures_come_back_and_are_listed_in_order(program: RunProgram) -> None:
    run_id, items = await made(program, 4)
    await made(program, 1, "other")
    await program.queue.fail_item(items[2].id, BROKEN)
    await program.queue.fail_item(items[0].id, BROKEN)
    await program.queue.skip([items[1].id])
    failed = await program.answers.failed(run_id)
    assert failed == [replace(items[n], state=ItemState.FAILED, failure=BROKEN) for n in (0, 2)]


async def test_a_persons_values_and_note_outlive_every_new_answer(program: RunProgram) -> None:
    run_id, (item,) = await made(program)
    await program.queue.answer_item(item.id, answer())
    edited = {"rust": False, "kind": None, "where": [[1, 2, 3, 4]], "words": "文\n字"}
    await program.answers.edit({item.id: edited})
    await program.answers.annotate({item.id: "Looked at it 看过\ntwice"})
    kept = await item_of(program, run_id, item.id)
    assert (kept.edited, kept.note, kept.answer) == (edited, "Looked at it 看过\ntwice", answer())
    await program.queue.requeue(run_id, [item.id])
    await program.queue.answer_item(item.id, answer("new"))
    kept = await item_of(program, run_id, item.id)
    assert (kept.edited, kept.note, kept.answer) == (edited, "Looked at it 看过\ntwice", answer("new"))
    await program.answers.edit({item.id: {"kind": "bolt"}})
    assert (await item_of(program, run_id, item.id)).edited == {"kind": "bolt"}
    await program.answers.edit({item.id: {}})
    await program.answers.annotate({item.id: ""})
    assert await item_of(program, run_id, item.id) == replace(kept, edited={}, note="")


async def test_notes_of_several_pictures_are_kept_at_once(program: RunProgram) -> None:
    run_id, items = await made(program, 3)
    await program.answers.annotate({items[0].id: "first", items[2].id: "third"})
    assert [item.note for item in await program.answers.items(run_id)] == ["first", "", "third"]


async def test_fields_of_a_run_are_found_by_the_pictures_bytes(program: RunProgram) -> None:
    run_id, items = await made(program, 3)
    _, (other,) = await made(program, 1, "other")
    await program.queue.answer_item(items[0].id, answer("abc", {"rust": True, "width": 3}))
    await program.queue.answer_item(other.id, answer("abc", {"rust": False}))
    assert await program.answers.field_values("Bridge", "rust", "abc") is True
    assert await program.answers.field_values("Bridge", "width", "abc") == 3
    assert await program.answers.field_values("other", "rust", "abc") is False
    for unknown in (("Bridge", "depth", "abc"), ("Bridge", "rust", "xyz"), ("Tower", "rust", "abc")):
        assert await program.answers.field_values(*unknown) is None
    await program.answers.edit({items[0].id: {"rust": False}})
    assert await program.answers.field_values("Bridge", "rust", "abc") is False
    await program.queue.requeue(run_id, [items[0].id])
    assert await program.answers.field_values("Bridge", "rust", "abc") is None


async def test_the_state_of_a_path_is_that_in_the_newest_run_that_got_to_it(program: RunProgram) -> None:
    _, old = await made(program, 3)
    _, new = await made(program, 3, "new")
    await program.queue.answer_item(old[0].id, answer())
    await program.queue.fail_item(old[1].id, BROKEN)
    await program.queue.fail_item(new[0].id, BROKEN)
    paths = [item.path for item in old]
    assert await program.answers.states_of([*paths, "/pictures/unknown.jpg"]) == {
        paths[0]: ItemState.FAILED,
        paths[1]: ItemState.FAILED,
    }
    assert await program.answers.states_of([]) == {}


async def test_values_of_many_items_are_set_at_once(program: RunProgram) -> None:
    run_id, items = await made(program, 3)
    await program.answers.edit({items[0].id: {"rust": False}, items[2].id: {"kind": "bolt", "rust": None}})
    now = await program.answers.items(run_id)
    assert [item.edited for item in now] == [{"rust": False}, {}, {"kind": "bolt", "rust": None}]


async def test_an_item_is_found_by_its_file_in_its_own_run_only(program: RunProgram) -> None:
    first, items = await made(program, 3)
    second, _ = await made(program, 1, "Second")
    assert await program.answers.item_about(first, items[1].path) == items[1]
    assert await program.answers.item_about(second, items[1].path) is None
    assert await program.answers.item_about(first, "/elsewhere/1.jpg") is None


async def test_items_are_those_asked_for_in_the_order_of_the_run(program: RunProgram) -> None:
    run_id, items = await made(program, 4)
    _, (elsewhere,) = await made(program, 1, "other")
    wanted = [items[3].id, items[1].id, items[3].id, elsewhere.id, 999]
    assert await program.answers.items(run_id, wanted) == [items[1], items[3]]
    assert await program.answers.items(run_id, []) == []
    assert await program.answers.items(99) == []


async def test_more_items_than_are_read_at_once(program: RunProgram) -> None:
    run_id, items = await made(program, 20_001)
    assert [item.position for item in items] == list(range(20_001))
    assert len(await program.answers.items(run_id, [item.id for item in items])) == 20_001
    assert len(await program.queue.requeue(run_id, [item.id for item in items])) == 20_001
    await program.queue.skip([item.id for item in items[:20_000]])
    assert [item.position for item in await program.queue.queued(run_id, -1, 99)] == [20_000]
    assert (await program.runs.load(run_id)).counts == RunCounts(queued=1, skipped=20_000)


async def test_a_run_that_is_gone_has_no_rows(program: RunProgram) -> None:
    assert len(await program.answers.rows(99)) == len(await program.answers.first_rows(99, 5)) == 0
