"""How far a run is, and how long the rest takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.runs.run import ALLOWED_MOVES, ItemState, Run, RunCounts, RunState
from desktop_app.services.runs.progress import WINDOW_S, ProgressMeter
from tests.fakes.clock import Clock
from tests.fakes.made_runs import plan

RUN = Run(1, plan(), RunState.RUNNING, datetime(2026, 1, 1, tzinfo=UTC), RunCounts(queued=100))


def answer(meter: ProgressMeter) -> None:
    meter.moved(ItemState.QUEUED, ItemState.ASKING)
    meter.moved(ItemState.ASKING, ItemState.ANSWERED, prompt_tokens=10, completion_tokens=2)


@given(st.lists(st.tuples(st.sampled_from(ItemState), st.integers(0, 4), st.booleans()), max_size=60))
def test_the_sum_stays_the_same_whatever_moves(moves: list[tuple[ItemState, int, bool]]) -> None:
    meter = ProgressMeter(replace(RUN, counts=RunCounts(50, 50, 50, 50, 50)))
    for before, pick, shared in moves:
        after = sorted(ALLOWED_MOVES[before])[pick % len(ALLOWED_MOVES[before])]
        meter.moved(before, after, shared)
    counts = meter.run.counts
    assert counts.total == 250
    assert counts.shared == sum(shared for _, _, shared in moves)


def test_tokens_add_up() -> None:
    meter = ProgressMeter(RUN)
    for _ in range(7):
        answer(meter)
    counts = meter.run.counts
    assert (counts.queued, counts.asking, counts.answered) == (93, 0, 7)
    assert (counts.prompt_tokens, counts.completion_tokens) == (70, 14)


def test_the_pace_is_unknown_until_two_are_finished() -> None:
    clock = Clock(50.0)
    meter = ProgressMeter(RUN, clock)
    clock.now += 10
    answer(meter)
    assert meter.progress().per_minute is None
    assert meter.progress().seconds_left is None
    answer(meter)
    assert meter.progress().per_minute == pytest.approx(12)
    assert meter.progress().seconds_left == pytest.approx(98 * 5)


def test_the_pace_is_that_of_the_last_minute() -> None:
    clock = Clock(50.0)
    meter = ProgressMeter(RUN, clock)
    for _ in range(60):
        clock.now += 1
        answer(meter)
    assert meter.progress().per_minute == pytest.approx(60)
    for _ in range(12):
        clock.now += 10
        answer(meter)
    slow = meter.progress().per_minute
    assert slow is not None
    assert 6 <= slow <= 7
    clock.now += 2 * WINDOW_S
    assert meter.progress().per_minute is None


def test_a_run_that_is_done_has_no_time_left() -> None:
    clock = Clock(50.0)
    meter = ProgressMeter(replace(RUN, counts=RunCounts(queued=3)), clock)
    for _ in range(3):
        clock.now += 1
        answer(meter)
    assert meter.progress().seconds_left == 0


def test_a_recount_counts_and_a_new_state_keeps_the_counts() -> None:
    meter = ProgressMeter(RUN)
    answer(meter)
    meter.update(replace(RUN, state=RunState.PAUSED))
    assert (meter.run.state, meter.run.counts.answered) == (RunState.PAUSED, 1)
    meter.recount(RunCounts(queued=1, skipped=99))
    assert (meter.run.state, meter.run.counts.skipped) == (RunState.PAUSED, 99)


def test_the_time_left_is_that_of_the_pictures_asked_about_now() -> None:
    clock = Clock()
    meter = ProgressMeter(RUN, clock)
    clock.now += 10
    answer(meter)
    answer(meter)
    assert meter.progress(3).seconds_left == pytest.approx(15)
    assert meter.progress(0).seconds_left == 0
