from __future__ import annotations

from desktop_app.domain.conversations import AskOptions, Conversation, Turn
from desktop_app.ui.conversation.removed_turns import RemovedTurns


class Pane:
    """Which thread is shown, and what it offers to bring back."""

    def __init__(self) -> None:
        self.shown = 1
        self.offered = (0, False)
        self.removed = RemovedTurns(self.offer, lambda: self.shown)

    def offer(self, count: int, were_edited: bool) -> None:
        self.offered = count, were_edited

    def show(self, conversation_id: int) -> None:
        self.shown = conversation_id
        self.removed.show()


def thread(conversation_id: int, *turn_ids: int) -> Conversation:
    return Conversation(conversation_id, (), tuple(Turn(one, "What?", AskOptions()) for one in turn_ids))


def test_deleted_turns_are_offered_with_their_thread_alone() -> None:
    pane = Pane()
    pane.removed.were_deleted(1, (4, 5))
    assert pane.offered == (2, False)
    pane.show(2)
    assert pane.offered[0] == 0
    pane.show(1)
    assert pane.offered == (2, False)


def test_what_ends_while_another_thread_is_shown_is_not_offered_there() -> None:
    pane = Pane()
    pane.show(2)
    pane.removed.were_deleted(1, (4,))
    assert pane.offered[0] == 0


def test_what_was_taken_back_is_not_offered_again() -> None:
    pane = Pane()
    pane.removed.were_deleted(1, (4, 5))
    assert pane.removed.take() == (1, (4, 5))
    assert pane.offered[0] == 0
    assert pane.removed.take() == (0, ())


def test_an_edit_is_offered_once_all_that_it_replaces_has_gone() -> None:
    pane = Pane()
    pane.removed.will_be_replaced(thread(1, 4, 5, 6), first=5)
    pane.removed.note(thread(1, 4, 5))
    assert pane.offered[0] == 0
    pane.removed.note(thread(2, 9))
    assert pane.offered[0] == 0
    pane.removed.note(thread(1, 4, 7))
    assert pane.offered == (2, True)
    assert pane.removed.take() == (1, (5, 6))


def test_an_edit_that_failed_offers_nothing_later() -> None:
    pane = Pane()
    pane.removed.will_be_replaced(thread(1, 4, 5), first=5)
    pane.removed.were_not_replaced()
    pane.removed.note(thread(1, 4))
    assert pane.offered[0] == 0
