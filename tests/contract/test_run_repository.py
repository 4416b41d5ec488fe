"""What every RunRepository promises about runs; test_run_items.py has what it promises of their pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import AskingMethod, ItemState, RunCounts, RunServer, RunState
from desktop_app.services.runs.ports import RunRepository
from tests.contract.conftest import RunPrograms
from tests.fakes.made_runs import answer, pictures, plan

NO_KEY = AnswerFailure(ErrorCode.SERVER_KEY, (("server", "box"), ("tries", 2)), "401 从服务器")


async def refusal(awaited: object) -> ErrorCode:
    with pytest.raises(AppError) as caught:
        await awaited  # type: ignore[misc]
    return caught.value.code


async def test_a_run_comes_back_exactly_as_it_was_planned(runs: RunRepository) -> None:
    made = await runs.create(plan(), pictures(3))
    assert made.plan == plan()
    assert (made.state, made.counts) == (RunState.READY, RunCounts(queued=3))
    assert (made.method, made.failure, made.worked_s, made.is_elsewhere) == (None, None, 0.0, False)
    assert made.created.utcoffset() == timedelta(0)
    assert await runs.load(made.id) == await runs.find("Bridge") == made
    assert await runs.all() == [made]


async def test_its_pictures_are_frozen_in_the_order_given(runs: RunRepository) -> None:
    given = [
        ("/b/z.jpg", "z.jpg"),
        ("/b/a.jpg", "a.jpg"),
        ("/b/z.jpg", "again"),
        ("/c/图片.png", "c/图片.png"),
    ]
    run = await runs.create(plan(), given)
    items = await runs.items(run.id)
    assert [(item.path, item.name) for item in items] == given
    assert [item.position for item in items] == [0, 1, 2, 3]
    assert {item.state for item in items} == {ItemState.QUEUED}
    assert len({item.id for item in items}) == 4


async def test_names_that_are_no_utf_8_and_addresses_stay_as_they_are(runs: RunRepository) -> None:
    given = [("/b/\udcff.jpg", "a"), ("https://example.org/a.jpg", "b"), ("/b//c/./d.jpg", "c")]
    run = await runs.create(plan(), given)
    paths = [path for path, _ in given]
    assert [item.path for item in await runs.items(run.id)] == paths
    assert [item.path for item in await runs.queued(run.id, -1, 9)] == paths


async def test_a_name_is_used_once(runs: RunRepository) -> None:
    await runs.create(plan(), pictures(1))
    assert await refusal(runs.create(plan(), pictures(2))) is ErrorCode.RUN_NAME_TAKEN
    assert [run.counts.total for run in await runs.all()] == [1]
    await runs.create(plan("bridge"), pictures(1))


async def test_a_run_needs_a_picture(runs: RunRepository) -> None:
    assert await refusal(runs.create(plan(), [])) is ErrorCode.RUN_EMPTY
    assert await runs.all() == []


async def test_a_form_that_could_not_be_read_again_is_refused(runs: RunRepository) -> None:
    nameless = plan(form=replace(plan().form, name=" "))
    assert await refusal(runs.create(nameless, pictures(1))) is ErrorCode.FORM_BROKEN
    assert await runs.all() == []


async def test_the_newest_run_comes_first(runs: RunRepository) -> None:
    for name in ("one", "two", "three"):
        await runs.create(plan(name), pictures(1))
    assert [run.plan.name for run in await runs.all()] == ["three", "two", "one"]


async def test_unknown_runs(runs: RunRepository) -> None:
    assert await runs.find("Bridge") is None
    assert await refusal(runs.load(7)) is ErrorCode.RUN_UNKNOWN
    assert await refusal(runs.take(7)) is ErrorCode.RUN_UNKNOWN
    assert await refusal(runs.delete(7)) is ErrorCode.RUN_UNKNOWN


@pytest.mark.parametrize("state", RunState)
async def test_state_and_failure_are_kept_and_forgotten_together(
    runs: RunRepository, state: RunState
) -> None:
    run = await runs.create(plan(), pictures(1))
    await runs.set_state(run.id, state, NO_KEY)
    loaded = await runs.load(run.id)
    assert (loaded.state, loaded.failure) == (state, NO_KEY)
    await runs.set_state(run.id, RunState.RUNNING)
    loaded = await runs.load(run.id)
    assert (loaded.state, loaded.failure) == (RunState.RUNNING, None)


@pytest.mark.parametrize("method", AskingMethod)
async def test_the_method_and_the_time_worked_are_kept(runs: RunRepository, method: AskingMethod) -> None:
    run = await runs.create(plan(), pictures(1))
    other = await runs.create(plan("other"), pictures(1))
    await runs.set_method(run.id, method)
    await runs.add_worked(run.id, 1.5)
    await runs.add_worked(run.id, 0.25)
    loaded = await runs.load(run.id)
    assert (loaded.method, loaded.worked_s) == (method, 1.75)
    assert await runs.load(other.id) == other


async def test_the_model_of_a_server_that_answers_late_is_frozen_then(runs: RunRepository) -> None:
    late, other = RunServer("late", "http://late:8000/v1", ""), RunServer("box", "http://box:8000/v1", "qwen")
    run = await runs.create(replace(plan(), servers=(late, other)), pictures(1))
    unchanged = await runs.create(replace(plan("other"), servers=(late,)), pictures(1))
    now = replace(late, model="qwen2-vl-7b", family="qwen2-vl")
    await runs.freeze_server(run.id, late, now)
    assert (await runs.load(run.id)).plan == replace(run.plan, servers=(now, other))
    assert (await runs.load(unchanged.id)).plan == unchanged.plan


async def test_a_deleted_run_is_gone_with_its_items_and_its_name_is_free(runs: RunRepository) -> None:
    run = await runs.create(plan(), pictures(2))
    other = await runs.create(plan("other"), pictures(2))
    items = await runs.items(run.id)
    await runs.answer_item(items[0].id, answer())
    await runs.delete(run.id)
    assert await runs.all() == [other]
    assert await runs.items(run.id) == []
    assert await runs.field_values("Bridge", "rust", "abc") is None
    assert len(await runs.items(other.id)) == 2
    again = await runs.create(plan(), pictures(1))
    assert await runs.answered_with(again.id, "abc") is None


async def test_counts_are_of_one_run(runs: RunRepository) -> None:
    run = await runs.create(plan(), pictures(3))
    other = await runs.create(plan("other"), pictures(2))
    items = await runs.items(run.id)
    await runs.begin_item(items[0].id)
    await runs.skip([items[1].id])
    assert (await runs.load(run.id)).counts == RunCounts(queued=1, asking=1, skipped=1)
    assert (await runs.load(other.id)).counts == RunCounts(queued=2)
    assert [one.counts.queued for one in await runs.all()] == [2, 1]


async def test_one_program_works_on_a_run_at_a_time(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.create(plan(), pictures(2))
    await window.take(run.id)
    await window.take(run.id)  # its own
    assert not (await window.load(run.id)).is_elsewhere
    assert (await command.load(run.id)).is_elsewhere
    assert [one.is_elsewhere for one in await command.all()] == [True]
    assert await refusal(command.take(run.id)) is ErrorCode.RUN_IN_USE
    assert await refusal(command.delete(run.id)) is ErrorCode.RUN_IN_USE
    assert len(await window.items(run.id)) == 2

    await window.release(run.id)
    await command.take(run.id)
    assert (await window.load(run.id)).is_elsewhere


async def test_only_the_owner_can_let_go_of_a_run(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.create(plan(), pictures(1))
    await window.take(run.id)
    await command.release(run.id)
    assert await refusal(command.take(run.id)) is ErrorCode.RUN_IN_USE


async def test_a_run_of_a_program_that_is_gone_can_be_taken_at_once(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.create(plan(), pictures(2))
    await window.take(run.id)
    (first, _) = await window.items(run.id)
    await window.begin_item(first.id)
    await programs.end(window)
    assert not (await command.load(run.id)).is_elsewhere
    await command.take(run.id)
    (item, _) = await command.items(run.id)
    assert (item.state, item.attempts) == (ItemState.QUEUED, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (RunState.RUNNING, RunState.PAUSED),
        (RunState.WAITING, RunState.PAUSED),
        (RunState.PAUSED, RunState.PAUSED),
        (RunState.DONE, RunState.DONE),
        (RunState.STOPPED, RunState.STOPPED),
        (RunState.READY, RunState.READY),
    ],
)
async def test_what_a_program_that_is_gone_was_doing_is_put_right(
    programs: RunPrograms, before: RunState, after: RunState
) -> None:
    window, command = programs.start(), programs.start()
    run = await window.create(plan(), pictures(3))
    other = await window.create(plan("nobody's"), pictures(1))
    await window.take(run.id)
    await window.set_state(run.id, before, NO_KEY)
    first, second, _ = await window.items(run.id)
    await window.begin_item(first.id)
    await window.answer_item(first.id, answer())
    await window.begin_item(second.id)
    assert await command.recover() == 0  # it is still there
    assert (await command.load(run.id)).counts.asking == 1

    await programs.end(window)
    assert await command.recover() == 1
    assert await command.recover() == 0
    loaded = await command.load(run.id)
    assert loaded.state is after
    assert loaded.counts == RunCounts(queued=2, answered=1, prompt_tokens=1000, completion_tokens=20)
    assert await command.load(other.id) == other


async def test_why_a_run_was_paused_outlives_its_program(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.create(plan(), pictures(1))
    await window.take(run.id)
    await window.set_state(run.id, RunState.PAUSED, NO_KEY)
    await programs.end(window)
    await command.recover()
    assert (await command.load(run.id)).failure == NO_KEY
