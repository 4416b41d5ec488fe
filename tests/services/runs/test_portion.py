"""Which of the queued pictures are asked about."""

from __future__ import annotations

from functools import partial

from desktop_app.services.runs.portion import Portion


def test_all_that_is_queued_stays_all_whoever_joins() -> None:
    portion = Portion()
    portion.join([3])
    assert portion.item_ids is None


def test_those_that_join_are_asked_with_the_others() -> None:
    portion = Portion([1, 2])
    portion.join([2, 5])
    assert sorted(portion.item_ids or ()) == [1, 2, 5]


def test_the_queue_is_walked_over_until_nothing_has_joined_since() -> None:
    portion = Portion([1])
    wanted = [portion.is_to_be_walked]
    for step in (portion.walked, partial(portion.join, [2]), portion.walked, portion.walk_again):
        step()
        wanted.append(portion.is_to_be_walked)
    assert wanted == [True, False, True, False, True]


def test_what_is_left_counts_those_that_were_named_and_are_not_finished() -> None:
    assert Portion().left is None
    portion = Portion([1, 2, 3])
    portion.finished(2)
    portion.finished(9)
    assert portion.left == 2
    portion.join([2, 4])
    assert portion.left == 4


def test_those_to_come_first_are_told_once() -> None:
    portion = Portion()
    portion.join([1, 2], first=True)
    portion.join([3])
    assert sorted(portion.take_first()) == [1, 2]
    assert not portion.take_first()
