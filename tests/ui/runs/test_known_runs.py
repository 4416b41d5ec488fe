"""What is known of the runs in the list, whoever works on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.run import RestCause, RestingServer, Run, RunCounts, RunState, RunWish
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.runs.known_runs import KnownRuns
from tests.fakes.made_runs import plan

RESTING = (RestingServer("Box", AnswerFailure(ErrorCode.SERVER_KEY, ())),)
RUN = Run(1, plan(), RunState.RUNNING, datetime(2026, 3, 1, tzinfo=UTC), RunCounts(queued=6, answered=4))


@pytest.fixture
def here() -> set[int]:
    """Runs that this window works on."""
    return set()


@pytest.fixture
def known(here: set[int]) -> KnownRuns:
    made = KnownRuns(here.__contains__)
    made.renew([RUN])
    return made


@pytest.mark.parametrize(("is_here", "resting"), [(True, RESTING), (False, ())])
def test_the_pace_stays_known_while_somebody_works_on_it_and_the_resting_servers_while_it_is_this_window(
    known: KnownRuns, here: set[int], is_here: bool, resting: tuple[RestingServer, ...]
) -> None:
    here |= {RUN.id} if is_here else set()
    run = replace(RUN, is_elsewhere=not is_here)
    known.heard(RunProgress(run, 30.0, 12.0, 3, resting=RESTING))
    noted = known.note(replace(run, counts=RunCounts(queued=5, answered=5)))
    assert (noted.per_minute, noted.seconds_left, noted.in_flight) == (30.0, 12.0, 3)
    assert (noted.is_here, noted.resting, noted.run.counts.answered) == (is_here, resting, 5)


def test_a_run_at_rest_has_no_pace_and_is_not_ending(known: KnownRuns, here: set[int]) -> None:
    here.add(RUN.id)
    known.wish_end(RUN.id)
    known.heard(RunProgress(RUN, 30.0, 12.0, 3))
    status = known.get(RUN.id)
    assert status is not None
    assert status.is_ending
    here.clear()
    known.ended(RUN.id)
    known.settled(replace(RUN, state=RunState.PAUSED))
    status = known.get(RUN.id)
    assert status is not None
    assert (status.per_minute, status.in_flight, status.is_here, status.is_ending) == (None, 0, False, False)


def test_a_run_that_was_told_to_end_elsewhere_is_ending_and_says_why_until_it_goes_on(
    known: KnownRuns, here: set[int]
) -> None:
    here.add(RUN.id)
    known.heard(RunProgress(RUN, cause=RestCause.PAUSED_ELSEWHERE))
    status = known.get(RUN.id)
    assert status is not None
    assert (status.is_ending, status.cause) == (True, RestCause.PAUSED_ELSEWHERE)
    here.clear()
    known.settled(replace(RUN, state=RunState.PAUSED))
    status = known.get(RUN.id)
    assert status is not None
    assert (status.is_ending, status.cause) == (False, RestCause.PAUSED_ELSEWHERE)
    here.add(RUN.id)
    known.heard(RunProgress(RUN))
    status = known.get(RUN.id)
    assert status is not None
    assert (status.is_ending, status.cause) == (False, None)


def test_a_run_elsewhere_is_ending_as_soon_as_its_program_is_told_to(known: KnownRuns) -> None:
    elsewhere = replace(RUN, is_elsewhere=True)
    known.heard(RunProgress(elsewhere, 30.0))
    told = known.note(replace(elsewhere, wish=RunWish.PAUSE))
    assert (told.is_ending, told.per_minute, told.does_not_react) == (True, 30.0, False)
    known.heard(RunProgress(told.run, does_not_react=True))
    assert known.note(told.run).does_not_react
    assert not known.note(elsewhere).does_not_react  # somebody else has taken it


def test_a_sample_is_remembered_until_it_is_through(known: KnownRuns) -> None:
    known.wish_sample(RUN.id, 5)
    known.settled(RUN)
    assert known.sample_left(RUN) == 1
    known.settled(replace(RUN, counts=RunCounts(queued=5, answered=5)))
    assert known.sample_left(RUN) == 0


def test_a_run_that_only_has_the_number_of_another_one_took_its_place(known: KnownRuns) -> None:
    assert known.renew([replace(RUN, state=RunState.DONE)]) == set()
    assert known.renew([replace(RUN, created=RUN.created + timedelta(days=1))]) == {RUN.id}
    assert known.renew([]) == {RUN.id}
    assert known.statuses() == []
