"""How each run of the list stands: what was heard of it last, and what was wished of it in this window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.domain.runs.run import RestCause, Run
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.runs.run_status import RunStatus


class KnownRuns:
    """In the order of the list."""

    def __init__(self, is_working: Callable[[int], bool]) -> None:
        """`is_working`: whether this window works on a run."""
        self._is_working = is_working
        self._statuses: dict[int, RunStatus] = {}
        self._ending: set[int] = set()
        self._samples: dict[int, int] = {}
        self._causes: dict[int, RestCause] = {}

    def statuses(self) -> list[RunStatus]:
        return list(self._statuses.values())

    def get(self, run_id: int | None) -> RunStatus | None:
        return None if run_id is None else self._statuses.get(run_id)

    def renew(self, runs: Sequence[Run]) -> set[int]:
        """These are all there are; returns the numbers of those that are gone."""
        before = self._statuses
        self._statuses = {run.id: self._status(run, before.get(run.id)) for run in runs}
        return {run_id for run_id, status in before.items() if not self._is_there(status.run)}

    def note(self, run: Run) -> RunStatus:
        """So it is in the library; what was heard of its pace still holds while somebody works on it."""
        status = self._statuses[run.id] = self._status(run, self._statuses.get(run.id))
        return status

    def heard(self, progress: RunProgress) -> None:
        """Whoever works on it told how far it is."""
        if progress.cause is not None:
            self._causes[progress.run.id] = progress.cause
        elif self._is_working(progress.run.id) or progress.run.is_elsewhere:
            self._causes.pop(progress.run.id, None)  # it goes on again
        self._statuses[progress.run.id] = self._status(progress.run, progress)

    def wish_sample(self, run_id: int, size: int) -> None:
        """So many pictures were to be asked about first."""
        self._samples[run_id] = size

    def sample_left(self, run: Run) -> int:
        """How many of its sample are left."""
        wanted = self._samples.get(run.id, 0)
        return max(0, min(wanted - run.counts.done, run.counts.left))

    def wish_end(self, run_id: int) -> None:
        """It was told to pause or to stop."""
        self._ending.add(run_id)

    def ended(self, run_id: int) -> None:
        """Nothing of it is asked here any more."""
        self._ending.discard(run_id)

    def settled(self, run: Run) -> None:
        """So it came to rest."""
        if not self.sample_left(run):
            self._samples.pop(run.id, None)
        self.note(run)

    def _status(self, run: Run, heard: RunStatus | RunProgress | None) -> RunStatus:
        is_here, cause = self._is_working(run.id), self._causes.get(run.id)
        is_told = run.wish is not None or (is_here and (run.id in self._ending or cause is not None))
        status = RunStatus(run, is_here=is_here, is_ending=is_told, cause=cause)
        if heard is None or not (is_here or run.is_elsewhere):
            return replace(status, sample_left=self.sample_left(run))
        return replace(
            status,
            per_minute=heard.per_minute,
            seconds_left=heard.seconds_left,
            in_flight=heard.in_flight,
            resting=heard.resting if is_here else (),
            does_not_react=heard.does_not_react and run.wish is not None,
        )

    def _is_there(self, run: Run) -> bool:
        status = self._statuses.get(run.id)
        return status is not None and status.run.identity == run.identity
