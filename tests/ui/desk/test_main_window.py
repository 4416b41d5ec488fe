"""The window's frame: what it says, what it remembers, how it closes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.intake import Incoming
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.theme.tokens import SIZES


def new_window(qapp: QApplication) -> tuple[MainWindow, list[QWidget]]:
    window = MainWindow(Theme(qapp, ThemeChoice.LIGHT))
    areas: list[QWidget] = [QWidget(), QLineEdit(), QWidget(), QToolButton(), QToolButton()]
    window.fill(*areas)
    window.show()
    return window, areas


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[tuple[MainWindow, list[QWidget]]]:
    window, areas = new_window(qapp)
    yield window, areas
    window.allow_closing()
    window.close()
    window.deleteLater()


def test_the_areas_take_their_places_and_can_be_hidden_and_restored(
    desk: tuple[MainWindow, list[QWidget]],
) -> None:
    window, (gallery, picture, conversation, *_) = desk
    assert gallery.isVisible()
    assert gallery.x() < picture.x() < conversation.x()
    window.actions_of_desk.show_gallery.trigger()
    assert not gallery.isVisible()
    window.actions_of_desk.show_gallery.trigger()
    assert gallery.isVisible()


def test_size_and_hidden_areas_come_back(
    desk: tuple[MainWindow, list[QWidget]], qapp: QApplication, tmp_path: Path
) -> None:
    window, _ = desk
    window.resize(700, 560)
    window.actions_of_desk.show_conversation.trigger()
    stored = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window.save_layout(stored)
    again = MainWindow(Theme(qapp, ThemeChoice.LIGHT))
    again.restore_layout(stored)
    areas: list[QWidget] = [QWidget(), QWidget(), QWidget(), QToolButton(), QToolButton()]
    again.fill(*areas)
    again.show()
    assert (again.width(), again.height()) == (700, 560)
    assert areas[0].isVisible()
    assert not areas[2].isVisible()
    assert not again.actions_of_desk.show_conversation.isChecked()
    again.allow_closing()
    again.close()
    again.deleteLater()


def test_closing_only_asks_and_is_remembered(desk: tuple[MainWindow, list[QWidget]], qtbot: QtBot) -> None:
    window, _ = desk
    with qtbot.waitSignal(window.close_requested):
        window.close()
    assert window.isVisible()
    assert window.is_close_wanted


def test_an_error_is_told_across_the_desk_from_any_thread(
    desk: tuple[MainWindow, list[QWidget]], qtbot: QtBot
) -> None:
    window, _ = desk
    assert window.notice_text() == ""
    window.trouble.emit(AppError(ErrorCode.DISK_FULL))
    assert window.notice_text() == "The disk is full."


def test_folder_and_position_are_named(desk: tuple[MainWindow, list[QWidget]]) -> None:
    window, _ = desk
    window.show_folder(Path("/surveys/bridge/span 4"))
    assert window.windowTitle().startswith("span 4")
    window.status.show_position(3, 1284)
    assert "3 of 1,284" in [
        label.text() for label in window.statusBar().findChildren(QWidget) if hasattr(label, "text")
    ]


def test_names_of_folders_and_models_are_shown_word_for_word(desk: tuple[MainWindow, list[QWidget]]) -> None:
    window, _ = desk
    window.show_folder(Path("/surveys/<b>span</b> 4"))
    window.status.show_state("<b>qwen2-vl</b>")
    shown = [label for label in window.findChildren(QLabel) if "<b>" in label.text()]
    assert len(shown) == 2
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in shown)


def test_letters_that_are_shortcuts_can_be_typed(
    desk: tuple[MainWindow, list[QWidget]], qtbot: QtBot
) -> None:
    window, (_, box, *_) = desk
    assert isinstance(box, QLineEdit)
    pressed: list[str] = []
    window.actions_of_desk.filter.triggered.connect(lambda: pressed.append("/"))
    window.actions_of_desk.shortcuts.triggered.connect(lambda: pressed.append("?"))
    box.setFocus()
    QTest.keyClicks(box, "a/b?")
    assert box.text() == "a/b?"
    assert pressed == []


def test_every_button_of_the_bar_has_a_name(desk: tuple[MainWindow, list[QWidget]]) -> None:
    window, areas = desk
    buttons = [
        button for button in window.findChildren(QToolButton) if button not in areas and button.isVisible()
    ]
    assert buttons
    assert all(button.accessibleName() for button in buttons)


def test_no_two_actions_share_a_shortcut(desk: tuple[MainWindow, list[QWidget]]) -> None:
    window, _ = desk
    keys = [
        action.shortcut().toString()
        for action in window.actions_of_desk.all()
        if not action.shortcut().isEmpty()
    ]
    assert len(keys) == len(set(keys))


def test_the_words_beside_an_icon_do_not_touch_it(desk: tuple[MainWindow, list[QWidget]]) -> None:
    button = next(
        button for button in desk[0].findChildren(QToolButton) if button.accessibleName() == "Open folder"
    )
    picture = button.grab().toImage()
    ground = picture.pixel(4, picture.height() // 2)
    inside = range(4, picture.height() - 4)
    inked = [any(picture.pixel(x, y) != ground for y in inside) for x in range(4, picture.width() - 4)]
    first = inked.index(True)
    gap = inked.index(True, first + SIZES.icon) - (first + SIZES.icon)
    assert gap >= SIZES.unit


def drag_to(window: MainWindow, area: QWidget) -> bool:
    """A picture file from another program onto the middle of an area; whether it may be dropped there."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/pictures/a.png")])
    place = area.mapTo(window, area.rect().center())
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(place, copy, mime, left, none),
        QDragMoveEvent(place, copy, mime, left, none),
        QDropEvent(QPointF(place), copy, mime, left, none),
    ):
        QApplication.sendEvent(window, event)
        if not event.isAccepted():
            return False
    return True


