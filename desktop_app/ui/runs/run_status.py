"""What the runs area shows of a run."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.runs.run import RestCause, RestingServer, Run


@dataclass(frozen=True, slots=True)
class RunStatus:
    """A run as it stands now.

    Attributes:
        per_minute: pictures finished per minute, None while it cannot be told or nothing goes on.
        seconds_left: until it is done, None while it cannot be told.
        in_flight: requests at its servers.
        is_here: this window works on it.
        is_ending: it was told to pause or stop, here or elsewhere, and finishes what it is asking.
        resting: servers that it does without for now.
        sample_left: how many of a sample are left that was begun here and broke off.
        cause: why it came to rest though nobody wished it here.
        does_not_react: its other program should have heard by now that it is to end.
    """

    run: Run
    per_minute: float | None = None
    seconds_left: float | None = None
    in_flight: int = 0
    is_here: bool = False
    is_ending: bool = False
    resting: tuple[RestingServer, ...] = ()
    sample_left: int = 0
    cause: RestCause | None = None
    does_not_react: bool = False

    @property
    def can_be_paused(self) -> bool:
        """Here, or by telling the program that works on it. One that only writes into it ends by itself."""
        return self.is_here or (self.run.is_elsewhere and self.run.state.goes_on)
