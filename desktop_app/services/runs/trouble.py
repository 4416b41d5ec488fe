"""What an error means for a run: try again, rest the server, fail the picture, or pause for the user."""

from __future__ import annotations

import random
from enum import Enum, auto

from desktop_app.domain.errors import AppError, ErrorCode


class Trouble(Enum):
    """What to do."""

    SERVER_GONE = auto()
    """The server does not answer: rest it, ask about the picture again later, never blame the picture."""
    OVERLOADED = auto()
    """Try again after a while, with fewer requests at once; a server that stays like this is rested."""
    BROKEN = auto()
    """The request itself may be at fault: try again a few times, then the picture has failed."""
    PICTURE = auto()
    """Trying again would bring the same: the picture has failed."""
    SERVER_UNUSABLE = auto()
    """The server refuses every picture until the user changes something: do without it, and where there is no
    other, pause the run and say why."""
    NEEDS_USER = auto()
    """Every other picture would fail alike: pause the run and say why."""


MOST_TRIES = 4
"""Requests about one picture, for troubles that are tried again."""

_TELLING_IN_A_ROW = 3
_FAILING_IN_A_ROW = 20

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0

_BY_CODE = {
    ErrorCode.SERVER_UNREACHABLE: Trouble.SERVER_GONE,
    ErrorCode.SERVER_REFUSED: Trouble.SERVER_GONE,
    ErrorCode.SERVER_ENGINE_DEAD: Trouble.SERVER_GONE,
    ErrorCode.SERVER_GATEWAY: Trouble.SERVER_GONE,
    ErrorCode.SERVER_BUSY: Trouble.OVERLOADED,
    ErrorCode.SERVER_TIMEOUT: Trouble.BROKEN,
    ErrorCode.SERVER_BROKE_OFF: Trouble.BROKEN,
    ErrorCode.SERVER_FAILED: Trouble.BROKEN,
    ErrorCode.SERVER_NOT_AN_API: Trouble.BROKEN,
    ErrorCode.SERVER_ADDRESS: Trouble.SERVER_UNUSABLE,
    ErrorCode.SERVER_KEY: Trouble.SERVER_UNUSABLE,
    ErrorCode.SERVER_KEY_MISSING: Trouble.SERVER_UNUSABLE,
    ErrorCode.SERVER_TLS: Trouble.SERVER_UNUSABLE,
    ErrorCode.SERVER_MODEL_UNKNOWN: Trouble.SERVER_UNUSABLE,
    ErrorCode.SERVER_NO_MODELS: Trouble.SERVER_UNUSABLE,
    ErrorCode.SERVER_NO_VISION: Trouble.SERVER_UNUSABLE,
    ErrorCode.SERVER_UNKNOWN: Trouble.SERVER_UNUSABLE,
    ErrorCode.BLOCKED_HOST: Trouble.SERVER_UNUSABLE,
    ErrorCode.BLOCKED_REDIRECT: Trouble.SERVER_UNUSABLE,
    ErrorCode.FOLDER_MISSING: Trouble.NEEDS_USER,
    ErrorCode.FOLDER_UNREADABLE: Trouble.NEEDS_USER,
    ErrorCode.STORE_UNAVAILABLE: Trouble.NEEDS_USER,
    ErrorCode.STORE_NEWER: Trouble.NEEDS_USER,
    ErrorCode.STORE_BROKEN: Trouble.NEEDS_USER,
    ErrorCode.DISK_FULL: Trouble.NEEDS_USER,
}


def trouble_of(error: AppError) -> Trouble:
    """Answers of the 400 kind about one picture are not in the table: they fail that picture alone."""
    return _BY_CODE.get(error.code, Trouble.PICTURE)


class Streak:
    """Pictures that fail alike, one after the other: enough of them, and something larger is wrong."""

    def __init__(self) -> None:
        self._kind: ErrorCode | Trouble | None = None
        self._length = 0

    def end(self) -> None:
        """A picture did not fail."""
        self._length = 0

    def is_telling(self, problem: AppError) -> bool:
        """Count one that failed; whether the next ones would fail alike, so that a person has to look."""
        kind, enough = _telling(problem)
        self._length = self._length + 1 if kind == self._kind else 1
        self._kind = kind
        return enough is not None and self._length >= enough


def _telling(problem: AppError) -> tuple[ErrorCode | Trouble, int | None]:
    """What counts as failing alike, and how many in a row are enough; None for any number."""
    if problem.code in (
        ErrorCode.PICTURE_TIMEOUT,
        ErrorCode.UNEXPECTED,
    ):  # their drive hangs; a fault of ours
        return problem.code, _TELLING_IN_A_ROW
    kind = trouble_of(problem)
    return kind, _FAILING_IN_A_ROW if kind is Trouble.BROKEN else None


def wait_before_try(tries: int) -> float:
    """Seconds before the next try, doubled each time and varied by half, so that many do not come at once.

    Args:
        tries: tries so far, 1 or more.
    """
    usual = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** (tries - 1))
    return usual * random.uniform(0.5, 1.5)
