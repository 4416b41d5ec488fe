"""Runs: one form asked of many pictures. What was asked is frozen when the run is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum, auto
from pathlib import Path

from desktop_app.domain.conversations import AnswerFailure, AskOptions
from desktop_app.domain.forms.form import Form

MOST_CONCURRENT = 64
"""More in flight than this only waits inside one server."""


class RunState(StrEnum):
    """How far a run has come."""

    READY = "ready"
    """Made, or its sample is done; nothing is going on."""
    RUNNING = "running"
    PAUSED = "paused"
    """By the user, or by trouble that needs the user: then the run's failure says which."""
    WAITING = "waiting"
    """Its servers do not answer; it goes on by itself when one does."""
    DONE = "done"
    STOPPED = "stopped"
    """Ended by the user; what was not asked stays unasked unless the run is resumed."""

    @property
    def goes_on(self) -> bool:
        """Somebody works on it."""
        return self in (RunState.RUNNING, RunState.WAITING)


class RunWish(StrEnum):
    """What others want of the process that works on a run."""

    PAUSE = "pause"
    STOP = "stop"
    HEARD = "heard"
    """It does so: what is being asked is finished, and nothing more begun."""


class RestCause(Enum):
    """Why a run comes to rest though nobody wished it here."""

    PAUSED_ELSEWHERE = auto()
    STOPPED_ELSEWHERE = auto()
    LEFT_ALONE = auto()
    """The process that worked on it ended without a word."""


class ItemState(StrEnum):
    """How far one picture of a run has come."""

    QUEUED = "queued"
    ASKING = "asking"
    ANSWERED = "answered"
    FAILED = "failed"
    SKIPPED = "skipped"
    """Left out by the user."""


ALLOWED_MOVES: dict[ItemState, frozenset[ItemState]] = {
    ItemState.QUEUED: frozenset((ItemState.ASKING, ItemState.ANSWERED, ItemState.FAILED, ItemState.SKIPPED)),
    ItemState.ASKING: frozenset((ItemState.QUEUED, ItemState.ANSWERED, ItemState.FAILED)),
    ItemState.ANSWERED: frozenset((ItemState.QUEUED,)),
    ItemState.FAILED: frozenset((ItemState.QUEUED, ItemState.SKIPPED)),
    ItemState.SKIPPED: frozenset((ItemState.QUEUED,)),
}
"""From queued straight to answered: identical bytes were answered already. To failed: it cannot be opened."""


class AskingMethod(StrEnum):
    """How answers get their shape."""

    PLAIN = "plain"
    """A plain prompt; any text is an answer."""
    SCHEMA = "schema"
    """The server enforces the form's JSON schema."""
    PROMPTED = "prompted"
    """The server refuses or ignores schemas; the prompt alone asks for JSON."""


@dataclass(frozen=True, slots=True)
class RunServer:
    """One of the servers that serve a run.

    Attributes:
        name: of the profile, or the address when there is none.
        base_url: API root.
        model: id of the vision model; "" for the first one it has, until it has been asked.
        allow_outside: as in the profile at that time.
        family: name of the vision family, "" to guess it.
    """

    name: str
    base_url: str
    model: str
    allow_outside: bool = False
    family: str = ""


@dataclass(frozen=True, slots=True)
class RestingServer:
    """A server that is not asked for now, while others are.

    Attributes:
        name: as in the run.
        failure: why not.
    """

    name: str
    failure: AnswerFailure


@dataclass(frozen=True, slots=True)
class RunScope:
    """Where the pictures came from, told beside the run; the list itself is frozen into its items.

    Attributes:
        folder: the folder, or the folder that all have in common.
        recursive: folders below it too.
        match: pattern or filter text, "" for all.
        source: "folder", "filter", "selection" or "list".
    """

    folder: Path
    recursive: bool = False
    match: str = ""
    source: str = "folder"


@dataclass(frozen=True, slots=True)
class RunPlan:
    """Everything that decides the answers of a run; never changed once it is made.

    Attributes:
        name: unique in the library.
        form: fields, instructions and version.
        options: system prompt, temperature, tokens.
        servers: one or more; requests go to the least busy one.
        scope: where the pictures came from.
        program_version: of Lightdesk.
        concurrency: most requests in flight at a server.
    """

    name: str
    form: Form
    options: AskOptions
    servers: tuple[RunServer, ...]
    scope: RunScope
    program_version: str
    concurrency: int = MOST_CONCURRENT


@dataclass(frozen=True, slots=True)
class RunCounts:
    """Pictures of a run by state, and what they cost.

    Attributes:
        shared: how many of the answered ones got the answer of a picture with identical bytes.
        prompt_tokens, completion_tokens: of all answers, those that others took the place of too.
    """

    queued: int = 0
    asking: int = 0
    answered: int = 0
    failed: int = 0
    skipped: int = 0
    shared: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def total(self) -> int:
        return self.queued + self.asking + self.answered + self.failed + self.skipped

    @property
    def left(self) -> int:
        return self.queued + self.asking

    @property
    def done(self) -> int:
        return self.answered + self.failed + self.skipped

    @property
    def asked(self) -> int:
        """Those that were not merely left out."""
        return self.answered + self.failed


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the rest of a run will take; after a small sample the true time is rather shorter, because a
    server that gets more at once does more.
    """

    seconds: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands.

    Attributes:
        id: key in the store.
        state: what is going on.
        created: when it was made.
        counts: its pictures by state.
        method: None until the first answer has shown what its servers can do.
        failure: why it is paused or waiting, None otherwise.
        worked_s: seconds it was worked on so far, without what is going on now.
        is_elsewhere: another process is working on it.
        wish: what is wanted of that process.
    """

    id: int
    plan: RunPlan
    state: RunState
    created: datetime
    counts: RunCounts = field(default_factory=RunCounts)
    method: AskingMethod | None = None
    failure: AnswerFailure | None = None
    worked_s: float = 0.0
    is_elsewhere: bool = False
    wish: RunWish | None = None

    @property
    def identity(self) -> tuple[int, datetime]:
        """What tells it from every other run; the id alone may be that of one deleted since."""
        return self.id, self.created

    @property
    def estimate(self) -> Estimate | None:
        """What the rest will take, going by what is done; None before anything is."""
        asked = self.counts.answered - self.counts.shared + self.counts.failed
        if not asked or not self.counts.left or not self.worked_s:
            return None
        share = self.counts.left / asked
        tokens = self.counts.prompt_tokens + self.counts.completion_tokens
        return Estimate(self.worked_s * share, round(tokens * share))
