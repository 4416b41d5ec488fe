"""What every RunHolding promises about who works on a run, and how the run stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.run import AskingMethod, ItemState, RunCounts, RunServer, RunState, RunWish
from tests.contract.run_programs import RunProgram, RunPrograms, refusal
from tests.fakes.made_runs import answer, pictures, plan

NO_KEY = AnswerFailure(ErrorCode.SERVER_KEY, (("server", "box"), ("tries", 2)), "401 从服务器")


@pytest.mark.parametrize("state", RunState)
async def test_state_and_failure_are_kept_and_forgotten_together(
    program: RunProgram, state: RunState
) -> None:
    run = await program.runs.create(plan(), pictures(1))
    await program.holding.set_state(run.id, state, NO_KEY)
    loaded = await program.runs.load(run.id)
    assert (loaded.state, loaded.failure) == (state, NO_KEY)
    await program.holding.set_state(run.id, RunState.RUNNING)
    loaded = await program.runs.load(run.id)
    assert (loaded.state, loaded.failure) == (RunState.RUNNING, None)


@pytest.mark.parametrize("method", AskingMethod)
async def test_the_method_and_the_time_worked_are_kept(program: RunProgram, method: AskingMethod) -> None:
    run = await program.runs.create(plan(), pictures(1))
    other = await program.runs.create(plan("other"), pictures(1))
    await program.holding.set_method(run.id, method)
    await program.holding.add_worked(run.id, 1.5)
    await program.holding.add_worked(run.id, 0.25)
    loaded = await program.runs.load(run.id)
    assert (loaded.method, loaded.worked_s) == (method, 1.75)
    assert await program.runs.load(other.id) == other


async def test_the_model_of_a_server_that_answers_late_is_frozen_then(program: RunProgram) -> None:
    late, other = RunServer("late", "http://late:8000/v1", ""), RunServer("box", "http://box:8000/v1", "qwen")
    run = await program.runs.create(replace(plan(), servers=(late, other)), pictures(1))
    unchanged = await program.runs.create(replace(plan("other"), servers=(late,)), pictures(1))
    now = replace(late, model="qwen2-vl-7b", family="qwen2-vl")
    await program.holding.freeze_server(run.id, late, now)
    assert (await program.runs.load(run.id)).plan == replace(run.plan, servers=(now, other))
    assert (await program.runs.load(unchanged.id)).plan == unchanged.plan


async def test_one_program_works_on_a_run_at_a_time(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(2))
    await window.holding.take(run.id)
    await window.holding.take(run.id)  # its own
    assert not (await window.runs.load(run.id)).is_elsewhere
    assert (await command.runs.load(run.id)).is_elsewhere
    assert [one.is_elsewhere for one in await command.runs.all()] == [True]
    assert await refusal(command.holding.take(run.id)) is ErrorCode.RUN_IN_USE
    assert await refusal(command.runs.delete(run.id)) is ErrorCode.RUN_IN_USE
    assert len(await window.answers.items(run.id)) == 2

    await window.holding.release(run.id)
    await command.holding.take(run.id)
    assert (await window.runs.load(run.id)).is_elsewhere


async def test_only_the_owner_can_let_go_of_a_run(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(1))
    await window.holding.take(run.id)
    await command.holding.release(run.id)
    assert await refusal(command.holding.take(run.id)) is ErrorCode.RUN_IN_USE


async def test_a_run_of_a_program_that_is_gone_can_be_taken_at_once(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(2))
    await window.holding.take(run.id)
    (first, _) = await window.answers.items(run.id)
    await window.queue.begin_item(first.id)
    await programs.end(window)
    assert not (await command.runs.load(run.id)).is_elsewhere
    await command.holding.take(run.id)
    (item, _) = await command.answers.items(run.id)
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
    run = await window.runs.create(plan(), pictures(3))
    other = await window.runs.create(plan("nobody's"), pictures(1))
    await window.holding.take(run.id)
    await window.holding.set_state(run.id, before, NO_KEY)
    first, second, _ = await window.answers.items(run.id)
    await window.queue.begin_item(first.id)
    await window.queue.answer_item(first.id, answer())
    await window.queue.begin_item(second.id)
    assert await command.holding.recover() == 0  # it is still there
    assert (await command.runs.load(run.id)).counts.asking == 1

    await programs.end(window)
    assert await command.holding.recover() == 1
    assert await command.holding.recover() == 0
    loaded = await command.runs.load(run.id)
    assert loaded.state is after
    assert loaded.counts == RunCounts(queued=2, answered=1, prompt_tokens=1000, completion_tokens=20)
    assert await command.runs.load(other.id) == other


async def test_a_process_hears_once_what_others_want_of_it(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(1))
    await command.holding.take(run.id)
    assert await command.holding.wished(run.id) is None
    assert await window.holding.wish(run.id, RunWish.PAUSE)
    assert (await window.runs.load(run.id)).wish is RunWish.PAUSE
    assert await command.holding.wished(run.id) is RunWish.PAUSE
    assert await command.holding.wished(run.id) is RunWish.PAUSE  # until it says that it heard
    await command.holding.hear(run.id, RunWish.PAUSE)
    assert await command.holding.wished(run.id) is None
    assert (await window.runs.load(run.id)).wish is RunWish.HEARD


async def test_what_was_wished_last_counts(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(1))
    await command.holding.take(run.id)
    await window.holding.wish(run.id, RunWish.PAUSE)
    await window.holding.wish(run.id, RunWish.STOP)
    await command.holding.hear(run.id, RunWish.PAUSE)  # what came between is not lost
    assert await command.holding.wished(run.id) is RunWish.STOP


async def test_nothing_is_wished_of_a_run_that_nobody_else_works_on(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(1))
    assert not await window.holding.wish(run.id, RunWish.PAUSE)
    assert not await window.holding.wish(run.id + 1, RunWish.PAUSE)
    await window.holding.take(run.id)
    assert not await window.holding.wish(run.id, RunWish.PAUSE)  # its own
    assert await window.holding.wished(run.id) is None
    await programs.end(window)
    assert not await command.holding.wish(run.id, RunWish.PAUSE)


@pytest.mark.parametrize("ends", ["released", "taken again", "gone"])
async def test_a_wish_ends_with_the_work_it_was_about(programs: RunPrograms, ends: str) -> None:
    window, command = programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(1))
    other = await window.runs.create(plan("other"), pictures(1))
    await command.holding.take(run.id)
    await command.holding.take(other.id)
    await window.holding.wish(run.id, RunWish.PAUSE)
    await window.holding.wish(other.id, RunWish.STOP)
    match ends:
        case "released":
            await command.holding.release(run.id)
        case "taken again":
            await command.holding.take(run.id)
        case "gone":
            await programs.end(command)
            await window.holding.recover()
            command = programs.start()
    await command.holding.take(run.id)
    assert (await window.runs.load(run.id)).wish is None
    assert await command.holding.wished(run.id) is None
    if ends != "gone":
        assert await command.holding.wished(other.id) is RunWish.STOP


async def test_what_is_wished_of_one_process_is_no_business_of_another(programs: RunPrograms) -> None:
    window, command, third = programs.start(), programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(1))
    await command.holding.take(run.id)
    await window.holding.wish(run.id, RunWish.PAUSE)
    assert await third.holding.wished(run.id) is None
    assert (await third.runs.load(run.id)).wish is RunWish.PAUSE
    assert (await command.runs.load(run.id)).wish is None


async def test_why_a_run_was_paused_outlives_its_program(programs: RunPrograms) -> None:
    window, command = programs.start(), programs.start()
    run = await window.runs.create(plan(), pictures(1))
    await window.holding.take(run.id)
    await window.holding.set_state(run.id, RunState.PAUSED, NO_KEY)
    await programs.end(window)
    await command.holding.recover()
    assert (await command.runs.load(run.id)).failure == NO_KEY
