"""What the runs area says of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget

from desktop_app.domain.conversations import AnswerFailure, AskOptions
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.domain.runs.run import (
    AskingMethod,
    RestCause,
    Run,
    RunCounts,
    RunPlan,
    RunScope,
    RunServer,
    RunState,
    RunWish,
)
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.runs.details_dialog import DetailsDialog
from desktop_app.ui.runs.handover.view import note_words
from desktop_app.ui.runs.run_status import RunStatus
from desktop_app.ui.runs.run_words import RunWords
from desktop_app.ui.runs.view import RunsView
from desktop_app.ui.theme.theme import Theme
from tests.ui.finding import next_to_focus, part
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


@pytest.fixture
def view(qapp: QApplication) -> Iterator[RunsView]:
    made = RunsView(Theme(qapp, ThemeChoice.LIGHT), QWidget())
    made.resize(1200, 340)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def visible_button(view: QWidget, text: str) -> QPushButton:
    return next(one for one in view.findChildren(QPushButton) if one.text() == text and one.isVisible())


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


def test_failures_are_lines_with_their_reason(view: RunsView) -> None:
    view.show_runs([WORKING], 3)
    view.show_run(WORKING)
    broken = AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", "a.jpg"),))
    view.show_failures(
        [FailureGroup(broken, (1, 2, 3)), FailureGroup(AnswerFailure(ErrorCode.DISK_FULL), (4,))]
    )
    shown = [label.text() for label in view.failures.findChildren(QLabel) if label.text()]
    assert shown[0] == "The picture a.jpg is damaged. And 2 more like it."
    again: list[tuple[int, ...]] = []
    view.failures.retry_requested.connect(again.append)
    QTest.mouseClick(visible_button(view.failures, "Ask again"), Qt.MouseButton.LeftButton)
    assert again == [(1, 2, 3)]
    view.show_failures([])
    assert view.failures.isHidden()


def test_a_reason_that_more_pictures_fail_for_keeps_the_keyboard(view: RunsView) -> None:
    view.show_runs([WORKING], 3)
    view.show_run(WORKING)
    broken = AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", "a.jpg"),))
    view.show_failures([FailureGroup(broken, (1, 2))])
    view.activateWindow()
    button = visible_button(view.failures, "Show")
    button.setFocus()
    view.show_failures([FailureGroup(broken, (1, 2, 5))])
    assert view.focusWidget() is button
    shown: list[tuple[int, ...]] = []
    view.failures.show_requested.connect(shown.append)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown == [(1, 2, 5)]
    assert [one.text() for one in view.failures.findChildren(QLabel) if one.text()] == [
        "The picture a.jpg is damaged. And 2 more like it."
    ]


def test_a_reason_that_becomes_the_most_frequent_stays_where_it_is(view: RunsView) -> None:
    view.show_runs([WORKING], 3)
    view.show_run(WORKING)
    broken, full = AnswerFailure(ErrorCode.PICTURE_EMPTY), AnswerFailure(ErrorCode.DISK_FULL)
    view.show_failures([FailureGroup(broken, (1, 2)), FailureGroup(full, (4,))])
    view.show_failures([FailureGroup(full, (4, 5, 6)), FailureGroup(broken, (1, 2))])
    shown: list[tuple[int, ...]] = []
    view.failures.show_requested.connect(shown.append)
    QTest.mouseClick(visible_button(view.failures, "Show"), Qt.MouseButton.LeftButton)
    assert shown == [(1, 2)]


def test_another_run_with_the_same_reasons_has_them_in_an_order_of_its_own(view: RunsView) -> None:
    view.show_runs([WORKING, PAUSED], 3)
    view.show_run(WORKING)
    broken, full = AnswerFailure(ErrorCode.PICTURE_EMPTY), AnswerFailure(ErrorCode.DISK_FULL)
    view.show_failures([FailureGroup(broken, (1, 2)), FailureGroup(full, (4,))])
    view.show_run(PAUSED)
    view.show_failures([FailureGroup(full, (14, 15, 16)), FailureGroup(broken, (11, 12))])
    QApplication.processEvents()
    shown: list[tuple[int, ...]] = []
    view.failures.show_requested.connect(shown.append)
    QTest.mouseClick(visible_button(view.failures, "Show"), Qt.MouseButton.LeftButton)
    assert shown == [(14, 15, 16)]


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


def test_remarks_about_an_export_are_sentences() -> None:
    note = Note("texts-cut", (("count", 2), ("name", "a.jpg")))
    assert (
        note_words(note) == "Texts that were cut, because a cell cannot hold more: 2, for example in a.jpg."
    )
    one = Note("pictures-left-out", (("count", 1), ("name", "a.jpg")))
    assert (
        note_words(one)
        == "Rows without their small picture, because it cannot be opened: 1, for example a.jpg."
    )
    assert note_words(Note("from-the-future", ())) == "from-the-future"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (59, "59 s"), (90, "2 min"), (7300, "2 h 2 min"), (200_000, "2.3 days")],
)
def test_durations_are_no_finer_than_anybody_wants(seconds: float, words: str) -> None:
    assert RunWords().time(seconds) == words


def texts(view: RunsView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


ELSEWHERE = replace(WORKING, run=replace(WORKING.run, is_elsewhere=True), is_here=False)


def told(wish: RunWish, **more: Any) -> RunStatus:
    """Its program was told to end it."""
    return replace(ELSEWHERE, run=replace(ELSEWHERE.run, wish=wish), is_ending=True, **more)


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


def entries(view: RunsView) -> list[str]:
    """What can be chosen from the menu beside the buttons."""
    return [one.text() for one in part(view.header, QMenu).actions() if one.text() and one.isEnabled()]


def test_a_run_of_another_program_can_be_stopped_but_nothing_put_into_it_nor_it_be_deleted(
    view: RunsView,
) -> None:
    view.show_runs([ELSEWHERE], 3)
    view.show_run(ELSEWHERE)
    assert "Stop the run" in entries(view)
    assert not {"Take in batch results…", "Delete the run…"} & set(entries(view))
    view.show_run(replace(ELSEWHERE, run=replace(ELSEWHERE.run, is_elsewhere=False, state=RunState.PAUSED)))
    assert {"Stop the run", "Take in batch results…", "Delete the run…"} <= set(entries(view))


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


def test_what_another_program_only_writes_into_cannot_be_paused(view: RunsView) -> None:
    """It takes in results, for example."""
    held = replace(ELSEWHERE, run=replace(ELSEWHERE.run, state=RunState.PAUSED))
    view.show_runs([held], 3)
    view.show_run(held)
    assert [one.text() for one in view.header.findChildren(QPushButton) if one.isVisible()] == ["Export…"]


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


def test_where_there_is_little_room_reasons_are_scrolled_and_none_is_cut(view: RunsView) -> None:
    view.show_runs([PAUSED], 2)
    view.show_run(PAUSED)
    codes = (
        ErrorCode.PICTURE_BROKEN,
        ErrorCode.PICTURE_EMPTY,
        ErrorCode.PICTURE_MEMORY,
        ErrorCode.PICTURE_MISSING,
    )
    view.show_failures(
        [
            FailureGroup(AnswerFailure(code, (("name", "a.jpg"),)), (number,))
            for number, code in enumerate(codes)
        ]
    )
    heights = []
    for height in (600, 320):
        view.resize(900, height)
        QApplication.processEvents()
        buttons = [one for one in view.failures.findChildren(QPushButton) if one.text() == "Show"]
        assert len(buttons) == len(codes)
        assert all(one.height() >= one.sizeHint().height() for one in buttons)
        heights.append(view.failures.height())
    assert heights[0] > 2 * heights[1]
    assert heights[1] >= buttons[0].height()


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
