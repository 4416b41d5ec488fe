"""One run while a command works on it: shown on standard error, and brought to rest when it is to end."""

from __future__ import annotations

from desktop_app.cli.endings import Ending
from desktop_app.cli.output import INTERRUPTED, tell
from desktop_app.cli.run_progress import Goal, shown_on_stderr
from desktop_app.cli.run_words import counted
from desktop_app.composition.core import Core
from desktop_app.domain.runs.run import RestCause, Run
from desktop_app.services.runs.progress import RunProgress


class Sitting:
    """Lives on one event loop.

    Attributes:
        exit_code: when the command was asked to end, as in `Ending`; another program that has the run end is
            a person who interrupts it.
    """

    def __init__(self, core: Core, run_id: int, goal: Goal) -> None:
        self._at_work = core.runs_at_work
        self._run_id = run_id
        self._shown = shown_on_stderr(goal)
        self._ending = Ending()
        self._unsaved: tuple[str, ...] = ()
        self._cause: RestCause | None = None
        self._is_paused = self._is_told = False

    @property
    def exit_code(self) -> int | None:
        by_signal = self._ending.exit_code
        return INTERRUPTED if by_signal is None and self._cause is not None else by_signal

    async def work(self, most: int | None) -> Run:
        """Ask about what is queued, `most` pictures or all; returns the run as it came to rest.

        Raises:
            AppError: RUN_IN_USE, or when the library cannot be written.
        """
        stop = self._at_work.watch(self._show)
        try:
            with self._ending.acts(self._end):
                return await self._at_work.work(self._run_id, most)
        finally:
            stop()
            self._shown.close()
            self._tell_lost()

    def _end(self) -> None:
        """At every signal. Somebody at a terminal may make room for answers that have none; a system that
        ends the program does not wait.
        """
        if not self._at_work.is_working(self._run_id):
            return
        if self._is_paused or self.exit_code != INTERRUPTED:
            self._at_work.give_up_answers(self._run_id)
        self._at_work.pause(self._run_id, at_once=True)
        self._is_paused = True

    def _show(self, progress: RunProgress) -> None:
        if progress.run.id != self._run_id:
            return
        self._unsaved = progress.unsaved
        self._shown.show(progress)
        if progress.cause is not self._cause:
            self._cause = progress.cause
            self._shown.say(_told_to_end(progress))
        if self._ending.exit_code is not None and not self._is_paused:  # it came before the work had begun
            self._end()
        elif self._is_paused and self._unsaved and not self._is_told and self.exit_code == INTERRUPTED:
            self._is_told = True
            self._shown.say(
                f"{counted(len(self._unsaved), 'answer')} cannot be kept yet. Make room and wait, or press "
                "Ctrl+C again to give them up."
            )

    def _tell_lost(self) -> None:
        if self._unsaved:
            lost = ", ".join(sorted(self._unsaved))
            tell(f"Lost: {counted(len(self._unsaved), 'answer')} that could not be kept, about {lost}.")
            tell("These pictures are asked about again when the run goes on.")


def _told_to_end(progress: RunProgress) -> str:
    """What another program did, and what is still to come."""
    done = "Stopped" if progress.cause is RestCause.STOPPED_ELSEWHERE else "Paused"
    words = f"{done} from another window or command."
    if not progress.in_flight:
        return words
    asked = counted(progress.in_flight, "picture is", "pictures are")
    return f"{words} {asked} still being asked about; Ctrl+C gives that up."
