"""Questions and answers as a person meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.domain.answers import FinishReason, Timings, Usage
from desktop_app.domain.conversations import Answer, AnswerFailure, AnswerState, AskOptions, Turn
from desktop_app.domain.errors import ErrorCode
from desktop_app.ui.conversation.action_row import ActionRow
from desktop_app.ui.conversation.answer_bubble import AnswerBubble
from desktop_app.ui.conversation.answer_words import AnswerWords
from desktop_app.ui.conversation.failure_part import FailurePart
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.reasoning_part import ReasoningPart
from desktop_app.ui.conversation.turn_widget import TurnWidget
from desktop_app.ui.theme.theme import Theme
from tests.ui.finding import part

Make = Callable[..., Answer]


def shown_words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def button(widget: QWidget, name: str) -> QAbstractButton:
    for row in widget.findChildren(ActionRow):
        # The pointer comes near.
        around = row.parent()
        assert around is not None
        QApplication.sendEvent(around, QEnterEvent(QPointF(), QPointF(), QPointF()))
    for found in widget.findChildren(QAbstractButton):
        if found.accessibleName() == name:
            return found
    raise AssertionError(f"no button {name!r}")


@pytest.fixture
def bubble_of(
    qtbot: QtBot, theme: Theme, parser: MarkdownParser, formulas: Formulas
) -> Callable[[Answer], AnswerBubble]:
    def make(answer: Answer) -> AnswerBubble:
        bubble = AnswerBubble(theme, parser, formulas, answer)
        qtbot.addWidget(bubble)
        bubble.resize(360, 200)
        bubble.show()
        return bubble

    return make


def test_figures_are_told_in_words(qapp: object, make_answer: Make) -> None:
    words = AnswerWords()
    assert words.figures(make_answer()) == "Qwen2-VL-7B · 312 in, 96 out · first word 0.4 s · 71 tokens/s"
    assert words.sent(make_answer()) == "Sent: 4032 × 3024 → 1316 × 988, 1222 image tokens, 238 KB JPEG"
    bare = make_answer(usage=None, timings=Timings(None, 2.0), pictures=())
    assert words.figures(bare) == "Qwen2-VL-7B · 2.0 s"
    assert words.sent(bare) == ""
    assert "1 out" in words.figures(make_answer(usage=Usage(5, 1)))


def test_the_reader_is_named_as_what_it_is(qapp: object, make_answer: Make) -> None:
    words = AnswerWords()
    read = make_answer()
    here = replace(read.pictures[0], sent_bytes=0)
    said = words.figures(replace(read, model="built-in reader", usage=None, pictures=(here,)))
    assert said.startswith("built-in reader: text in the picture, no vision model · ")


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"finish": FinishReason.LENGTH}, "length limit"),
        ({"state": AnswerState.STOPPED}, "What arrived is kept"),
        ({"state": AnswerState.STOPPED, "text": ""}, "before anything arrived"),
        ({"state": AnswerState.INTERRUPTED}, "Lightdesk closed"),
        ({"text": " "}, "empty"),
    ],
)
def test_an_end_that_is_no_plain_end_is_told(
    make_answer: Make, bubble_of: Callable[[Answer], AnswerBubble], said: dict[str, object], word: str
) -> None:
    assert word in shown_words(bubble_of(make_answer(**said)))
    assert word not in shown_words(bubble_of(make_answer()))


def test_text_and_markdown_are_copied_each_as_it_is(
    make_answer: Make, bubble_of: Callable[[Answer], AnswerBubble]
) -> None:
    bubble = bubble_of(make_answer("**Heavy** rust"))
    button(bubble, "Copy as text").click()
    assert QGuiApplication.clipboard().text() == "Heavy rust"
    button(bubble, "Copy as Markdown").click()
    assert QGuiApplication.clipboard().text() == "**Heavy** rust"


def test_reasoning_is_folded_and_unfolds(
    qtbot: QtBot, make_answer: Make, bubble_of: Callable[[Answer], AnswerBubble]
) -> None:
    bubble = bubble_of(make_answer(reasoning="First the flange."))
    fold = button(bubble, "Show the model's reasoning")
    reasoning = part(bubble, ReasoningPart).text
    assert not reasoning.isVisible()
    QTest.keyClick(fold, Qt.Key.Key_Space)
    assert reasoning.isVisible()
    assert reasoning.toPlainText() == "First the flange."
    assert "flange" not in bubble.text.toPlainText()


def test_a_streaming_answer_waits_thinks_and_grows(
    qtbot: QtBot, make_answer: Make, bubble_of: Callable[[Answer], AnswerBubble]
) -> None:
    streaming = make_answer("", state=AnswerState.STREAMING, usage=None, timings=None, finish=None)
    bubble = bubble_of(streaming)
    assert "Waiting for the first word" in shown_words(bubble)
    bubble.grow("", "Let me see.")
    assert button(bubble, "Show the model's reasoning").text() == "Thinking…"
    bubble.grow("A circle", "")
    qtbot.waitUntil(lambda: bubble.text.toPlainText() == "A circle")
    assert "Waiting" not in shown_words(bubble)
    bubble.show_answer(replace(make_answer("A circle."), reasoning="Let me see."))
    assert button(bubble, "Show the model's reasoning").text() == "Thought for 1 s"
    assert "71 tokens/s" in shown_words(bubble)


def test_a_failure_is_told_with_its_remedy(
    qtbot: QtBot, make_answer: Make, bubble_of: Callable[[Answer], AnswerBubble]
) -> None:
    failure = AnswerFailure(ErrorCode.SERVER_BROKE_OFF, (("server", "gpu-box:8000"),), "reset")
    bubble = bubble_of(make_answer("half", state=AnswerState.FAILED, failure=failure))
    assert "gpu-box:8000 was lost" in shown_words(bubble)
    assert bubble.text.toPlainText() == "half"
    remedy = button(part(bubble, FailurePart), "Ask again")
    with qtbot.waitSignal(bubble.ask_again_requested):
        remedy.click()


def test_a_failure_mended_in_the_settings_leads_there(
    qtbot: QtBot, make_answer: Make, bubble_of: Callable[[Answer], AnswerBubble]
) -> None:
    failure = AnswerFailure(ErrorCode.SERVER_KEY, (("server", "gpu-box:8000"),))
    bubble = bubble_of(make_answer("", state=AnswerState.FAILED, failure=failure))
    with qtbot.waitSignal(bubble.settings_requested):
        button(bubble, "Server settings…").click()
    busy = AnswerFailure(ErrorCode.SERVER_BUSY, (("server", "gpu-box:8000"),))
    bubble.show_answer(make_answer("", state=AnswerState.FAILED, failure=busy))
    assert not button(bubble, "Server settings…").isVisible()


def test_too_many_pictures_offers_groups(
    qtbot: QtBot, make_answer: Make, bubble_of: Callable[[Answer], AnswerBubble]
) -> None:
    failure = AnswerFailure(ErrorCode.SERVER_TOO_MANY_PICTURES, (("limit", 4),))
    bubble = bubble_of(make_answer("", state=AnswerState.FAILED, failure=failure))
    remedy = button(part(bubble, FailurePart), "Ask in groups of 4")
    with qtbot.waitSignal(bubble.groups_requested) as asked:
        remedy.click()
    assert asked.args == [4]


def test_a_newer_answer_comes_to_the_front_and_can_be_leafed_back(
    qtbot: QtBot, theme: Theme, parser: MarkdownParser, formulas: Formulas, make_answer: Make
) -> None:
    turn = Turn(7, "What?", AskOptions(), (make_answer("old"),))
    widget = TurnWidget(theme, parser, formulas, turn)
    qtbot.addWidget(widget)
    widget.show()
    shown: list[tuple[int, str]] = []
    widget.answer_shown.connect(lambda turn_id, answer: shown.append((turn_id, answer.text)))
    widget.show_turn(replace(turn, answers=(*turn.answers, make_answer("new", id=2))))
    assert widget.bubble is not None
    assert widget.bubble.text.toPlainText() == "new"
    assert "2 of 2" in shown_words(widget)
    button(widget, "Earlier answer").click()
    assert widget.bubble.text.toPlainText() == "old"
    assert "1 of 2" in shown_words(widget)
    assert shown == [(7, "new"), (7, "old")]


def test_a_question_offers_edit_and_delete(
    qtbot: QtBot, theme: Theme, parser: MarkdownParser, formulas: Formulas, make_answer: Make
) -> None:
    widget = TurnWidget(theme, parser, formulas, Turn(7, "What <b>is</b> it?", AskOptions(), ()))
    qtbot.addWidget(widget)
    widget.show()
    with qtbot.waitSignal(widget.edit_requested) as edit:
        button(widget, "Edit and ask again").click()
    assert edit.args == [7, "What <b>is</b> it?"]
    with qtbot.waitSignal(widget.delete_requested) as delete:
        button(widget, "Delete question and answer").click()
    assert delete.args == [7]
    button(widget, "Copy the question").click()
    assert QGuiApplication.clipboard().text() == "What <b>is</b> it?"


@pytest.mark.parametrize(
    ("key", "first"), [(Qt.Key.Key_Tab, "Copy as text"), (Qt.Key.Key_Backtab, "Delete question and answer")]
)
def test_small_actions_are_reached_by_keyboard_from_both_sides(
    qtbot: QtBot,
    make_answer: Make,
    theme: Theme,
    parser: MarkdownParser,
    formulas: Formulas,
    key: Qt.Key,
    first: str,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    before, after = QPushButton("before"), QPushButton("after")
    bubble = AnswerBubble(theme, parser, formulas, make_answer())
    for widget in (before, bubble, after):
        column.addWidget(widget)
    row = part(bubble, ActionRow)
    for one, two in ((before, bubble.text), (bubble.text, row), (row, after)):
        QWidget.setTabOrder(one, two)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    start = bubble.text if key == Qt.Key.Key_Tab else after
    start.setFocus()
    QTest.keyClick(start, key)
    names = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName() or getattr(focused, "text", str)())
        QTest.keyClick(focused, key)
    order = ["Copy as text", "Copy as Markdown", "Ask again", "Delete question and answer"]
    expected = [*order, "after"] if key == Qt.Key.Key_Tab else [*reversed(order), "Answer"]
    assert names == expected
    assert names[0] == first
