"""Lines and the bar that tell how far a run is, without a process or a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.run_progress import Goal, ProgressBar, ProgressLines, progress_words
from desktop_app.cli.run_words import duration
from desktop_app.domain.conversations import AnswerFailure, AskOptions
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.runs.run import RestingServer, Run, RunCounts, RunPlan, RunScope, RunState
from desktop_app.services.runs.progress import RunProgress
from tests.fakes.clock import Clock

PLAN = RunPlan("r", plain_form("x"), AskOptions(), (), RunScope(Path("/p")), "1")
RUN = Run(1, PLAN, RunState.RUNNING, datetime(2026, 1, 1, tzinfo=UTC))
NO_KEY = AnswerFailure(ErrorCode.SERVER_KEY_MISSING, (("server", "box"),))
GONE = AnswerFailure(ErrorCode.SERVER_REFUSED, (("server", "box"),))
ALL = Goal(RunCounts(queued=1000))


def at(answered: int, failed: int = 0, of: int = 1000, **more: Any) -> RunProgress:
    counts = RunCounts(queued=of - answered - failed, answered=answered, failed=failed)
    return RunProgress(replace(RUN, counts=counts), **more)


def waiting(progress: RunProgress, failure: AnswerFailure = GONE) -> RunProgress:
    return replace(progress, run=replace(progress.run, state=RunState.WAITING, failure=failure))


def test_words_tell_pace_failures_and_time_left() -> None:
    assert progress_words(at(450, 3, per_minute=120.4, seconds_left=273.0), ALL) == (
        "453 of 1,000, 3 failed, 120/min, about 5 min left"
    )
    assert progress_words(at(1), ALL) == "1 of 1,000"


def test_a_sample_counts_its_own_pictures_and_promises_no_time() -> None:
    sample = Goal(RunCounts(queued=990, answered=10), most=5)
    assert progress_words(at(12, per_minute=60.0, seconds_left=988.0), sample) == "2 of 5, 60/min"
    few = Goal(RunCounts(queued=3, answered=997), most=5)
    assert few.reached(RunCounts(answered=1000)) == (3, 3)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (59.4, "59 s"), (90, "2 min"), (3600 * 5 + 130, "5 h 2 min"), (86400 * 2.5, "2.5 days")],
)
def test_durations_are_no_finer_than_a_person_wants(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_lines_come_now_and_then() -> None:
    clock, said = Clock(0.0), list[str]()
    shown = ProgressLines(ALL, said.append, clock)
    for second in range(1, 26):
        clock.now = float(second)
        shown.show(at(second))
    assert said == ["10 of 1,000", "20 of 1,000"]


@pytest.mark.parametrize("kind", [ProgressLines, ProgressBar])
def test_waiting_is_told_once_until_work_goes_on(kind: type[ProgressLines] | type[ProgressBar]) -> None:
    said: list[str] = []
    shown = kind(ALL, said.append, Clock(0.0))
    for progress in (at(3), waiting(at(3)), at(3), waiting(at(3)), at(4), waiting(at(4))):
        shown.show(progress)
    told = [text for text in said if "Waiting: " in text]
    assert len(told) == 2
    assert told[0].startswith("Waiting: The server at box does not answer. The run goes on by itself")
    other = AnswerFailure(ErrorCode.SERVER_ENGINE_DEAD, (("server", "box"),))
    shown.show(waiting(at(4), other))
    assert "has crashed" in "".join(said)


@pytest.mark.parametrize("kind", [ProgressLines, ProgressBar])
def test_a_server_that_is_done_without_is_told_once_until_it_is_back(
    kind: type[ProgressLines] | type[ProgressBar],
) -> None:
    said: list[str] = []
    shown = kind(ALL, said.append, Clock(0.0))
    without = replace(at(3), resting=(RestingServer("gpu 2", NO_KEY),))
    for progress in (at(3), without, without, at(4), without):
        shown.show(progress)
    told = [text for text in said if "Without " in text]
    assert len(told) == 2
    assert told[0].startswith("Without gpu 2 for now: The server box wants a key. Set it up with: lightdesk")
    assert "The run goes on with the other servers." in told[0]


def test_the_bar_is_one_line_that_is_drawn_again() -> None:
    clock, said = Clock(0.0), list[str]()
    shown = ProgressBar(ALL, said.append, clock, lambda: 80)
    shown.show(at(500, 10, per_minute=60.0, seconds_left=490.0))
    clock.now = 0.01
    shown.show(at(501))
    clock.now = 1.0
    shown.show(at(502))
    shown.close()
    first, second, last, end = said
    assert first == "\r[##########..........]  51%  510 of 1,000, 10 failed, 60/min, about 8 min left"
    assert second.startswith("\r[##########..........]  50%  502 of 1,000")
    assert len(second) == len(first), "what stood there before is painted over"
    assert (last.rstrip(), end) == (second.rstrip(), "\n")


def test_the_bar_never_wraps_in_a_narrow_terminal() -> None:
    said: list[str] = []
    ProgressBar(ALL, said.append, Clock(0.0), lambda: 30).show(at(1, 2, per_minute=3.0, seconds_left=4.0))
    assert len(said[0].removeprefix("\r")) == 29


def test_a_bar_that_never_showed_anything_leaves_no_line() -> None:
    said: list[str] = []
    ProgressBar(ALL, said.append, Clock(0.0)).close()
    assert said == []


def test_a_run_without_pictures_left_is_a_full_bar() -> None:
    said: list[str] = []
    ProgressBar(Goal(RunCounts()), said.append, Clock(0.0), lambda: 80).show(RunProgress(RUN))
    assert "100%" in said[0]
