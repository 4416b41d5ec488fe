"""Why pictures failed: a line for each reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.failures import FailureGroup
from desktop_app.ui.runs.view import RunsView
from tests.ui.runs.statuses import PAUSED, WORKING, visible_button


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
