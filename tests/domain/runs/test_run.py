from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.runs.run import ALLOWED_MOVES, ItemState, RunCounts

DONE = (ItemState.ANSWERED, ItemState.FAILED, ItemState.SKIPPED)


def test_every_state_can_be_left_and_none_for_itself() -> None:
    assert set(ALLOWED_MOVES) == set(ItemState)
    for state, moves in ALLOWED_MOVES.items():
        assert moves
        assert state not in moves


@pytest.mark.parametrize("state", DONE)
def test_what_is_done_can_be_asked_again_but_only_by_way_of_the_queue(state: ItemState) -> None:
    assert ItemState.QUEUED in ALLOWED_MOVES[state]
    assert ItemState.ASKING not in ALLOWED_MOVES[state]


def test_an_answer_is_replaced_only_by_asking_again() -> None:
    assert ALLOWED_MOVES[ItemState.ANSWERED] == {ItemState.QUEUED}


def test_what_is_being_asked_is_not_left_out_under_way() -> None:
    assert ItemState.SKIPPED not in ALLOWED_MOVES[ItemState.ASKING]


NUMBERS = st.integers(0, 10**9)


@given(st.builds(RunCounts, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS))
def test_every_picture_is_either_left_or_done(counts: RunCounts) -> None:
    assert counts.left + counts.done == counts.total
    assert counts.total == sum(getattr(counts, state.value) for state in ItemState)


def test_shared_answers_are_no_pictures_of_their_own() -> None:
    counts = RunCounts(answered=3, shared=2, prompt_tokens=100, completion_tokens=10)
    assert (counts.total, counts.done, counts.left) == (3, 3, 0)
