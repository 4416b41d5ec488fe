"""The turns that went last, deleted or replaced by an edit, and the offer to bring them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain.conversations import Conversation


@dataclass(frozen=True, slots=True)
class _Turns:
    conversation_id: int = 0
    ids: tuple[int, ...] = ()
    were_edited: bool = False


class RemovedTurns:
    """Offers to bring turns back while the thread that they belonged to is shown."""

    def __init__(self, offer: Callable[[int, bool], None], shown: Callable[[], int]) -> None:
        """
        Args:
            offer: shows how many turns can come back, 0 for none, and whether an edit replaced them.
            shown: the conversation that is shown now; it may be another one when a removal has ended.
        """
        self._offer = offer
        self._shown = shown
        self._last = _Turns()
        self._replacing = _Turns()

    def show(self) -> None:
        """Another thread is shown, or the same one anew."""
        is_here = self._last.conversation_id == self._shown()
        self._offer(len(self._last.ids) if is_here else 0, self._last.were_edited)

    def were_deleted(self, conversation_id: int, turn_ids: tuple[int, ...]) -> None:
        """Turns were deleted by hand."""
        self._remember(_Turns(conversation_id, turn_ids))

    def will_be_replaced(self, thread: Conversation, first: int) -> None:
        """The question `first` is asked in other words, which takes the place of all that followed it."""
        ids = tuple(turn.id for turn in thread.turns if turn.id >= first)
        self._replacing = _Turns(thread.id, ids, were_edited=True)

    def were_not_replaced(self) -> None:
        """The edit failed."""
        self._replacing = _Turns()

    def note(self, thread: Conversation) -> None:
        """A thread's turns changed: those that an edit replaces may have gone."""
        waiting = self._replacing
        if thread.id == waiting.conversation_id and all(turn.id not in waiting.ids for turn in thread.turns):
            self._replacing = _Turns()
            self._remember(waiting)

    def take(self) -> tuple[int, tuple[int, ...]]:
        """Conversation and turns that were removed last; they are not offered again."""
        last = self._last
        self._remember(_Turns())
        return last.conversation_id, last.ids

    def _remember(self, turns: _Turns) -> None:
        self._last = turns
        self.show()
