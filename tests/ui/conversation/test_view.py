"""The whole pane: what a person sees, and that it stays calm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.conversations import Answer, AnswerState, AskOptions, Turn
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Raster
from desktop_app.ui.conversation.thread_view import SHOWN_TURNS
from desktop_app.ui.conversation.turn_widget import TurnWidget
from desktop_app.ui.conversation.view import ConversationView
from desktop_app.ui.theme.theme import Theme
from tests.ui.conversation.conftest import PICTURES
from tests.ui.finding import next_to_focus, part

Make = Callable[..., Answer]
LONG = "Words that fill a line or two of the answer, and then some more.\n\n" * 12


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[ConversationView]:
    widget = ConversationView(theme)
    qtbot.addWidget(widget)
    widget.resize(380, 600)
    widget.show()
    widget.show_pictures(PICTURES[:1])
    yield widget
    widget.close_workers()


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {one.text(): one for one in widget.findChildren(QPushButton) if one.isVisible()}


def turns(make_answer: Make, count: int, text: str = LONG) -> list[Turn]:
    return [
        Turn(number, f"Question {number}?", AskOptions(), (make_answer(text, id=number),))
        for number in range(1, count + 1)
    ]


def test_the_empty_pane_teaches(qtbot: QtBot, view: ConversationView) -> None:
    view.show_source(has_server=False)
    assert "built-in reader" in words(view)
    with qtbot.waitSignal(view.connect_requested):
        buttons(view)["Connect to a server"].click()
    with qtbot.waitSignal(view.draft_changed) as drafted:
        buttons(view)["What is in this picture?"].click()
    assert drafted.args == ["What is in this picture?"]
    view.show_source(has_server=True)
    assert "built-in reader" not in words(view)
    view.show_pictures(())
    assert "What is in this picture?" not in buttons(view)


def test_the_header_names_the_picture(view: ConversationView) -> None:
    assert view._head.title.accessibleName() == "Picture 1: girder 1.jpg"
    view.show_pictures(PICTURES[:3])
    assert view._head.title.accessibleName() == "3 pictures: girder 1.jpg and others"


def test_it_opens_at_the_end_and_follows_while_the_reader_is_there(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    shown = turns(make_answer, 2)
    view.show_turns(shown, begin_anew=True)
    bar = view._thread.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    before = bar.maximum()
    streaming = make_answer("Begin", id=9, state=AnswerState.STREAMING)
    view.show_turns([*shown, Turn(3, "More?", AskOptions(), (streaming,))], begin_anew=False)
    view.grow(3, 9, "\n\n" + LONG, "")
    qtbot.waitUntil(lambda: bar.maximum() > before + 100 and bar.value() == bar.maximum())


def test_a_reader_who_scrolled_up_is_left_in_peace(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    streaming = make_answer(LONG, state=AnswerState.STREAMING)
    view.show_turns([Turn(1, "Q?", AskOptions(), (streaming,))], begin_anew=True)
    bar = view._thread.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    bar.setValue(40)
    before = bar.maximum()
    view.grow(1, 1, LONG, "")
    qtbot.waitUntil(lambda: bar.maximum() > before)
    assert bar.value() == 40


def test_a_long_thread_shows_its_last_part_and_more_on_request(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    view.show_turns(turns(make_answer, SHOWN_TURNS + 5, "Short."), begin_anew=True)
    qtbot.waitUntil(lambda: not view._thread.is_filling)
    assert len(view.findChildren(TurnWidget)) == SHOWN_TURNS
    assert view._thread.widget_of(5) is None
    buttons(view)["Show older questions"].click()
    qtbot.waitUntil(lambda: not view._thread.is_filling)
    assert view._thread.widget_of(1) is not None
    assert "Show older questions" not in buttons(view)


def test_the_newest_turn_comes_first_and_the_view_stays_at_the_end(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    shown = turns(make_answer, 12, LONG + "\n\n" + LONG)
    view.show_turns(shown, begin_anew=True)
    thread = view._thread
    assert thread.widget_of(12) is not None
    assert thread.is_filling
    assert thread.widget_of(1) is None
    qtbot.waitUntil(lambda: not thread.is_filling)
    assert [widget.turn_id for widget in thread.widgets()] == list(range(1, 13))
    column = thread._column
    places = [column.indexOf(widget) for widget in thread.widgets()]
    assert places == sorted(places)
    bar = thread.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    newest, inner = thread.widget_of(12), thread.widget()
    assert newest is not None
    assert inner is not None
    assert inner.height() - newest.geometry().bottom() < 20


def test_turns_that_come_above_do_not_move_what_is_read(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    view.show_turns(turns(make_answer, 12, LONG + "\n\n" + LONG), begin_anew=True)
    thread, bar = view._thread, view._thread.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    assert thread.is_filling
    bar.setValue(bar.maximum() - 150)
    newest = thread.widget_of(12)
    assert newest is not None
    top = newest.mapTo(view, QPoint(0, 0)).y()
    qtbot.waitUntil(lambda: not thread.is_filling)
    qtbot.wait(20)
    assert newest.mapTo(view, QPoint(0, 0)).y() == top


def test_an_answer_grows_while_its_turn_waits_for_its_widget(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    streaming = make_answer("One", id=99, state=AnswerState.STREAMING, finish=None)
    shown = turns(make_answer, 8)
    shown[0] = replace(shown[0], answers=(*shown[0].answers, streaming))
    view.show_turns(shown, begin_anew=True)
    assert view._thread.widget_of(1) is None
    view.grow(1, 99, " two", "")
    view.grow(8, shown[7].answers[-1].id, " more", "")
    qtbot.waitUntil(lambda: view._thread.widget_of(1) is not None)
    view.grow(1, 99, " three", "")
    widget = view._thread.widget_of(1)
    assert widget is not None
    assert widget.bubble is not None
    assert widget.bubble.answer.text == "One two three"
    qtbot.waitUntil(lambda: not view._thread.is_filling)


def test_removed_turns_go_and_restored_ones_come_back_in_place(
    view: ConversationView, make_answer: Make
) -> None:
    shown = turns(make_answer, 3, "Short.")
    view.show_turns(shown, begin_anew=True)
    kept = view._thread.widget_of(3)
    view.show_turns([shown[0], shown[2]], begin_anew=False)
    assert view._thread.widget_of(2) is None
    view.show_turns(shown, begin_anew=False)
    assert view._thread.widget_of(3) is kept
    column = view._thread._column
    order = [column.indexOf(widget) for widget in view._thread.widgets()]
    assert order == sorted(order)


def test_undo_is_offered(qtbot: QtBot, view: ConversationView) -> None:
    view.show_undo(2)
    assert "2 questions and answers deleted." in words(view)
    with qtbot.waitSignal(view.undo_requested):
        buttons(view)["Undo"].click()
    view.show_undo(0)
    assert "Undo" not in buttons(view)


def test_an_error_of_the_conversation_is_told(view: ConversationView) -> None:
    view.show_error(AppError(ErrorCode.DISK_FULL))
    assert "The disk is full." in words(view)
    view.show_pictures(PICTURES[1:2])
    assert "The disk is full." not in words(view)


def test_a_link_is_opened_only_after_agreeing(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    view.show_turns(
        [Turn(1, "Q?", AskOptions(), (make_answer("[x](https://example.org/a)"),))], begin_anew=True
    )
    widget = view._thread.widget_of(1)
    assert widget is not None
    agreed: list[str] = []
    view.link_agreed.connect(agreed.append)

    def press(name: str) -> QMessageBox:
        widget.link_clicked.emit("https://example.org/a")
        box = part(view, QMessageBox)
        assert box.informativeText() == "https://example.org/a"
        next(one for one in box.buttons() if one.text().replace("&", "") == name).click()
        qtbot.wait(10)
        return box

    press("Cancel")
    assert agreed == []
    press("Copy address")
    assert (agreed, QGuiApplication.clipboard().text()) == ([], "https://example.org/a")
    press("Open")
    assert agreed == ["https://example.org/a"]


def test_a_link_of_another_kind_is_never_opened(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    view.show_turns(turns(make_answer, 1), begin_anew=True)
    widget = view._thread.widget_of(1)
    assert widget is not None
    widget.link_clicked.emit("smb://server/share")
    box = part(view, QMessageBox)
    assert "Open" not in [one.text().replace("&", "") for one in box.buttons()]
    box.close()


def test_every_button_can_be_named_and_reached(view: ConversationView, make_answer: Make) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractButton

    view.show_turns(turns(make_answer, 1, "```\ncode\n```"), begin_anew=True)
    view.set_thumbnail(PICTURES[0].path, Raster(Size(1, 1), b"\0\0\0"))
    nameless = [
        one
        for one in view.findChildren(QAbstractButton)
        if not (one.accessibleName() or one.text()) and one.isVisible()
    ]
    assert nameless == []
    stuck = [
        one.accessibleName()
        for one in view.findChildren(QAbstractButton)
        if one.isVisible()
        and one.focusPolicy() == Qt.FocusPolicy.NoFocus
        and one.accessibleName() != "Copy this code"
    ]
    assert stuck == []


def test_tab_goes_through_the_thread_and_the_pictures_before_the_question(
    qtbot: QtBot, view: ConversationView, make_answer: Make
) -> None:
    view.show_turns(turns(make_answer, 1), begin_anew=True)
    view.show_turns(turns(make_answer, 2), begin_anew=False)
    view.show_pictures(PICTURES[:2])
    qtbot.waitUntil(lambda: not view._thread.is_filling)
    passed = tab_stops(view)
    start = passed.index("Start a new conversation")
    actions = "What can be done with it"
    in_order = [
        *(actions, "Answer", actions) * 2,
        "Picture 1: girder 1.jpg",
        "Picture 2: girder 2.jpg",
        "Add pictures to the question",
        "Question",
    ]
    wanted = [name for name in passed[start:] if name in set(in_order)]
    # The box for the question and each question asked have the same name; only the box comes last.
    assert [name for name in wanted if name != "Question"] == in_order[:-1]
    assert wanted[-1] == "Question"


def test_pictures_that_stay_say_so(view: ConversationView) -> None:
    view.set_pinned(True)
    assert "Kept" in [button.text() for button in view.findChildren(QToolButton)]
    view.set_pinned(False)
    assert "Kept" not in [button.text() for button in view.findChildren(QToolButton)]


def tab_stops(view: QWidget) -> list[str]:
    """Names of what Tab would reach from the pane's beginning, once around."""
    names, widget = [], next_to_focus(view)
    while widget is not view:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(view):
            names.append(widget.accessibleName())
        widget = next_to_focus(widget)
    return names


def test_groups_are_led_through(qtbot: QtBot, view: ConversationView) -> None:
    view.show_groups(2, 2, 5)
    assert "Group 2 of 2" in words(view)
    named = {button.accessibleName(): button for button in view.findChildren(QAbstractButton)}
    assert not named["Next group"].isEnabled()
    for name, number in (("Earlier group", 1), ("All 5 pictures", 0)):
        with qtbot.waitSignal(view.group_chosen) as told:
            named[name].click()
        assert told.args == [number]
    view.show_groups(0, 2, 5)
    assert "Asked in 2 groups" in words(view)
    assert not named["All 5 pictures"].isVisible()
    view.show_groups(0, 0, 5)
    assert "groups" not in words(view)
