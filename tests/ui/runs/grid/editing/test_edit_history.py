"""Steps taken back and done again."""

from __future__ import annotations

import pytest

from desktop_app.ui.runs.grid.editing.edit_history import MOST, ByHand, Change, EditHistory

FIRST = (Change(1, "rust", None, ByHand(True)), Change(2, "rust", ByHand(False), ByHand(True)))
SECOND = (Change(1, "rust", ByHand(True), ByHand(False)),)


def test_steps_are_taken_back_from_the_last_one_and_done_again_from_the_first() -> None:
    history = EditHistory()
    history.add(FIRST)
    history.add(SECOND)
    assert (history.undo(), history.undo(), history.undo()) == (SECOND, FIRST, ())
    assert (history.redo(), history.redo(), history.redo()) == (FIRST, SECOND, ())


def test_a_change_is_reversed() -> None:
    assert FIRST[0].reversed == Change(1, "rust", ByHand(True), None)


def test_a_new_step_ends_what_could_be_done_again() -> None:
    history = EditHistory()
    history.add(FIRST)
    history.undo()
    history.add(SECOND)
    assert history.redo() == ()
    assert history.can_undo


@pytest.mark.parametrize("count", [0, 1])
def test_a_step_that_was_taken_back_in_part_is_two(count: int) -> None:
    history = EditHistory()
    history.add(FIRST)
    history.divide(history.undo(), count)
    assert history.undo() == FIRST[count:]
    assert [step for step in (history.redo(), history.redo()) if step] == [FIRST[count:], FIRST[:count]][
        : count + 1
    ]


def test_a_step_that_was_done_again_in_part_is_two() -> None:
    history = EditHistory()
    history.add(FIRST)
    history.undo()
    history.divide(history.redo(), 1)
    assert (history.redo(), history.undo(), history.undo()) == (FIRST[1:], FIRST[1:], FIRST[:1])


def test_nothing_is_left_of_a_step_that_was_forgotten_meanwhile() -> None:
    history = EditHistory()
    history.add(FIRST)
    step = history.undo()
    history.forget()
    history.divide(step, 1)
    assert (history.undo(), history.redo()) == ((), ())


def test_the_oldest_steps_are_given_up() -> None:
    history = EditHistory()
    for _ in range(MOST + 5):
        history.add(SECOND)
    taken = 0
    while history.undo():
        taken += 1
    assert taken == MOST
