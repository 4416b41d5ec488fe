"""How a run's figures read."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.domain.runs.run import AskingMethod, RestCause, Run, RunState, RunWish
from desktop_app.ui.runs.run_status import RunStatus

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class RunWords(QObject):
    """Wording only; everything is told from the run itself."""

    def state(self, status: RunStatus) -> str:
        """One or two words for what is going on."""
        run = status.run
        if run.is_elsewhere and run.wish is not RunWish.HEARD:
            return self._elsewhere(run.wish)
        if status.is_ending:
            return self._finishing(status.in_flight)
        match run.state:
            case RunState.RUNNING:
                return self.tr("working")
            case RunState.WAITING:
                return self.tr("waiting for the server")
            case RunState.PAUSED:
                return self.tr("paused")
            case RunState.STOPPED:
                return self.tr("stopped")
            case RunState.DONE:
                return self.tr("done")
            case RunState.READY:
                return self.tr("sample done") if run.counts.asked else self.tr("not started")

    def _finishing(self, in_flight: int) -> str:
        match in_flight:
            case 0:
                return self.tr("finishing…")
            case 1:
                return self.tr("finishing, 1 answer still to come")
            case _:
                return self.tr("finishing, {count} answers still to come").format(count=in_flight)

    def _elsewhere(self, wish: RunWish | None) -> str:
        """Of a run in another program, which has heard nothing."""
        match wish:
            case RunWish.PAUSE:
                return self.tr("told to pause…")
            case RunWish.STOP:
                return self.tr("told to stop…")
            case _:
                return self.tr("in another program")

    def count(self, status: RunStatus) -> str:
        """How many of how many are done, and how many of these failed."""
        counts = status.run.counts
        words = self.tr("{done} of {total}").format(done=f"{counts.done:,}", total=f"{counts.total:,}")
        if counts.failed:
            words += " · " + self.tr("{count} failed").format(count=f"{counts.failed:,}")
        return words

    def pace(self, status: RunStatus) -> str:
        """Pictures per minute and the time left; "" while nothing goes on."""
        parts = []
        if status.per_minute is not None:
            parts.append(self.tr("{count}/min").format(count=f"{status.per_minute:,.0f}"))
        if status.seconds_left is not None and status.run.counts.left:
            parts.append(self.tr("{time} left").format(time=self.time(status.seconds_left)))
        return " · ".join(parts)

    def tokens(self, status: RunStatus) -> str:
        """Tokens so far, and how many answers cost none."""
        counts = status.run.counts
        parts = []
        if counts.prompt_tokens or counts.completion_tokens:
            parts.append(
                self.tr("{sent} tokens in, {got} out").format(
                    sent=self.number(counts.prompt_tokens), got=self.number(counts.completion_tokens)
                )
            )
        if counts.shared:
            parts.append(self.tr("{count} shared with identical pictures").format(count=f"{counts.shared:,}"))
        if status.run.method is AskingMethod.PROMPTED:
            parts.append(self.tr("the server enforces no form; the prompt asks for it"))
        return " · ".join(parts)

    def remark(self, status: RunStatus) -> str:
        """A sentence or two: who works on it, why nobody does, and what the rest will take."""
        if status.does_not_react:
            return self.tr(
                "The other window or command does not react. It may be very busy, or hang: if it does, end "
                "that program, and the run can go on here. Every answer is kept."
            )
        if status.run.is_elsewhere:
            return self.tr(
                "Another window or command works on this run. Its answers appear here as they come."
            )
        why, rest = self._why(status), self._rest(status.run)
        return self.tr("{why} {rest}").format(why=why, rest=rest) if why and rest else why or rest

    def _why(self, status: RunStatus) -> str:
        """Why it came to rest though nobody wished it here."""
        if status.run.state not in (RunState.PAUSED, RunState.STOPPED):
            return ""
        match status.cause:
            case RestCause.PAUSED_ELSEWHERE:
                return self.tr("It was paused from another window or command.")
            case RestCause.STOPPED_ELSEWHERE:
                return self.tr("It was stopped from another window or command.")
            case RestCause.LEFT_ALONE:
                return self.tr("The program that worked on it has ended. What it was asking is asked again.")
            case None:
                return ""

    def _rest(self, run: Run) -> str:
        if run.state not in (RunState.READY, RunState.PAUSED) or run.estimate is None:
            return ""
        return self.tr("The rest takes about {time} at most, and {tokens} tokens.").format(
            time=self.time(run.estimate.seconds), tokens=self.number(run.estimate.tokens)
        )

    def time(self, seconds: float) -> str:
        """A duration, no finer than a person wants it."""
        if seconds < _MINUTE:
            return self.tr("{count} s").format(count=max(1, round(seconds)))
        if seconds < _HOUR:
            return self.tr("{count} min").format(count=round(seconds / _MINUTE))
        if seconds < _DAY:
            hours, rest = divmod(round(seconds / _MINUTE), 60)
            return self.tr("{hours} h {minutes} min").format(hours=hours, minutes=rest)
        return self.tr("{count} days").format(count=f"{seconds / _DAY:.1f}")

    def number(self, number: int) -> str:
        """Up to 9,999 exactly, then in thousands or millions."""
        if number < 10_000:
            return f"{number:,}"
        if number < 1_000_000:
            return f"{number / 1000:,.0f}k"
        return f"{number / 1_000_000:,.1f}M"
