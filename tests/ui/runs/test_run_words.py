"""How long something takes, who works on a run, and why nobody does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop_app.domain.runs.run import (
    RestCause,
    RunState,
    RunWish,
)
from desktop_app.ui.runs.run_status import RunStatus
from desktop_app.ui.runs.run_words import RunWords
from desktop_app.ui.runs.view import RunsView
from tests.ui.runs.statuses import ELSEWHERE, PAUSED, texts, visible_button


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (59, "59 s"), (90, "2 min"), (7300, "2 h 2 min"), (200_000, "2.3 days")],
)
def test_durations_are_no_finer_than_anybody_wants(seconds: float, words: str) -> None:
    assert RunWords().time(seconds) == words


def told(wish: RunWish, **more: Any) -> RunStatus:
    """Its program was told to end it."""
    return replace(ELSEWHERE, run=replace(ELSEWHERE.run, wish=wish), is_ending=True, **more)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (RunWish.PAUSE, "told to pause…"),
        (RunWish.STOP, "told to stop…"),
        (RunWish.HEARD, "finishing, 12 answers still to come"),
    ],
)
def test_what_another_program_was_told_is_said_until_it_has_ended(
    view: RunsView, wish: RunWish, words: str
) -> None:
    view.show_runs([told(wish)], 3)
    view.show_run(told(wish))
    assert words in texts(view)
    assert not visible_button(view, "Pause").isEnabled()


def test_a_program_that_does_not_react_is_told_of_in_plain_words(view: RunsView) -> None:
    view.show_runs([told(RunWish.PAUSE)], 3)
    view.show_run(told(RunWish.PAUSE, does_not_react=True))
    assert "does not react" in texts(view)
    view.show_run(told(RunWish.HEARD))
    assert "does not react" not in texts(view)


@pytest.mark.parametrize(
    ("state", "cause", "words"),
    [
        (RunState.PAUSED, RestCause.PAUSED_ELSEWHERE, "It was paused from another window or command."),
        (RunState.STOPPED, RestCause.STOPPED_ELSEWHERE, "It was stopped from another window or command."),
        (RunState.PAUSED, RestCause.LEFT_ALONE, "The program that worked on it has ended."),
    ],
)
def test_why_a_run_rests_that_nobody_paused_here_is_said(
    view: RunsView, state: RunState, cause: RestCause, words: str
) -> None:
    rests = replace(PAUSED, run=replace(PAUSED.run, state=state), cause=cause)
    view.show_runs([rests], 2)
    view.show_run(rests)
    assert words in texts(view)
    view.show_run(replace(rests, run=replace(rests.run, state=RunState.DONE)))
    assert words not in texts(view)
