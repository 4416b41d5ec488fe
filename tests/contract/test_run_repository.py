"""What every RunRepository promises about runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.run import ItemState, RunCounts, RunState
from tests.contract.run_programs import RunProgram, refusal
from tests.fakes.made_runs import answer, pictures, plan


async def test_a_run_comes_back_exactly_as_it_was_planned(program: RunProgram) -> None:
    made = await program.runs.create(plan(), pictures(3))
    assert made.plan == plan()
    assert (made.state, made.counts) == (RunState.READY, RunCounts(queued=3))
    assert (made.method, made.failure, made.worked_s, made.is_elsewhere) == (None, None, 0.0, False)
    assert made.created.utcoffset() == timedelta(0)
    assert await program.runs.load(made.id) == await program.runs.find("Bridge") == made
    assert await program.runs.all() == [made]


async def test_its_pictures_are_frozen_in_the_order_given(program: RunProgram) -> None:
    given = [
        ("/b/z.jpg", "z.jpg"),
        ("/b/a.jpg", "a.jpg"),
        ("/b/z.jpg", "again"),
        ("/c/图片.png", "c/图片.png"),
    ]
    run = await program.runs.create(plan(), given)
    items = await program.answers.items(run.id)
    assert [(item.path, item.name) for item in items] == given
    assert [item.position for item in items] == [0, 1, 2, 3]
    assert {item.state for item in items} == {ItemState.QUEUED}
    assert len({item.id for item in items}) == 4


async def test_names_that_are_no_utf_8_and_addresses_stay_as_they_are(program: RunProgram) -> None:
    given = [("/b/\udcff.jpg", "a"), ("https://example.org/a.jpg", "b"), ("/b//c/./d.jpg", "c")]
    run = await program.runs.create(plan(), given)
    paths = [path for path, _ in given]
    assert [item.path for item in await program.answers.items(run.id)] == paths
    assert [item.path for item in await program.queue.queued(run.id, -1, 9)] == paths


async def test_a_name_is_used_once(program: RunProgram) -> None:
    await program.runs.create(plan(), pictures(1))
    assert await refusal(program.runs.create(plan(), pictures(2))) is ErrorCode.RUN_NAME_TAKEN
    assert [run.counts.total for run in await program.runs.all()] == [1]
    await program.runs.create(plan("bridge"), pictures(1))


async def test_a_run_needs_a_picture(program: RunProgram) -> None:
    assert await refusal(program.runs.create(plan(), [])) is ErrorCode.RUN_EMPTY
    assert await program.runs.all() == []


async def test_a_form_that_could_not_be_read_again_is_refused(program: RunProgram) -> None:
    nameless = plan(form=replace(plan().form, name=" "))
    assert await refusal(program.runs.create(nameless, pictures(1))) is ErrorCode.FORM_BROKEN
    assert await program.runs.all() == []


async def test_the_newest_run_comes_first(program: RunProgram) -> None:
    for name in ("one", "two", "three"):
        await program.runs.create(plan(name), pictures(1))
    assert [run.plan.name for run in await program.runs.all()] == ["three", "two", "one"]


async def test_unknown_runs(program: RunProgram) -> None:
    assert await program.runs.find("Bridge") is None
    assert await refusal(program.runs.load(7)) is ErrorCode.RUN_UNKNOWN
    assert await refusal(program.holding.take(7)) is ErrorCode.RUN_UNKNOWN
    assert await refusal(program.runs.delete(7)) is ErrorCode.RUN_UNKNOWN


async def test_a_deleted_run_is_gone_with_its_items_and_its_name_is_free(program: RunProgram) -> None:
    run = await program.runs.create(plan(), pictures(2))
    other = await program.runs.create(plan("other"), pictures(2))
    items = await program.answers.items(run.id)
    await program.queue.answer_item(items[0].id, answer())
    await program.runs.delete(run.id)
    assert await program.runs.all() == [other]
    assert await program.answers.items(run.id) == []
    assert await program.answers.field_values("Bridge", "rust", "abc") is None
    assert len(await program.answers.items(other.id)) == 2
    again = await program.runs.create(plan(), pictures(1))
    assert await program.twins.answered_with(again.id, "abc") is None


async def test_counts_are_of_one_run(program: RunProgram) -> None:
    run = await program.runs.create(plan(), pictures(3))
    other = await program.runs.create(plan("other"), pictures(2))
    items = await program.answers.items(run.id)
    await program.queue.begin_item(items[0].id)
    await program.queue.skip([items[1].id])
    assert (await program.runs.load(run.id)).counts == RunCounts(queued=1, asking=1, skipped=1)
    assert (await program.runs.load(other.id)).counts == RunCounts(queued=2)
    assert [one.counts.queued for one in await program.runs.all()] == [2, 1]
