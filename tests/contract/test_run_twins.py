"""What every RunTwins promises about pictures that hold the same bytes, and how their answers count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import ItemState, RunCounts
from tests.contract.run_programs import BROKEN, FULL, RunProgram, item_of, made
from tests.fakes.made_runs import answer


async def test_identical_bytes_are_found_and_their_answer_is_shared(program: RunProgram) -> None:
    run_id, items = await made(program, 4)
    other_run, _ = await made(program, 1, "other")
    await program.queue.answer_item(items[2].id, FULL)
    await program.queue.answer_item(items[1].id, FULL)
    assert await program.twins.answered_with(run_id, FULL.content_hash) == items[1].id
    assert await program.twins.answered_with(run_id, "none") is None
    assert await program.twins.answered_with(other_run, FULL.content_hash) is None

    await program.twins.share_answer(items[3].id, items[1].id)
    shared = await item_of(program, run_id, items[3].id)
    assert shared == replace(
        items[3], state=ItemState.ANSWERED, answer=FULL, shared_from=items[1].id, attempts=0
    )
    assert (await program.runs.load(run_id)).counts == RunCounts(
        queued=1, answered=3, shared=1, prompt_tokens=2 * 123456, completion_tokens=2 * 789
    )


async def test_an_answer_that_is_not_there_cannot_be_shared(program: RunProgram) -> None:
    run_id, (item, source) = await made(program, 2)
    for from_item in (source.id, 999):
        with pytest.raises(AppError) as caught:
            await program.twins.share_answer(item.id, from_item)
        assert caught.value.code is ErrorCode.UNEXPECTED
    assert await program.answers.items(run_id) == [item, source]


async def test_a_shared_answer_counts_as_shared_only_while_it_counts_as_answered(program: RunProgram) -> None:
    run_id, (item, source) = await made(program, 2)
    await program.queue.answer_item(source.id, answer())
    await program.twins.share_answer(item.id, source.id)
    await program.queue.requeue(run_id, [item.id])
    counts = (await program.runs.load(run_id)).counts
    assert (counts.queued, counts.answered, counts.shared) == (1, 1, 0)
    await program.queue.answer_item(item.id, answer("xyz"))
    assert (await item_of(program, run_id, item.id)).shared_from is None
    counts = (await program.runs.load(run_id)).counts
    assert (counts.answered, counts.shared, counts.prompt_tokens) == (2, 0, 2000)


async def test_answers_that_others_took_the_place_of_were_paid_for(program: RunProgram) -> None:
    run_id, (item, source) = await made(program, 2)
    for each in (source, item):
        await program.queue.answer_item(each.id, answer())
    await program.queue.requeue(run_id, [item.id])
    await program.queue.answer_item(item.id, answer("xyz"))
    assert (await program.runs.load(run_id)).counts.prompt_tokens == 3000
    await program.queue.requeue(run_id, [item.id])
    await program.twins.share_answer(item.id, source.id)
    assert (await program.runs.load(run_id)).counts.prompt_tokens == 3000


async def test_twins_are_those_that_are_not_answered_and_known_to_hold_the_bytes(
    program: RunProgram,
) -> None:
    run_id, items = await made(program, 6)
    other, (elsewhere,) = await made(program, 1, "other")
    await program.queue.answer_item(items[0].id, answer("abc"))
    await program.twins.note_content({item.id: "abc" for item in (*items[:4], elsewhere)})
    await program.twins.note_content({items[4].id: "xyz"})
    await program.queue.fail_item(items[2].id, BROKEN)
    await program.queue.skip([items[3].id])
    assert await program.twins.waiting_with(run_id, "abc") == [items[1].id, items[2].id]
    assert await program.twins.waiting_with(run_id, "xyz") == [items[4].id]
    assert await program.twins.waiting_with(other, "abc") == [elsewhere.id]
    await program.twins.note_content({items[0].id: "xyz"})
    assert await program.twins.answered_with(run_id, "abc") == items[0].id  # what was answered is known
