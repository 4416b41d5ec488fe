"""What every RunRepository promises about the pictures of a run and their answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem, RunItem
from desktop_app.domain.runs.run import ALLOWED_MOVES, ItemState, RunCounts, RunState
from desktop_app.services.runs.ports import RunRepository
from tests.fakes.made_runs import answer, pictures, plan

BROKEN = AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", "图.jpg"), ("line", 3)), "truncated")
NOT_A_FORM = FieldProblem("", ProblemKind.NO_JSON)


async def made(runs: RunRepository, count: int = 1, name: str = "Bridge") -> tuple[int, list[RunItem]]:
    run = await runs.create(plan(name), pictures(count))
    return run.id, await runs.items(run.id)


async def item_of(runs: RunRepository, run_id: int, item_id: int) -> RunItem:
    (item,) = await runs.items(run_id, [item_id])
    return item


async def put(runs: RunRepository, run_id: int, item: RunItem, state: ItemState) -> None:
    """Bring a queued item into a state."""
    match state:
        case ItemState.ASKING:
            await runs.begin_item(item.id)
        case ItemState.ANSWERED:
            await runs.answer_item(item.id, answer("earlier"))
        case ItemState.FAILED:
            await runs.fail_item(item.id, BROKEN)
        case ItemState.SKIPPED:
            await runs.skip([item.id])


Move = Callable[[RunRepository, RunItem, RunItem], Awaitable[None]]
MOVES: dict[str, tuple[ItemState, Move]] = {
    "begin": (ItemState.ASKING, lambda runs, item, _: runs.begin_item(item.id)),
    "answer": (ItemState.ANSWERED, lambda runs, item, _: runs.answer_item(item.id, answer("new"))),
    "answer no form": (
        ItemState.FAILED,
        lambda runs, item, _: runs.answer_item(item.id, answer("new", {}, (NOT_A_FORM,))),
    ),
    "share": (ItemState.ANSWERED, lambda runs, item, source: runs.share_answer(item.id, source.id)),
    "fail": (ItemState.FAILED, lambda runs, item, _: runs.fail_item(item.id, BROKEN)),
    "queue": (ItemState.QUEUED, lambda runs, item, _: runs.requeue_item(item.id)),
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", ItemState)
async def test_only_allowed_moves_are_made(runs: RunRepository, state: ItemState, move: str) -> None:
    run_id, (item, source) = await made(runs, 2)
    await runs.answer_item(source.id, answer("source"))
    await put(runs, run_id, item, state)
    before = await item_of(runs, run_id, item.id)
    assert before.state is state
    to, go = MOVES[move]
    if to in ALLOWED_MOVES[state]:
        await go(runs, item, source)
        assert (await item_of(runs, run_id, item.id)).state is to
        return
    with pytest.raises(AppError) as caught:
        await go(runs, item, source)
    assert caught.value.code is ErrorCode.UNEXPECTED
    assert await item_of(runs, run_id, item.id) == before


@pytest.mark.parametrize("move", MOVES)
async def test_an_item_that_is_gone_cannot_be_moved(runs: RunRepository, move: str) -> None:
    _, (item, source) = await made(runs, 2)
    await runs.answer_item(source.id, answer("source"))
    with pytest.raises(AppError) as caught:
        await MOVES[move][1](runs, replace(item, id=999), source)
    assert caught.value.code is ErrorCode.UNEXPECTED


async def test_the_queue_is_read_in_pieces(runs: RunRepository) -> None:
    run_id, items = await made(runs, 7)
    await made(runs, 3, "other")
    await runs.skip([items[2].id])
    await runs.begin_item(items[4].id)
    await runs.requeue_item(items[4].id)
    await runs.begin_item(items[5].id)
    first = await runs.queued(run_id, -1, 3)
    assert first == [QueuedItem(items[n].id, n, f"/pictures/{n}.jpg", 0) for n in (0, 1, 3)]
    second = await runs.queued(run_id, first[-1].position, 3)
    assert second == [QueuedItem(items[n].id, n, f"/pictures/{n}.jpg", int(n == 4)) for n in (4, 6)]
    assert await runs.queued(run_id, second[-1].position, 3) == []
    assert await runs.queued(run_id, -1, 0) == []
    assert await runs.queued(99, -1, 3) == []


async def test_each_beginning_counts_as_an_attempt(runs: RunRepository) -> None:
    run_id, (item,) = await made(runs)
    for attempts in (1, 2, 3):
        await runs.begin_item(item.id)
        assert (await item_of(runs, run_id, item.id)).attempts == attempts
        await runs.requeue_item(item.id)


FULL = ItemAnswer(
    values={
        "rust": False,
        "kind": None,
        "width": 12.5,
        "count": 10**30,
        "words": 'Zeile\n"文字" \t\\ 🙂',
        "day": "2024-02-29",
        "names": ["a", ""],
        "where": [[0, 1, 4000, 3000], [5, 6, 7, 8]],
        "nowhere": [],
    },
    raw='```json\n{"rust": "no", "words": "…"}\n```',
    problems=(FieldProblem("depth", ProblemKind.OUT_OF_RANGE), FieldProblem("", ProblemKind.CUT_OFF)),
    confidence={"rust": 0.123456789012345, "kind": 1.0, "other": 0.0},
    content_hash="f" * 64,
    original_size=answer().original_size,
    server="the box 箱",
    model="qwen2-vl",
    usage=Usage(123456, 789),
    seconds=0.1 + 0.2,
    repaired=True,
)


@pytest.mark.parametrize(
    "given", [FULL, replace(FULL, usage=None, confidence={}, problems=(), repaired=False)]
)
async def test_everything_about_an_answer_comes_back(runs: RunRepository, given: ItemAnswer) -> None:
    run_id, (item,) = await made(runs)
    await runs.begin_item(item.id)
    await runs.answer_item(item.id, given)
    kept = await item_of(runs, run_id, item.id)
    assert kept == replace(item, state=ItemState.ANSWERED, answer=given, attempts=1)
    assert [type(value) for value in kept.answer.values.values()] == [  # type: ignore[union-attr]
        type(value) for value in given.values.values()
    ]


async def test_an_answer_with_some_values_is_an_answer(runs: RunRepository) -> None:
    run_id, (item,) = await made(runs)
    await runs.answer_item(item.id, answer(problems=(FieldProblem("width", ProblemKind.MISSING),)))
    assert (await item_of(runs, run_id, item.id)).state is ItemState.ANSWERED


async def test_an_answer_without_a_value_is_a_failure_that_keeps_it(runs: RunRepository) -> None:
    run_id, (item,) = await made(runs)
    given = answer("abc", {}, (NOT_A_FORM,), raw="There is rust.")
    await runs.answer_item(item.id, given)
    kept = await item_of(runs, run_id, item.id)
    assert (kept.state, kept.answer) == (ItemState.FAILED, given)
    assert kept.failure == AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)
    assert await runs.answered_with(run_id, "abc") is None


async def test_identical_bytes_are_found_and_their_answer_is_shared(runs: RunRepository) -> None:
    run_id, items = await made(runs, 4)
    other_run, _ = await made(runs, 1, "other")
    await runs.answer_item(items[2].id, FULL)
    await runs.answer_item(items[1].id, FULL)
    assert await runs.answered_with(run_id, FULL.content_hash) == items[1].id
    assert await runs.answered_with(run_id, "none") is None
    assert await runs.answered_with(other_run, FULL.content_hash) is None

    await runs.share_answer(items[3].id, items[1].id)
    shared = await item_of(runs, run_id, items[3].id)
    assert shared == replace(
        items[3], state=ItemState.ANSWERED, answer=FULL, shared_from=items[1].id, attempts=0
    )
    assert (await runs.load(run_id)).counts == RunCounts(
        queued=1, answered=3, shared=1, prompt_tokens=2 * 123456, completion_tokens=2 * 789
    )


async def test_an_answer_that_is_not_there_cannot_be_shared(runs: RunRepository) -> None:
    run_id, (item, source) = await made(runs, 2)
    for from_item in (source.id, 999):
        with pytest.raises(AppError) as caught:
            await runs.share_answer(item.id, from_item)
        assert caught.value.code is ErrorCode.UNEXPECTED
    assert await runs.items(run_id) == [item, source]


async def test_a_shared_answer_counts_as_shared_only_while_it_counts_as_answered(runs: RunRepository) -> None:
    run_id, (item, source) = await made(runs, 2)
    await runs.answer_item(source.id, answer())
    await runs.share_answer(item.id, source.id)
    await runs.requeue(run_id, [item.id])
    counts = (await runs.load(run_id)).counts
    assert (counts.queued, counts.answered, counts.shared) == (1, 1, 0)
    await runs.answer_item(item.id, answer("xyz"))
    assert (await item_of(runs, run_id, item.id)).shared_from is None
    counts = (await runs.load(run_id)).counts
    assert (counts.answered, counts.shared, counts.prompt_tokens) == (2, 0, 2000)


async def test_failures_come_back_and_are_listed_in_order(runs: RunRepository) -> None:
    run_id, items = await made(runs, 4)
    await made(runs, 1, "other")
    await runs.fail_item(items[2].id, BROKEN)
    await runs.fail_item(items[0].id, BROKEN)
    await runs.skip([items[1].id])
    failed = await runs.failed(run_id)
    assert failed == [replace(items[n], state=ItemState.FAILED, failure=BROKEN) for n in (0, 2)]


async def test_all_failed_ones_are_asked_again(runs: RunRepository) -> None:
    run_id, items = await made(runs, 4)
    _, (elsewhere,) = await made(runs, 1, "other")
    await runs.fail_item(elsewhere.id, BROKEN)
    for item, state in zip(items, (ItemState.FAILED, ItemState.ANSWERED, ItemState.SKIPPED), strict=False):
        await put(runs, run_id, item, state)
    assert await runs.requeue(run_id) == [items[0].id]
    now = await runs.items(run_id)
    assert [item.state for item in now] == [
        ItemState.QUEUED,
        ItemState.ANSWERED,
        ItemState.SKIPPED,
        ItemState.QUEUED,
    ]
    assert now[0].failure is None
    assert await runs.requeue(run_id) == []


async def test_chosen_ones_are_asked_again_whatever_became_of_them(runs: RunRepository) -> None:
    run_id, items = await made(runs, 5)
    _, (elsewhere,) = await made(runs, 1, "other")
    await runs.fail_item(elsewhere.id, BROKEN)
    for item, state in zip(items, ItemState, strict=True):
        await put(runs, run_id, item, state)
    wanted = [elsewhere.id, 999, *(item.id for item in reversed(items))]
    queued = [item.id for item in items if item.id != items[1].id]  # the second one is being asked
    assert await runs.requeue(run_id, wanted) == queued
    states = [item.state for item in await runs.items(run_id)]
    assert states == [ItemState.QUEUED, ItemState.ASKING, *[ItemState.QUEUED] * 3]
    assert await runs.requeue(run_id, []) == []


async def test_a_run_that_was_done_is_paused_when_some_of_it_is_queued_again(runs: RunRepository) -> None:
    run_id, (item,) = await made(runs)
    for state, after in (
        (RunState.DONE, RunState.PAUSED),
        (RunState.STOPPED, RunState.STOPPED),
        (RunState.READY, RunState.READY),
    ):
        await put(runs, run_id, item, ItemState.ANSWERED)
        await runs.set_state(run_id, state)
        await runs.requeue(run_id, [item.id])
        assert (await runs.load(run_id)).state is after
    await put(runs, run_id, item, ItemState.ANSWERED)
    await runs.set_state(run_id, RunState.DONE)
    await runs.requeue(run_id)  # nothing has failed
    assert (await runs.load(run_id)).state is RunState.DONE


async def test_an_answer_that_must_fit_fails_where_a_field_has_no_value(runs: RunRepository) -> None:
    run_id, items = await made(runs, 3)
    half = answer("a", {"rust": True}, (FieldProblem("kind", ProblemKind.MISSING),))
    await runs.answer_item(items[0].id, half)
    await runs.answer_item(items[1].id, half, must_fit=True)
    await runs.answer_item(items[2].id, answer("b"), must_fit=True)
    now = await runs.items(run_id)
    assert [item.state for item in now] == [ItemState.ANSWERED, ItemState.FAILED, ItemState.ANSWERED]
    assert now[1].answer == half
    assert now[1].failure == AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)
    assert await runs.requeue(run_id) == [items[1].id]


async def test_twins_are_those_that_are_not_answered_and_known_to_hold_the_bytes(
    runs: RunRepository,
) -> None:
    run_id, items = await made(runs, 6)
    other, (elsewhere,) = await made(runs, 1, "other")
    await runs.answer_item(items[0].id, answer("abc"))
    await runs.note_content({item.id: "abc" for item in (*items[:4], elsewhere)})
    await runs.note_content({items[4].id: "xyz"})
    await runs.fail_item(items[2].id, BROKEN)
    await runs.skip([items[3].id])
    assert await runs.twins(run_id, "abc") == [items[1].id, items[2].id]
    assert await runs.twins(run_id, "xyz") == [items[4].id]
    assert await runs.twins(other, "abc") == [elsewhere.id]
    await runs.note_content({items[0].id: "xyz"})
    assert await runs.answered_with(run_id, "abc") == items[0].id  # what was answered is known


async def test_the_old_answer_stays_until_there_is_another(runs: RunRepository) -> None:
    run_id, (item,) = await made(runs)
    await runs.answer_item(item.id, answer("old", {"rust": True}))
    await runs.requeue(run_id, [item.id])
    assert (await item_of(runs, run_id, item.id)).answer == answer("old", {"rust": True})
    assert await runs.answered_with(run_id, "old") is None
    await runs.begin_item(item.id)
    assert (await item_of(runs, run_id, item.id)).answer == answer("old", {"rust": True})
    await runs.fail_item(item.id, BROKEN)
    assert (await item_of(runs, run_id, item.id)).answer == answer("old", {"rust": True})
    await runs.requeue(run_id)
    await runs.answer_item(item.id, answer("new", {"rust": False}))
    assert (await item_of(runs, run_id, item.id)).answer == answer("new", {"rust": False})
    assert await runs.answered_with(run_id, "old") is None


async def test_the_queue_tells_what_has_an_answer_already(runs: RunRepository) -> None:
    run_id, items = await made(runs, 3)
    await runs.answer_item(items[0].id, answer())
    await runs.fail_item(items[1].id, BROKEN)
    await runs.requeue(run_id, [item.id for item in items])
    queued = await runs.queued(run_id, -1, 3)
    assert [one.has_answer for one in queued] == [True, False, False]


async def test_the_queue_can_be_asked_for_certain_items_only(runs: RunRepository) -> None:
    run_id, items = await made(runs, 5)
    await put(runs, run_id, items[3], ItemState.ANSWERED)
    named = [items[4].id, items[3].id, items[1].id, 999]
    assert [one.position for one in await runs.queued(run_id, -1, 9, named)] == [1, 4]
    assert [one.position for one in await runs.queued(run_id, 1, 9, named)] == [4]
    assert [one.position for one in await runs.queued(run_id, -1, 1, named)] == [1]
    assert await runs.queued(run_id, -1, 9, []) == []


async def test_only_what_waits_or_has_failed_can_be_skipped(runs: RunRepository) -> None:
    run_id, items = await made(runs, 5)
    for item, state in zip(items, ItemState, strict=True):
        await put(runs, run_id, item, state)
    await runs.skip([item.id for item in items])
    assert [item.state for item in await runs.items(run_id)] == [
        ItemState.SKIPPED,
        ItemState.ASKING,
        ItemState.ANSWERED,
        ItemState.SKIPPED,
        ItemState.SKIPPED,
    ]


async def test_a_persons_values_and_note_outlive_every_new_answer(runs: RunRepository) -> None:
    run_id, (item,) = await made(runs)
    await runs.answer_item(item.id, answer())
    edited = {"rust": False, "kind": None, "where": [[1, 2, 3, 4]], "words": "文\n字"}
    await runs.edit({item.id: edited})
    await runs.annotate(item.id, "Looked at it 看过\ntwice")
    kept = await item_of(runs, run_id, item.id)
    assert (kept.edited, kept.note, kept.answer) == (edited, "Looked at it 看过\ntwice", answer())
    await runs.requeue(run_id, [item.id])
    await runs.answer_item(item.id, answer("new"))
    kept = await item_of(runs, run_id, item.id)
    assert (kept.edited, kept.note, kept.answer) == (edited, "Looked at it 看过\ntwice", answer("new"))
    await runs.edit({item.id: {"kind": "bolt"}})
    assert (await item_of(runs, run_id, item.id)).edited == {"kind": "bolt"}
    await runs.edit({item.id: {}})
    await runs.annotate(item.id, "")
    assert await item_of(runs, run_id, item.id) == replace(kept, edited={}, note="")


async def test_fields_of_a_run_are_found_by_the_pictures_bytes(runs: RunRepository) -> None:
    run_id, items = await made(runs, 3)
    _, (other,) = await made(runs, 1, "other")
    await runs.answer_item(items[0].id, answer("abc", {"rust": True, "width": 3}))
    await runs.answer_item(other.id, answer("abc", {"rust": False}))
    assert await runs.field_values("Bridge", "rust", "abc") is True
    assert await runs.field_values("Bridge", "width", "abc") == 3
    assert await runs.field_values("other", "rust", "abc") is False
    for unknown in (("Bridge", "depth", "abc"), ("Bridge", "rust", "xyz"), ("Tower", "rust", "abc")):
        assert await runs.field_values(*unknown) is None
    await runs.edit({items[0].id: {"rust": False}})
    assert await runs.field_values("Bridge", "rust", "abc") is False
    await runs.requeue(run_id, [items[0].id])
    assert await runs.field_values("Bridge", "rust", "abc") is None


async def test_the_state_of_a_path_is_that_in_the_newest_run_that_got_to_it(runs: RunRepository) -> None:
    _, old = await made(runs, 3)
    _, new = await made(runs, 3, "new")
    await runs.answer_item(old[0].id, answer())
    await runs.fail_item(old[1].id, BROKEN)
    await runs.fail_item(new[0].id, BROKEN)
    paths = [item.path for item in old]
    assert await runs.states_of([*paths, "/pictures/unknown.jpg"]) == {
        paths[0]: ItemState.FAILED,
        paths[1]: ItemState.FAILED,
    }
    assert await runs.states_of([]) == {}


async def test_values_of_many_items_are_set_at_once(runs: RunRepository) -> None:
    run_id, items = await made(runs, 3)
    await runs.edit({items[0].id: {"rust": False}, items[2].id: {"kind": "bolt", "rust": None}})
    now = await runs.items(run_id)
    assert [item.edited for item in now] == [{"rust": False}, {}, {"kind": "bolt", "rust": None}]


async def test_an_item_is_found_by_its_file_in_its_own_run_only(runs: RunRepository) -> None:
    first, items = await made(runs, 3)
    second, _ = await made(runs, 1, "Second")
    assert await runs.item_about(first, items[1].path) == items[1]
    assert await runs.item_about(second, items[1].path) is None
    assert await runs.item_about(first, "/elsewhere/1.jpg") is None


async def test_items_are_those_asked_for_in_the_order_of_the_run(runs: RunRepository) -> None:
    run_id, items = await made(runs, 4)
    _, (elsewhere,) = await made(runs, 1, "other")
    wanted = [items[3].id, items[1].id, items[3].id, elsewhere.id, 999]
    assert await runs.items(run_id, wanted) == [items[1], items[3]]
    assert await runs.items(run_id, []) == []
    assert await runs.items(99) == []


async def test_more_items_than_are_read_at_once(runs: RunRepository) -> None:
    run_id, items = await made(runs, 20_001)
    assert [item.position for item in items] == list(range(20_001))
    assert len(await runs.items(run_id, [item.id for item in items])) == 20_001
    assert len(await runs.requeue(run_id, [item.id for item in items])) == 20_001
    await runs.skip([item.id for item in items[:20_000]])
    assert [item.position for item in await runs.queued(run_id, -1, 99)] == [20_000]
    assert (await runs.load(run_id)).counts == RunCounts(queued=1, skipped=20_000)
