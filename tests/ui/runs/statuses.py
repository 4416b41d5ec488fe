"""Runs as the area shows them, and what can be read there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from desktop_app.domain.conversations import AnswerFailure, AskOptions
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.run import (
    AskingMethod,
    Run,
    RunCounts,
    RunPlan,
    RunScope,
    RunServer,
    RunState,
)
from desktop_app.ui.runs.run_status import RunStatus
from desktop_app.ui.runs.view import RunsView
from tests.ui.finding import part
from tests.ui.runs.runs_lab import FORM


def run(
    run_id: int,
    name: str,
    state: RunState,
    counts: RunCounts,
    failure: AnswerFailure | None = None,
    worked_s: float = 0.0,
) -> Run:
    server = RunServer("GPU box", "http://gpu-box:8000/v1", "Qwen2-VL-7B")
    plan = RunPlan(name, FORM, AskOptions(), (server,), RunScope(Path("Bridge")), "0.1.0")
    return Run(run_id, plan, state, datetime.now(UTC), counts, AskingMethod.SCHEMA, failure, worked_s)


WORKING = RunStatus(
    run(3, "Bolts", RunState.RUNNING, RunCounts(queued=460, asking=12, answered=801, failed=11)),
    per_minute=74.2,
    seconds_left=382.0,
    in_flight=12,
    is_here=True,
)


PAUSED = RunStatus(
    run(
        2,
        "Signs",
        RunState.PAUSED,
        RunCounts(queued=500, answered=20),
        AnswerFailure(ErrorCode.SERVER_KEY, (("server", "gpu-box:8000"),)),
    )
)


ELSEWHERE = replace(WORKING, run=replace(WORKING.run, is_elsewhere=True), is_here=False)


def visible_button(view: QWidget, text: str) -> QPushButton:
    return next(one for one in view.findChildren(QPushButton) if one.text() == text and one.isVisible())


def texts(view: RunsView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def entries(view: RunsView) -> list[str]:
    """What can be chosen from the menu beside the buttons."""
    return [one.text() for one in part(view.header, QMenu).actions() if one.text() and one.isEnabled()]
