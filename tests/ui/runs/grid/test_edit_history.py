"""Steps taken back and done again."""

from __future__ import annotations

from desktop_app.ui.runs.grid.edit_history import MOST, ByHand, Change, EditHistory

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


def test_the_oldest_steps_are_given_up() -> None:
    history = EditHistory()
    for _ in range(MOST + 5):
        history.add(SECOND)
    taken = 0
    while history.undo():
        taken += 1
    assert taken == MOST
