"""What is told beside a run that does not go on, or goes on without some of its servers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.run import RestingServer, Run, RunServer, RunState
from desktop_app.ui.runs.run_status import RunStatus
from desktop_app.ui.runs.trouble_words import TroubleWords, is_of_servers
from tests.fakes.made_runs import plan

SERVER = (("server", "gpu-box:8000"),)
BOX = RunServer("GPU box", "http://gpu-box:8000/v1", "Qwen2-VL-7B")
RUN = Run(1, replace(plan(), servers=(BOX,)), RunState.RUNNING, datetime.now(UTC))
WORKING = RunStatus(RUN, is_here=True)
PAUSED = RunStatus(replace(RUN, state=RunState.PAUSED, failure=AnswerFailure(ErrorCode.SERVER_KEY, SERVER)))
OTHER = RunServer("other", "http://other/v1", "vl")


def waiting(code: ErrorCode, *more: RunServer) -> RunStatus:
    run = WORKING.run
    plan = replace(run.plan, servers=(*run.plan.servers, *more))
    return replace(
        WORKING,
        run=replace(run, plan=plan, state=RunState.WAITING, failure=AnswerFailure(code, SERVER)),
    )


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "code",
    [
        ErrorCode.SERVER_UNREACHABLE,
        ErrorCode.SERVER_REFUSED,
        ErrorCode.SERVER_ENGINE_DEAD,
        ErrorCode.SERVER_GATEWAY,
        ErrorCode.SERVER_BUSY,
    ],
)
def test_a_run_that_waits_says_that_it_goes_on_by_itself(code: ErrorCode) -> None:
    report = TroubleWords().report(waiting(code))
    assert report is not None
    assert report.advice.startswith("The run goes on by itself as soon as the server answers.")
    assert "Try again" not in report.advice
    several = TroubleWords().report(waiting(code, OTHER))
    assert several is not None
    assert several.advice.startswith("The run goes on by itself as soon as one of its servers answers.")


def test_a_paused_run_says_what_to_do(qapp: QApplication) -> None:
    report = TroubleWords().report(PAUSED)
    assert report is not None
    assert report.advice == "Enter the key again in the server's settings."
    assert is_of_servers(PAUSED)


def test_servers_done_without_are_named_with_the_reason_and_what_to_do(qapp: QApplication) -> None:
    resting = (
        RestingServer("GPU 2", AnswerFailure(ErrorCode.SERVER_KEY_MISSING, SERVER, "401")),
        RestingServer("GPU 3", AnswerFailure(ErrorCode.SERVER_NO_VISION, (("model", "llama"),))),
    )
    status = replace(WORKING, resting=resting)
    report = TroubleWords().report(status)
    assert report is not None
    first, second = report.sentence.split("\n")
    assert first.startswith("Without “GPU 2” for now: The server gpu-box:8000 wants a key. Enter it in the")
    assert second == (
        "Without “GPU 3” for now: The model llama cannot see pictures. "
        "Choose a vision-language model such as Qwen2-VL."
    )
    assert report.advice.startswith("The run goes on with the other servers.")
    assert report.detail == "401"
    assert is_of_servers(status)


def test_a_run_that_works_with_all_its_servers_tells_nothing(qapp: QApplication) -> None:
    assert TroubleWords().report(WORKING) is None
