"""When a failed request is sent again, and after how long. Only requests that brought no text yet are."""

from __future__ import annotations

import random
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import Enum
from time import time

from desktop_app.domain.errors import AppError, ErrorCode


class Retry(Enum):
    """How often a kind of failure is worth another try."""

    NEVER = 0
    ONCE = 1
    TWICE = 2
    SOME = 3


_RETRY_BY_STATUS = {
    408: Retry.SOME,
    429: Retry.SOME,
    500: Retry.ONCE,
    502: Retry.SOME,
    503: Retry.SOME,
    504: Retry.SOME,
}

_RETRY_BY_CODE = {
    ErrorCode.SERVER_REFUSED: Retry.TWICE,
    ErrorCode.SERVER_UNREACHABLE: Retry.ONCE,
    ErrorCode.SERVER_TIMEOUT: Retry.SOME,
    ErrorCode.SERVER_BROKE_OFF: Retry.SOME,
    ErrorCode.SERVER_ENGINE_DEAD: Retry.NEVER,
}


class RequestFailedError(Exception):
    """A request failed.

    Attributes:
        error: for the user.
        retry: whether trying again may help.
        wait_s: how long the server asks to wait, None when it does not say.
    """

    def __init__(self, error: AppError, retry: Retry, wait_s: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry = retry
        self.wait_s = wait_s


def failed_answer(error: AppError, status: int, retry_after: str | None = None) -> RequestFailedError:
    """A failure with an HTTP status: never again for 400, 401, 404, 413, 501; a 500 once."""
    settled = error.code in (
        ErrorCode.SERVER_ENGINE_DEAD,
        ErrorCode.SERVER_NO_VISION,
        ErrorCode.SERVER_TOO_MANY_PICTURES,
        ErrorCode.SERVER_CONTEXT_TOO_LONG,
        ErrorCode.SERVER_PICTURE_REFUSED,
    )
    retry = Retry.NEVER if settled else _RETRY_BY_STATUS.get(status, Retry.NEVER)
    return RequestFailedError(error, retry, seconds_to_wait(retry_after))


def failed_connection(error: AppError) -> RequestFailedError:
    """A failure of the connection."""
    return RequestFailedError(error, _RETRY_BY_CODE.get(error.code, Retry.NEVER))


def seconds_to_wait(retry_after: str | None) -> float | None:
    """Read a Retry-After header: seconds or a date; None when there is none or it makes no sense."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time())
    except (ValueError, TypeError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class RetryRules:
    """Waiting times for a person in front of the screen.

    Attributes:
        within_s: no new try begins later than this after the first one began.
        first_wait_s: wait before the second try; doubled each time, varied by a fifth.
    """

    within_s: float = 10.0
    first_wait_s: float = 0.5

    def wait(self, failure: RequestFailedError, tries: int, elapsed_s: float) -> float | None:
        """Seconds to wait before trying again, or None to give up.

        Args:
            failure: what happened.
            tries: tries so far, 1 or more.
            elapsed_s: seconds since the first one began.
        """
        if tries > failure.retry.value:
            return None
        varied = self.first_wait_s * 2 ** (tries - 1) * random.uniform(0.8, 1.2)
        wait = max(varied, failure.wait_s or 0.0)
        return wait if elapsed_s + wait <= self.within_s else None
