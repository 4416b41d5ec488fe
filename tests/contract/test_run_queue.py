"""What every RunQueue promises about the pictures of a run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.runs.item import QueuedItem, RunItem
from desktop_app.domain.runs.run import ALLOWED_MOVES, ItemState, RunState
from tests.contract.run_programs import BROKEN, RunProgram, item_of, made
from tests.fakes.made_runs import answer

NOT_A_FORM = FieldProblem("", ProblemKind.NO_JSON)


async def put(program: RunProgram, run_id: int, item: RunItem, state: ItemState) -> None:
    """Bring a queued item into a state."""
    match state:
        case ItemState.ASKING:
            await program.queue.begin_item(item.id)
        case ItemState.ANSWERED:
            await program.queue.answer_item(item.id, answer("earlier"))
        case ItemState.FAILED:
            await program.queue.fail_item(item.id, BROKEN)
        case ItemState.SKIPPED:
            await program.queue.skip([item.id])


Move = Callable[[RunProgram, RunItem, RunItem], Awaitable[None]]


MOVES: dict[str, tuple[ItemState, Move]] = {
    "begin": (ItemState.ASKING, lambda program, item, _: program.queue.begin_item(item.id)),
    "answer": (
        ItemState.ANSWERED,
        lambda program, item, _: program.queue.answer_item(item.id, answer("new")),
    ),
    "answer no form": (
        ItemState.FAILED,
        lambda program, item, _: program.queue.answer_item(item.id, answer("new", {}, (NOT_A_FORM,))),
    ),
    "share": (
        ItemState.ANSWERED,
        lambda program, item, source: program.twins.share_answer(item.id, source.id),
    ),
    "fail": (ItemState.FAILED, lambda program, item, _: program.queue.fail_item(item.id, BROKEN)),
    "queue": (ItemState.QUEUED, lambda program, item, _: program.queue.requeue_item(item.id)),
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", ItemState)
async def test_only_allowed_moves_are_made(program: RunProgram, state: ItemState, move: str) -> None:
    run_id, (item, source) = await made(program, 2)
    await program.queue.answer_item(source.id, answer("source"))
    await put(program, run_id, item, state)
    before = await item_of(program, run_id, item.id)
    assert before.state is state
    to, go = MOVES[move]
    if to in ALLOWED_MOVES[state]:
        await go(program, item, source)
        assert (await item_of(program, run_id, item.id)).state is to
        return
    with pytest.raises(AppError) as caught:
        await go(program, item, source)
    assert caught.value.code is ErrorCode.UNEXPECTED
    assert await item_of(program, run_id, item.id) == before


@pytest.mark.parametrize("move", MOVES)
async def test_an_item_that_is_gone_cannot_be_moved(program: RunProgram, move: str) -> None:
    _, (item, source) = await made(program, 2)
    await program.queue.answer_item(source.id, answer("source"))
    with pytest.raises(AppError) as caught:
        await MOVES[move][1](program, replace(item, id=999), source)
    assert caught.value.code is ErrorCode.UNEXPECTED


async def test_the_queue_is_read_in_pieces(program: RunProgram) -> None:
    run_id, items = await made(program, 7)
    await made(program, 3, "other")
    await program.queue.skip([items[2].id])
    await program.queue.begin_item(items[4].id)
    await program.queue.requeue_item(items[4].id)
    await program.queue.begin_item(items[5].id)
    first = await program.queue.queued(run_id, -1, 3)
    assert first == [QueuedItem(items[n].id, n, f"/pictures/{n}.jpg", 0) for n in (0, 1, 3)]
    second = await program.queue.queued(run_id, first[-1].position, 3)
    assert second == [QueuedItem(items[n].id, n, f"/pictures/{n}.jpg", int(n == 4)) for n in (4, 6)]
    assert await program.queue.queued(run_id, second[-1].position, 3) == []
    assert await program.queue.queued(run_id, -1, 0) == []
    assert await program.queue.queued(99, -1, 3) == []


async def test_each_beginning_counts_as_an_attempt(program: RunProgram) -> None:
    run_id, (item,) = await made(program)
    for attempts in (1, 2, 3):
        await program.queue.begin_item(item.id)
        assert (await item_of(program, run_id, item.id)).attempts == attempts
        await program.queue.requeue_item(item.id)


async def test_an_answer_with_some_values_is_an_answer(program: RunProgram) -> None:
    run_id, (item,) = await made(program)
    await program.queue.answer_item(item.id, answer(problems=(FieldProblem("width", ProblemKind.MISSING),)))
    assert (await item_of(program, run_id, item.id)).state is ItemState.ANSWERED


async def test_an_answer_without_a_value_is_a_failure_that_keeps_it(program: RunProgram) -> None:
    run_id, (item,) = await made(program)
    given = answer("abc", {}, (NOT_A_FORM,), raw="There is rust.")
    await program.queue.answer_item(item.id, given)
    kept = await item_of(program, run_id, item.id)
    assert (kept.state, kept.answer) == (ItemState.FAILED, given)
    assert kept.failure == AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)
    assert await program.twins.answered_with(run_id, "abc") is None


async def test_all_failed_ones_are_asked_again(program: RunProgram) -> None:
    run_id, items = await made(program, 4)
    _, (elsewhere,) = await made(program, 1, "other")
    await program.queue.fail_item(elsewhere.id, BROKEN)
    for item, state in zip(items, (ItemState.FAILED, ItemState.ANSWERED, ItemState.SKIPPED), strict=False):
        await put(program, run_id, item, state)
    assert await program.queue.requeue(run_id) == [items[0].id]
    now = await program.answers.items(run_id)
    assert [item.state for item in now] == [
        ItemState.QUEUED,
        ItemState.ANSWERED,
        ItemState.SKIPPED,
        ItemState.QUEUED,
    ]
    assert now[0].failure is None
    assert await program.queue.requeue(run_id) == []


async def test_chosen_ones_are_asked_again_whatever_became_of_them(program: RunProgram) -> None:
    run_id, items = await made(program, 5)
    _, (elsewhere,) = await made(program, 1, "other")
    await program.queue.fail_item(elsewhere.id, BROKEN)
    for item, state in zip(items, ItemState, strict=True):
        await put(program, run_id, item, state)
    wanted = [elsewhere.id, 999, *(item.id for item in reversed(items))]
    queued = [item.id for item in items if item.id != items[1].id]  # the second one is being asked
    assert await program.queue.requeue(run_id, wanted) == queued
    states = [item.state for item in await program.answers.items(run_id)]
    assert states == [ItemState.QUEUED, ItemState.ASKING, *[ItemState.QUEUED] * 3]
    assert await program.queue.requeue(run_id, []) == []


async def test_a_run_that_was_done_is_paused_when_some_of_it_is_queued_again(program: RunProgram) -> None:
    run_id, (item,) = await made(program)
    for state, after in (
        (RunState.DONE, RunState.PAUSED),
        (RunState.STOPPED, RunState.STOPPED),
        (RunState.READY, RunState.READY),
    ):
        await put(program, run_id, item, ItemState.ANSWERED)
        await program.holding.set_state(run_id, state)
        await program.queue.requeue(run_id, [item.id])
        assert (await program.runs.load(run_id)).state is after
    await put(program, run_id, item, ItemState.ANSWERED)
    await program.holding.set_state(run_id, RunState.DONE)
    await program.queue.requeue(run_id)  # nothing has failed
    assert (await program.runs.load(run_id)).state is RunState.DONE


async def test_an_answer_that_must_fit_fails_where_a_field_has_no_value(program: RunProgram) -> None:
    run_id, items = await made(program, 3)
    half = answer("a", {"rust": True}, (FieldProblem("kind", ProblemKind.MISSING),))
    await program.queue.answer_item(items[0].id, half)
    await program.queue.answer_item(items[1].id, half, must_fit=True)
    await program.queue.answer_item(items[2].id, answer("b"), must_fit=True)
    now = await program.answers.items(run_id)
    assert [item.state for item in now] == [ItemState.ANSWERED, ItemState.FAILED, ItemState.ANSWERED]
    assert now[1].answer == half
    assert now[1].failure == AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)
    assert await program.queue.requeue(run_id) == [items[1].id]


async def test_an_answer_that_breaks_off_but_has_its_value_counts_as_answered(program: RunProgram) -> None:
    run_id, (item,) = await made(program)
    short = answer("a", {"words": "A bridge with"}, (FieldProblem("words", ProblemKind.CUT_OFF),))
    await program.queue.answer_item(item.id, short, must_fit=True)
    (now,) = await program.answers.items(run_id)
    assert (now.state, now.answer) == (ItemState.ANSWERED, short)


async def test_the_old_answer_stays_until_there_is_another(program: RunProgram) -> None:
    run_id, (item,) = await made(program)
    await program.queue.answer_item(item.id, answer("old", {"rust": True}))
    await program.queue.requeue(run_id, [item.id])
    assert (await item_of(program, run_id, item.id)).answer == answer("old", {"rust": True})
    assert await program.twins.answered_with(run_id, "old") is None
    await program.queue.begin_item(item.id)
    assert (await item_of(program, run_id, item.id)).answer == answer("old", {"rust": True})
    await program.queue.fail_item(item.id, BROKEN)
    assert (await item_of(program, run_id, item.id)).answer == answer("old", {"rust": True})
    await program.queue.requeue(run_id)
    await program.queue.answer_item(item.id, answer("new", {"rust": False}))
    assert (await item_of(program, run_id, item.id)).answer == answer("new", {"rust": False})
    assert await program.twins.answered_with(run_id, "old") is None


async def test_the_queue_tells_what_has_an_answer_already(program: RunProgram) -> None:
    run_id, items = await made(program, 3)
    await program.queue.answer_item(items[0].id, answer())
    await program.queue.fail_item(items[1].id, BROKEN)
    await program.queue.requeue(run_id, [item.id for item in items])
    queued = await program.queue.queued(run_id, -1, 3)
    assert [one.has_answer for one in queued] == [True, False, False]


async def test_the_queue_can_be_asked_for_certain_items_only(program: RunProgram) -> None:
    run_id, items = await made(program, 5)
    await put(program, run_id, items[3], ItemState.ANSWERED)
    named = [items[4].id, items[3].id, items[1].id, 999]
    assert [one.position for one in await program.queue.queued(run_id, -1, 9, named)] == [1, 4]
    assert [one.position for one in await program.queue.queued(run_id, 1, 9, named)] == [4]
    assert [one.position for one in await program.queue.queued(run_id, -1, 1, named)] == [1]
    assert await program.queue.queued(run_id, -1, 9, []) == []


async def test_only_what_waits_or_has_failed_can_be_skipped(program: RunProgram) -> None:
    run_id, items = await made(program, 5)
    for item, state in zip(items, ItemState, strict=True):
        await put(program, run_id, item, state)
    await program.queue.skip([item.id for item in items])
    assert [item.state for item in await program.answers.items(run_id)] == [
        ItemState.SKIPPED,
        ItemState.ASKING,
        ItemState.ANSWERED,
        ItemState.SKIPPED,
        ItemState.SKIPPED,
    ]
