"""The error notice as a person meets it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice
from tests.ui.finding import part


@pytest.fixture
def notice(qapp: QApplication, qtbot: QtBot) -> ErrorNotice:
    widget = ErrorNotice(Theme(qapp))
    qtbot.addWidget(widget)
    widget.resize(420, 300)
    widget.show()
    return widget


def shown_texts(notice: ErrorNotice) -> list[str]:
    return [label.text() for label in notice.findChildren(QLabel) if label.isVisible() and label.text()]


def test_it_says_what_happened_and_what_to_do(notice: ErrorNotice) -> None:
    notice.show_error(AppError(ErrorCode.PICTURE_BROKEN, name="<b>x</b>.jpg"))
    assert shown_texts(notice) == [
        "The picture <b>x</b>.jpg is damaged.",
        "Copy it again from where it came from.",
    ]
    assert not part(notice, QToolButton).isVisible()
    assert notice.accessibleName() == "The picture <b>x</b>.jpg is damaged."


def test_details_open_with_the_keyboard_and_can_be_copied(notice: ErrorNotice, qtbot: QtBot) -> None:
    notice.show_error(AppError(ErrorCode.PICTURE_BROKEN, name="x.jpg", detail="bad huffman code"))
    detail = part(notice, QPlainTextEdit)
    assert not detail.isVisible()
    toggle = part(notice, QToolButton)
    toggle.setFocus()
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert detail.isVisible()
    assert detail.toPlainText() == "bad huffman code"
    copy = next(b for b in notice.findChildren(QPushButton) if b.text() == "Copy")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().endswith("bad huffman code")


def test_another_error_closes_the_details(notice: ErrorNotice) -> None:
    notice.show_error(AppError(ErrorCode.PICTURE_BROKEN, name="x.jpg", detail="one"))
    part(notice, QToolButton).setChecked(True)
    notice.show_error(AppError(ErrorCode.PICTURE_BROKEN, name="x.jpg", detail="one"))
    assert part(notice, QPlainTextEdit).isVisible()
    notice.show_error(AppError(ErrorCode.PICTURE_BROKEN, name="y.jpg", detail="two"))
    assert not part(notice, QPlainTextEdit).isVisible()


def test_the_action_is_offered_only_when_there_is_one(notice: ErrorNotice, qtbot: QtBot) -> None:
    notice.show_error(AppError(ErrorCode.SERVER_REFUSED, server="gpu-box:8000"), action="Try again")
    button = next(b for b in notice.findChildren(QPushButton) if b.text() == "Try again")
    with qtbot.waitSignal(notice.action_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    notice.show_error(AppError(ErrorCode.SERVER_REFUSED, server="gpu-box:8000"))
    assert not button.isVisible()


def test_where_there_is_little_room_it_takes_one_line_and_tells_the_advice_in_its_tip(
    notice: ErrorNotice,
) -> None:
    notice.resize(900, 300)
    notice.show_error(AppError(ErrorCode.PICTURE_BROKEN, name="x.jpg", detail="bad huffman code"), "Retry")
    whole = notice.sizeHint().height()
    notice.set_low(True)
    QApplication.processEvents()
    assert notice.sizeHint().height() < whole / 1.5
    assert shown_texts(notice) == ["The picture x.jpg is damaged."]
    assert notice.findChildren(QLabel)[1].toolTip() == "Copy it again from where it came from."
    part(notice, QToolButton).setChecked(True)
    QApplication.processEvents()
    detail = part(notice, QPlainTextEdit)
    assert detail.y() > notice.findChildren(QLabel)[1].geometry().bottom()
    notice.set_low(False)
    QApplication.processEvents()
    assert shown_texts(notice)[1] == "Copy it again from where it came from."
    assert notice.findChildren(QLabel)[1].toolTip() == ""
