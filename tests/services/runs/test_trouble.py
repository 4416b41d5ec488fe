"""What errors mean for a run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.services.runs.trouble import (
    LONGEST_WAIT_S,
    Streak,
    Trouble,
    trouble_of,
    wait_before_try,
)

OF_ONE_PICTURE = {
    ErrorCode.PICTURE_MISSING,
    ErrorCode.PICTURE_UNREADABLE,
    ErrorCode.PICTURE_EMPTY,
    ErrorCode.PICTURE_BROKEN,
    ErrorCode.PICTURE_UNKNOWN_FORMAT,
    ErrorCode.PICTURE_TOO_LARGE,
    ErrorCode.PICTURE_TOO_LONG,
    ErrorCode.PICTURE_TIMEOUT,
    ErrorCode.PICTURE_MEMORY,
    ErrorCode.SERVER_TOO_MANY_PICTURES,
    ErrorCode.SERVER_CONTEXT_TOO_LONG,
    ErrorCode.SERVER_PICTURE_REFUSED,
    ErrorCode.SERVER_REQUEST_REFUSED,
    ErrorCode.SERVER_BODY_TOO_LARGE,
    ErrorCode.UNEXPECTED,
}
"""The same request about another picture may well be answered."""

NEVER_IN_A_RUN = (
    "FETCH_", "FORM_", "RUN_", "LIST_", "PROMPT_", "EXPORT_", "IMPORT_", "READER_", "SETTINGS_", "DEFAULTS_",
    "KEYRING_", "PASTE_", "SYSTEM_", "NO_SCREEN", "WRONG_USE", "ANSWER_",
)  # fmt: skip
"""Codes of other parts of the program."""


@pytest.mark.parametrize("code", ErrorCode)
def test_every_error_that_can_stop_a_run_is_judged(code: ErrorCode) -> None:
    """A new code must be put into the table, or among these on purpose."""
    if code.name.startswith(NEVER_IN_A_RUN):
        return
    is_of_one = trouble_of(AppError(code)) is Trouble.PICTURE
    assert is_of_one == (code in OF_ONE_PICTURE)


@pytest.mark.parametrize(
    "code",
    [ErrorCode.SERVER_REFUSED, ErrorCode.SERVER_UNREACHABLE, ErrorCode.SERVER_GATEWAY, ErrorCode.SERVER_BUSY],
)
def test_a_server_that_is_away_is_no_fault_of_a_picture(code: ErrorCode) -> None:
    assert trouble_of(AppError(code)) in (Trouble.SERVER_GONE, Trouble.OVERLOADED)


@given(st.integers(1, 40))
def test_waits_double_up_to_half_a_minute_and_vary_by_half(tries: int) -> None:
    usual = min(LONGEST_WAIT_S, 0.5 * 2.0 ** (tries - 1))
    assert 0.5 * usual <= wait_before_try(tries) <= 1.5 * usual


def test_waits_are_not_all_alike() -> None:
    assert len({wait_before_try(3) for _ in range(20)}) > 1


@pytest.mark.parametrize(
    ("code", "enough"),
    [(ErrorCode.PICTURE_TIMEOUT, 3), (ErrorCode.UNEXPECTED, 3), (ErrorCode.SERVER_FAILED, 20)],
)
def test_enough_pictures_that_fail_alike_are_telling(code: ErrorCode, enough: int) -> None:
    streak = Streak()
    assert [streak.is_telling(AppError(code)) for _ in range(enough)] == [False] * (enough - 1) + [True]


def test_one_that_does_not_fail_ends_a_streak() -> None:
    streak = Streak()
    for _ in range(20):
        assert not streak.is_telling(AppError(ErrorCode.UNEXPECTED))
        assert not streak.is_telling(AppError(ErrorCode.UNEXPECTED))
        streak.end()


def test_one_that_fails_otherwise_ends_a_streak() -> None:
    streak = Streak()
    for _ in range(20):
        assert not streak.is_telling(AppError(ErrorCode.PICTURE_TIMEOUT))
        assert not streak.is_telling(AppError(ErrorCode.PICTURE_BROKEN))
        assert not streak.is_telling(AppError(ErrorCode.UNEXPECTED))


def test_broken_pictures_are_never_telling() -> None:
    streak = Streak()
    assert not any(streak.is_telling(AppError(ErrorCode.PICTURE_BROKEN)) for _ in range(1000))


def test_troubles_of_the_server_count_together() -> None:
    streak = Streak()
    codes = [ErrorCode.SERVER_FAILED, ErrorCode.SERVER_BROKE_OFF] * 10
    assert [streak.is_telling(AppError(code)) for code in codes][-1]


def test_a_failure_keeps_what_its_sentence_needs() -> None:
    kept = AnswerFailure.of(AppError(ErrorCode.PICTURE_BROKEN, name="a.png", line=3, detail="cut"))
    assert (kept.code, dict(kept.values), kept.detail) == (
        ErrorCode.PICTURE_BROKEN,
        {"name": "a.png", "line": 3},
        "cut",
    )
