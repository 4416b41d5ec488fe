"""What the open run holds of the picture that is looked at: looked up, and shown above the thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.ui.conversation.protocols import FindRunAnswer, Pictures


class LookedUp(NamedTuple):
    """Attributes:
    number: how many look-ups were begun by then.
    answer: None where the run holds nothing of the picture.
    """

    number: int
    answer: RunAnswer | None


class ShownRunAnswer:
    """Of several look-ups at once the one begun last counts: a person may change the answer of a picture
    while all that belongs to the picture is still being looked for."""

    def __init__(self, find: FindRunAnswer, show: Callable[[RunAnswer | None], None]) -> None:
        self._find = find
        self._show = show
        self._begun = 0
        self._now = LookedUp(0, None)

    @property
    def now(self) -> RunAnswer | None:
        """The one on the screen."""
        return self._now.answer

    async def look_up(self, pictures: Pictures) -> LookedUp:
        """Runs ask about one picture at a time; of several they hold nothing."""
        self._begun += 1
        number = self._begun
        if len(pictures) != 1:
            return LookedUp(number, None)
        try:
            return LookedUp(number, await self._find(pictures[0]))
        except AppError:
            return LookedUp(number, None)  # an unreadable library is told by the thread that is in it too

    def show(self, found: LookedUp) -> bool:
        """Show it unless one looked up later is shown already; whether it is another one than before."""
        if found.number < self._now.number:
            return False
        is_other = found.answer != self._now.answer
        self._now = found
        if is_other:
            self._show(found.answer)
        return is_other
