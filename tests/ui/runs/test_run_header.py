"""What can be done about the run that is shown: here, in another program, and where there is little room."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.domain.runs.run import (
    RunState,
)
from desktop_app.ui.runs.run_words import RunWords
from desktop_app.ui.runs.view import RunsView
from tests.ui.finding import next_to_focus
from tests.ui.runs.statuses import ELSEWHERE, PAUSED, WORKING, entries, visible_button


def test_a_run_of_another_program_shows_its_pace_and_can_only_be_paused(view: RunsView) -> None:
    elsewhere = ELSEWHERE
    view.show_runs([elsewhere], 3)
    view.show_run(elsewhere)
    shown = " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())
    for words in (
        "in another program",
        "812 of 1,284",
        "74/min",
        "6 min left",
        "Another window or command works on this run",
    ):
        assert words in shown
    pressed = [one.text() for one in view.header.findChildren(QPushButton) if one.isVisible()]
    assert pressed == ["Pause", "Export…"]
    paused: list[bool] = []
    view.header.pause_requested.connect(lambda: paused.append(True))
    QTest.mouseClick(visible_button(view, "Pause"), Qt.MouseButton.LeftButton)
    assert paused == [True]
    view.show_run(WORKING)
    assert visible_button(view, "Pause")
    shown = " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())
    assert "another program" not in shown


def test_a_run_of_another_program_can_be_stopped_but_nothing_put_into_it_nor_it_be_deleted(
    view: RunsView,
) -> None:
    view.show_runs([ELSEWHERE], 3)
    view.show_run(ELSEWHERE)
    assert "Stop the run" in entries(view)
    assert not {"Take in batch results…", "Delete the run…"} & set(entries(view))
    view.show_run(replace(ELSEWHERE, run=replace(ELSEWHERE.run, is_elsewhere=False, state=RunState.PAUSED)))
    assert {"Stop the run", "Take in batch results…", "Delete the run…"} <= set(entries(view))


def test_what_another_program_only_writes_into_cannot_be_paused(view: RunsView) -> None:
    """It takes in results, for example."""
    held = replace(ELSEWHERE, run=replace(ELSEWHERE.run, state=RunState.PAUSED))
    view.show_runs([held], 3)
    view.show_run(held)
    assert [one.text() for one in view.header.findChildren(QPushButton) if one.isVisible()] == ["Export…"]


def test_a_sample_that_broke_off_is_offered_as_a_sample(view: RunsView) -> None:
    view.show_runs([PAUSED], 2)
    view.show_run(replace(PAUSED, sample_left=3))
    resumed: list[bool] = []
    view.header.resume_requested.connect(lambda: resumed.append(True))
    QTest.mouseClick(visible_button(view, "Ask the 3 of the sample"), Qt.MouseButton.LeftButton)
    assert resumed == [True]


def test_a_run_that_is_pausing_says_how_many_answers_are_still_to_come(view: RunsView) -> None:
    view.show_runs([WORKING], 3)
    view.show_run(replace(WORKING, is_ending=True))
    shown = " ".join(label.text() for label in view.header.findChildren(QLabel))
    assert "finishing, 12 answers still to come" in shown
    assert "left" not in shown  # the time that is left is no longer waited for
    assert not visible_button(view, "Pause").isEnabled()


def test_the_keyboard_waits_where_it_was_while_a_run_is_pausing(view: RunsView) -> None:
    view.activateWindow()
    view.show_runs([WORKING], 3)
    view.show_run(WORKING)
    button = visible_button(view, "Pause")
    button.setFocus()
    view.show_run(replace(WORKING, is_ending=True))
    assert view.focusWidget() is view.header
    view.show_run(replace(WORKING, run=replace(WORKING.run, state=RunState.PAUSED), is_here=False))
    assert view.focusWidget() is button
    assert button.text() == "Ask the other 472"


def test_a_low_area_shows_why_pictures_failed_when_it_is_asked(view: RunsView) -> None:
    view.show_runs([WORKING], 3)
    view.show_run(WORKING)
    broken, full = AnswerFailure(ErrorCode.PICTURE_EMPTY), AnswerFailure(ErrorCode.DISK_FULL)
    view.show_failures([FailureGroup(broken, (1, 2)), FailureGroup(full, (4,))])
    view.resize(900, 220)
    QApplication.processEvents()
    assert not view.failures.isVisible()
    why = next(one for one in view.findChildren(QToolButton) if one.text() == "Why?")
    assert next_to_focus(why) is visible_button(view.header, "Pause"), "as they stand"
    QTest.mouseClick(why, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert view.failures.isVisible()
    assert view.failures.height() < 2 * visible_button(view.failures, "Show").height()
    QTest.mouseClick(why, Qt.MouseButton.LeftButton)
    assert not view.failures.isVisible()
    view.resize(900, 600)
    QApplication.processEvents()
    assert view.failures.isVisible()
    assert not why.isVisible()


def test_a_low_area_without_failures_offers_no_reasons(view: RunsView) -> None:
    view.show_runs([PAUSED], 2)
    view.show_run(PAUSED)
    view.show_failures([])
    view.resize(900, 220)
    QApplication.processEvents()
    assert not any(one.isVisible() for one in view.findChildren(QToolButton) if one.text() == "Why?")
    view.resize(900, 600)
    QApplication.processEvents()
    assert not view.failures.isVisible()


def test_asking_all_that_failed_again_is_in_the_menu_of_a_low_area(view: RunsView) -> None:
    view.show_runs([WORKING], 3)
    view.show_run(WORKING)
    again: list[bool] = []
    view.header.retry_requested.connect(lambda: again.append(True))
    view.resize(900, 220)
    QApplication.processEvents()
    text = "Ask the 11 failed again"
    assert not [one for one in view.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    offered = [one for one in view.header.findChildren(QAction) if one.text() == text and one.isVisible()]
    offered[0].trigger()
    assert again == [True]
    view.resize(900, 600)
    QApplication.processEvents()
    assert visible_button(view, text)
    assert not offered[0].isVisible()


def test_the_lower_the_area_the_more_of_it_belongs_to_the_table(view: RunsView) -> None:
    view.show_runs([PAUSED], 2)
    view.show_run(PAUSED)
    broken = AnswerFailure(ErrorCode.PICTURE_EMPTY)
    view.show_failures([FailureGroup(broken, (1, 2)), FailureGroup(AnswerFailure(ErrorCode.DISK_FULL), (3,))])
    above = []
    for height in (600, 340, 240):
        view.resize(900, height)
        QApplication.processEvents()
        above.append(view._grid.mapTo(view, QPoint()).y())
    assert above[0] > above[1] > above[2]
    assert above[2] <= 80  # one line for the run, and one for what stopped it
    assert view.notice.isVisible()


def test_a_low_area_puts_its_remark_at_the_end_of_the_line(view: RunsView) -> None:
    elsewhere = replace(PAUSED, run=replace(PAUSED.run, state=RunState.RUNNING, is_elsewhere=True))
    view.show_runs([elsewhere], 2)
    view.show_run(elsewhere)
    remark = RunWords().remark(elsewhere)

    def lines() -> list[str]:
        return [one.text() for one in view.findChildren(QLabel) if one.isVisible() and remark in one.text()]

    assert lines() == [remark]
    view.resize(900, 220)
    QApplication.processEvents()
    assert len(lines()) == 1
    assert lines()[0].endswith(f" · {remark}")
    view.show_run(replace(elsewhere, run=replace(elsewhere.run, is_elsewhere=False)))
    assert lines() == []
    view.resize(900, 600)
    view.show_run(elsewhere)
    QApplication.processEvents()
    assert lines() == [remark]
