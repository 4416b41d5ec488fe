"""What the runs area says of a run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.domain.runs.run import (
    RunCounts,
    RunServer,
    RunState,
)
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.runs.details_dialog import DetailsDialog
from desktop_app.ui.runs.run_status import RunStatus
from desktop_app.ui.runs.run_words import RunWords
from desktop_app.ui.runs.view import RunsView
from desktop_app.ui.theme.theme import Theme
from tests.ui.runs.statuses import PAUSED, WORKING, run, visible_button


def test_an_empty_area_teaches_and_offers_the_first_run(view: RunsView) -> None:
    view.show_runs([], None)
    wanted: list[bool] = []
    view.new_requested.connect(lambda: wanted.append(True))
    QTest.mouseClick(visible_button(view, "New run…"), Qt.MouseButton.LeftButton)
    assert wanted == [True]


def test_a_working_run_tells_how_far_it_is_and_can_be_paused(view: RunsView) -> None:
    view.show_runs([WORKING, PAUSED], 3)
    view.show_run(WORKING)
    shown = " ".join(label.text() for label in view.header.findChildren(QLabel))
    for words in ("working", "812 of 1,284", "11 failed", "74/min", "6 min left"):
        assert words in shown
    paused: list[bool] = []
    view.header.pause_requested.connect(lambda: paused.append(True))
    QTest.mouseClick(visible_button(view, "Pause"), Qt.MouseButton.LeftButton)
    assert paused == [True]


def test_a_run_that_waits_for_its_server_tells_no_pace(view: RunsView) -> None:
    waiting = replace(WORKING, run=replace(WORKING.run, state=RunState.WAITING))
    view.show_runs([waiting], 3)
    view.show_run(waiting)
    shown = " ".join(label.text() for label in view.header.findChildren(QLabel))
    assert "waiting for the server" in shown
    assert "/min" not in shown
    assert "left" not in shown


def test_a_paused_run_says_why_and_leads_to_the_servers(view: RunsView) -> None:
    view.show_runs([WORKING, PAUSED], 2)
    view.show_run(PAUSED)
    assert view.notice.report.sentence == "The server gpu-box:8000 did not accept the key."
    asked: list[bool] = []
    view.servers_requested.connect(lambda: asked.append(True))
    QTest.mouseClick(visible_button(view.notice, "Servers…"), Qt.MouseButton.LeftButton)
    assert asked == [True]
    resumed: list[bool] = []
    view.header.resume_requested.connect(lambda: resumed.append(True))
    QTest.mouseClick(visible_button(view, "Ask the other 500"), Qt.MouseButton.LeftButton)
    assert resumed == [True]


def test_a_sample_tells_what_the_rest_takes(view: RunsView) -> None:
    counts = RunCounts(queued=995, answered=5, prompt_tokens=5000, completion_tokens=500)
    sample = RunStatus(run(4, "Bolts", RunState.READY, counts, worked_s=10.0))
    view.show_runs([sample], 4)
    view.show_run(sample)
    shown = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert "The rest takes about 33 min at most, and 1.1M tokens." in shown


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (RunCounts(queued=9), "not started"),
        (RunCounts(queued=8, skipped=1), "not started"),
        (RunCounts(queued=8, answered=1), "sample done"),
        (RunCounts(queued=8, failed=1), "sample done"),
    ],
)
def test_a_run_of_which_pictures_were_only_left_out_has_not_started(
    qapp: QApplication, counts: RunCounts, words: str
) -> None:
    assert RunWords().state(RunStatus(run(4, "Bolts", RunState.READY, counts))) == words


def test_the_keyboard_walks_through_the_list(view: RunsView) -> None:
    view.show_runs([WORKING, PAUSED], 3)
    chosen: list[int] = []
    view.run_selected.connect(chosen.append)
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    assert chosen == [2]


def test_the_run_that_is_shown_is_the_one_marked_in_the_list(view: RunsView) -> None:
    view.show_runs([WORKING, PAUSED], None)
    chosen: list[int] = []
    view.run_selected.connect(chosen.append)
    view.show_run(PAUSED)
    assert view.list.currentIndex().row() == 1
    assert view.list.selectionModel().isSelected(view.list.currentIndex())
    assert chosen == []
    QTest.keyClick(view.list, Qt.Key.Key_Up)
    assert chosen == [3]


def test_showing_the_list_again_tells_nothing(view: RunsView) -> None:
    chosen: list[int] = []
    view.run_selected.connect(chosen.append)
    view.show_runs([WORKING, PAUSED], 3)
    view.show_runs([WORKING, PAUSED], 2)
    assert view.update_run(replace(PAUSED, is_here=True))
    assert not view.update_run(RunStatus(run(9, "Other", RunState.READY, RunCounts())))
    assert chosen == []


def test_the_details_hold_the_prompt_word_for_word(qapp: QApplication) -> None:
    dialog = DetailsDialog(Theme(qapp, ThemeChoice.LIGHT), WORKING.run)
    assert dialog.prompt.toPlainText().startswith("Look at the bridge.\n\nAnswer with one JSON object")
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "GPU box (http://gpu-box:8000/v1), Qwen2-VL-7B" in words
    dialog.deleteLater()


def test_a_server_that_has_not_answered_yet_has_no_model_to_be_told(qapp: QApplication) -> None:
    late = RunServer("Late", "http://late:8000/v1", "")
    plan = replace(WORKING.run.plan, servers=(*WORKING.run.plan.servers, late))
    dialog = DetailsDialog(Theme(qapp, ThemeChoice.LIGHT), replace(WORKING.run, plan=plan))
    shown = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "GPU box (http://gpu-box:8000/v1), Qwen2-VL-7B" in shown
    assert "Late (http://late:8000/v1), the first model it has; it has not answered yet" in shown
    dialog.deleteLater()
