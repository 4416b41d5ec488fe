"""Which answer's marks stand on the picture: the one that is read now."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.conversations import Conversation, Turn
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.ui.conversation.protocols import RUN_ANSWER, Pictures


class FrontAnswer:
    """Whoever goes through a run looks for its boxes first; else the newest turn is in front. The others come
    when somebody points at them.

    Attributes:
        turn_id: of the turn in front; `RUN_ANSWER` for what a run answered, 0 for nobody.
    """

    def __init__(self, on_evidence: Callable[[Pictures, tuple[Evidence, ...]], None]) -> None:
        """`on_evidence`: told the marked places of the answer in front and the pictures they count in."""
        self._on_evidence = on_evidence
        self._thread = Conversation(0, ())
        self._run: RunAnswer | None = None
        self._told: tuple[Pictures, tuple[Evidence, ...]] | None = None
        self.turn_id = 0

    def show(self, thread: Conversation, run: RunAnswer | None, begin_anew: bool) -> None:
        """The thread as it is now, and the run's answer about its picture; a new turn comes to the front.

        Args:
            begin_anew: it is another thread than before.
        """
        known = {turn.id for turn in self._thread.turns}
        before, now = self._run.evidence if self._run else (), run.evidence if run else ()
        self._thread, self._run = thread, run
        # Boxes that have just come or been changed are what somebody wants to see.
        if begin_anew or before != now:
            self.turn_id = RUN_ANSWER if now else self._newest
        elif any(turn.id not in known for turn in thread.turns) or not self._is_there:
            self.turn_id = self._newest
        if begin_anew:
            self._told = None  # whoever draws the marks may have taken them away meanwhile
        self.tell()

    def keep(self, thread: Conversation) -> None:
        """An answer of the thread has changed; whoever shows it tells its marks."""
        self._thread = thread

    def bring(self, turn_id: int) -> None:
        """Somebody points at a mark of this answer."""
        if turn_id != self.turn_id:
            self.turn_id = turn_id
            self.tell()

    def tell(self, evidence: tuple[Evidence, ...] | None = None) -> None:
        """Tell the marks once; `evidence` where an answer changes before its thread does."""
        now = (self._thread.pictures, self._evidence if evidence is None else evidence)
        if now != self._told:
            self._told = now
            self._on_evidence(*now)

    @property
    def _evidence(self) -> tuple[Evidence, ...]:
        if self.turn_id == RUN_ANSWER:
            return self._run.evidence if self._run is not None else ()
        turn = self._turn
        answer = turn.answer if turn is not None else None
        return answer.evidence if answer is not None else ()

    @property
    def _turn(self) -> Turn | None:
        return self._thread.turn(self.turn_id)

    @property
    def _is_there(self) -> bool:
        return self.turn_id == RUN_ANSWER or self._turn is not None

    @property
    def _newest(self) -> int:
        return self._thread.turns[-1].id if self._thread.turns else 0
