"""How many requests a server gets at the same time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.runs.concurrency import FIRST, Concurrency

steps = st.lists(
    st.one_of(
        st.floats(0.001, 100.0).map(lambda seconds: ("answered", seconds)),
        st.just(("overloaded", 0.0)),
        st.just(("lost", 0.0)),
        st.just(("begin", 0.0)),
    ),
    max_size=200,
)


def fill(limit: Concurrency) -> None:
    while limit.has_room:
        limit.begin()


def play(limit: Concurrency, rounds: int, seconds: float = 1.0) -> None:
    """So many rounds of a server kept as busy as is allowed."""
    for _ in range(rounds):
        fill(limit)
        for _ in range(limit.in_flight):
            limit.answered(seconds)
            limit.end()
            if limit.has_room:
                limit.begin()


@given(st.integers(1, 100), steps)
def test_the_limit_stays_between_one_and_the_users_cap(most: int, steps: list[tuple[str, float]]) -> None:
    limit = Concurrency(most)
    for step, seconds in steps:
        match step:
            case "answered":
                limit.answered(seconds)
            case "overloaded":
                limit.overloaded()
            case "lost":
                limit.lost()
            case "begin" if limit.has_room:
                limit.begin()
        assert 1 <= limit.limit <= most
        assert limit.has_room == (limit.in_flight < limit.limit)


@given(st.integers(1, 100))
def test_it_begins_with_eight_or_the_users_cap(most: int) -> None:
    assert Concurrency(most).limit == min(FIRST, most)


@given(st.integers(1, 40), st.floats(0.01, 60.0))
def test_it_grows_by_about_one_a_round(rounds: int, seconds: float) -> None:
    limit = Concurrency(1000)
    play(limit, rounds, seconds)
    assert FIRST + 0.9 * rounds - 1 <= limit.limit <= FIRST + rounds


def test_a_limit_that_is_not_used_does_not_grow() -> None:
    limit = Concurrency(64)
    limit.begin()
    for _ in range(500):
        limit.answered(1.0)
    assert limit.limit == FIRST


def test_trouble_halves_it_once_a_round() -> None:
    limit = Concurrency(64)
    play(limit, 10)
    before = limit.limit
    for _ in range(before):  # all that were in flight tell of the same trouble
        limit.overloaded()
    assert limit.limit == before // 2
    play(limit, 1)
    limit.overloaded()
    assert limit.limit <= before // 4 + 1


def test_a_server_that_queues_loses_a_fifth_a_round() -> None:
    limit = Concurrency(64)
    play(limit, 10, 1.0)
    before = limit.limit
    play(limit, 2, 20.0)
    assert 0.5 * before <= limit.limit < before


def test_questions_that_take_longer_from_now_on_do_not_end_at_one_request() -> None:
    limit = Concurrency(64)
    play(limit, 20, 0.1)
    play(limit, 200, 5.0)
    assert limit.limit == 64


@given(st.integers(0, 60))
def test_a_server_that_went_away_starts_with_one_and_gains_half_of_what_it_had_quickly(rounds: int) -> None:
    limit = Concurrency(64)
    play(limit, rounds)
    before = limit.limit
    limit.lost()
    assert limit.limit == 1
    play(limit, 6)
    assert before // 2 - 1 <= limit.limit <= before + 1


def test_a_server_lost_again_at_once_still_knows_what_it_had() -> None:
    limit = Concurrency(64)
    play(limit, 30)
    before = limit.limit
    for _ in range(5):
        limit.lost()
    play(limit, 7)
    assert limit.limit >= before // 2 - 1


def test_requests_in_flight_are_counted() -> None:
    limit = Concurrency(2)
    limit.begin()
    assert (limit.in_flight, limit.has_room) == (1, True)
    limit.begin()
    assert (limit.in_flight, limit.has_room) == (2, False)
    limit.end()
    assert limit.has_room


@pytest.mark.parametrize("most", [1, 2, 64])
def test_one_request_is_always_allowed(most: int) -> None:
    limit = Concurrency(most)
    for _ in range(100):
        limit.overloaded()
        limit.answered(1.0)
    assert limit.limit >= 1
    assert limit.has_room