def test_pictures_can_be_dropped_on_every_area(desk: tuple[MainWindow, list[QWidget]]) -> None:
    window, (gallery, picture, conversation, *_) = desk
    taken: list[tuple[Incoming, bool]] = []
    window.when_dropped(lambda incoming, on_conversation: taken.append((incoming, on_conversation)))
    for area in (gallery, picture, conversation):
        assert drag_to(window, area)
    assert [on_conversation for _, on_conversation in taken] == [False, False, True]
    assert {incoming.paths for incoming, _ in taken} == {(Path("/pictures/a.png"),)}


def test_words_about_a_drop_go_with_the_next_one_but_errors_stay(
    desk: tuple[MainWindow, list[QWidget]],
) -> None:
    window, _ = desk
    names = ("notes.txt", "plan.pdf")
    refused = [AppError(ErrorCode.PICTURE_UNKNOWN_FORMAT, name=name) for name in names]
    window.show_refused(refused[:1])
    assert window.notice_text() == "notes.txt is not a picture that Lightdesk can open."
    window.show_refused(refused)
    assert (
        window.notice_text() == "2 things were not taken. notes.txt is not a picture that Lightdesk can open."
    )
    window.show_nothing_pasted()
    assert window.notice_text() == "There is no picture on the clipboard."
    window.show_refused(())
    assert window.notice_text() == ""
    window.show_error(AppError(ErrorCode.DISK_FULL))
    window.show_refused(())
    assert window.notice_text()


def test_what_the_picture_area_offers_is_in_the_view_menu(qapp: QApplication) -> None:
    window = MainWindow(Theme(qapp, ThemeChoice.LIGHT))
    picture = QWidget()
    picture.addAction("Zoom in")
    window.fill(QWidget(), picture, QWidget(), QToolButton(), QToolButton())
    menu = window.menuBar().actions()[1].menu()
    assert isinstance(menu, QMenu)
    assert "Zoom in" in [action.text() for action in menu.actions()]
    window.allow_closing()
    window.close()
    window.deleteLater()


def test_a_larger_window_gives_its_room_to_the_picture(desk: tuple[MainWindow, list[QWidget]]) -> None:
    window, (gallery, picture, conversation, *_) = desk
    before = (gallery.width(), picture.width(), conversation.width())
    window.resize(window.width() + 500, window.height())
    QApplication.processEvents()
    assert (gallery.width(), picture.width(), conversation.width()) == (before[0], before[1] + 500, before[2])
