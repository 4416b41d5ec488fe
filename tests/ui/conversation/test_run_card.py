"""The answer of a run above the thread, and the question that goes along with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import CellValue, ProblemKind
from desktop_app.domain.runs.run import ItemState
from desktop_app.ui.conversation.answer_text import AnswerText
from desktop_app.ui.conversation.protocols import RUN_ANSWER
from desktop_app.ui.conversation.question_box import QuestionBox
from desktop_app.ui.conversation.view import ConversationView
from desktop_app.ui.widgets.error_notice import ErrorNotice
from tests.fakes.made_runs import answer
from tests.ui.conversation.conftest import PICTURES
from tests.ui.conversation.made_run_answer import told
from tests.ui.finding import part


def test_there_is_no_card_without_a_run(view: ConversationView) -> None:
    assert view.run_card.isHidden()
    view.show_run_answer(told())
    assert view.run_card.isVisible()
    view.show_run_answer(None)
    assert view.run_card.isHidden()


def test_fields_stand_with_value_confidence_and_what_a_person_changed(view: ConversationView) -> None:
    view.show_run_answer(told(edited={"bolts": 6}))
    assert view.run_card.fields.rows == [
        ("Rust", "yes", "62 % sure"),
        ("Where", "left 1, top 2, right 30, bottom 40\nleft 5, top 6, right 50, bottom 60", ""),
        ("Bolts", "6 pcs", "Set by hand. The vision model answered: 4 pcs"),
        ("Cracks", "left 7, top 8, right 9, bottom 10", ""),
    ]
    assert "Survey" in view.run_card.accessibleName()


def test_a_field_without_a_valid_value_says_why(view: ConversationView) -> None:
    broken = replace(
        answer(values={"rust": True}), problems=(FieldProblem("bolts", ProblemKind.OUT_OF_RANGE),)
    )
    view.show_run_answer(told(answer=broken))
    assert view.run_card.fields.rows[2][1] == "The number is outside the range of the form."


@pytest.mark.parametrize(
    ("state", "words"), [(ItemState.QUEUED, "Not asked yet."), (ItemState.ASKING, "Being asked now…")]
)
def test_a_picture_that_was_not_answered_says_how_it_stands(
    view: ConversationView, state: ItemState, words: str
) -> None:
    view.show_run_answer(told(state=state, answer=None))
    assert view.run_card.fields.state == words
    assert view.run_card.fields.rows == []
    assert not view.run_card.ask.isEnabled()


def test_a_failed_picture_says_why(view: ConversationView) -> None:
    failure = AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", "girder.jpg"),), "bad header")
    view.show_run_answer(told(state=ItemState.FAILED, answer=None, failure=failure))
    assert "girder.jpg" in view.run_card.fields.state
    notice = part(view.run_card, ErrorNotice)
    assert notice.report.detail == "bad header"
    view.show_run_answer(told())
    assert not notice.isVisible()


def test_boxes_are_numbered_through_all_fields_and_point_at_the_picture(
    view: ConversationView, qtbot: QtBot
) -> None:
    hovered: list[tuple[int, int]] = []
    chosen: list[tuple[int, int]] = []
    view.evidence_hovered.connect(lambda turn, index: hovered.append((turn, index)))
    view.evidence_clicked.connect(lambda turn, index: chosen.append((turn, index)))
    view.show_run_answer(told())
    marks = view.run_card.fields.marks
    assert [mark.index for mark in marks] == [0, 1, 2]
    enter = QEnterEvent(QPointF(2, 2), QPointF(2, 2), QPointF(2, 2))
    QApplication.sendEvent(marks[2], enter)
    QApplication.sendEvent(marks[2], QEvent(QEvent.Type.Leave))
    assert hovered == [(RUN_ANSWER, 2), (RUN_ANSWER, -1)]
    QTest.mouseClick(marks[1], Qt.MouseButton.LeftButton)
    assert chosen == [(RUN_ANSWER, 1)]


def test_the_box_that_is_pointed_at_on_the_picture_is_lit_up(view: ConversationView) -> None:
    view.show_run_answer(told())
    view.highlight_evidence(RUN_ANSWER, 1)
    assert [mark.property("pointed") for mark in view.run_card.fields.marks] == [False, True, False]
    view.highlight_evidence(7, 1)
    assert not any(mark.property("pointed") for mark in view.run_card.fields.marks)


def test_the_next_question_takes_the_runs_question_and_answer_along_once(view: ConversationView) -> None:
    asked: list[str] = []
    view.ask_requested.connect(asked.append)
    view.show_run_answer(told(edited={"bolts": 6}))
    QTest.mouseClick(view.run_card.ask, Qt.MouseButton.LeftButton)
    box = part(view, QuestionBox)
    assert box.hasFocus()
    for words in ("Why?", "Really?"):
        QTest.keyClicks(box, words)
        QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        view.set_draft("")
    first, second = asked
    assert first.endswith("\n\nWhy?")
    for words in ("Look at the girder.", "- Rust: yes", "- Bolts: 4 pcs (changed by a person to: 6 pcs)"):
        assert words in first
    assert second == "Really?"


def test_what_goes_along_is_left_out_with_escape_and_for_another_picture(view: ConversationView) -> None:
    asked: list[str] = []
    view.ask_requested.connect(asked.append)
    view.show_run_answer(told())
    box = part(view, QuestionBox)

    def ask(leave_out: Callable[[], object]) -> str:
        QTest.mouseClick(view.run_card.ask, Qt.MouseButton.LeftButton)
        leave_out()
        QTest.keyClicks(box, "Why?")
        QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        view.set_draft("")
        return asked[-1]

    assert ask(lambda: QTest.keyClick(box, Qt.Key.Key_Escape)) == "Why?"
    assert ask(lambda: view.show_pictures(PICTURES[1:2])) == "Why?"


def test_an_answer_in_plain_words_is_read_as_markdown(view: ConversationView, qtbot: QtBot) -> None:
    form = plain_form("What is this?")
    own = answer(values={"answer": "A **girder**."})
    view.show_run_answer(told(form, answer=own))
    assert view.run_card.fields.rows == [("", "A **girder**.", "")]
    qtbot.waitUntil(lambda: "A girder." in view.run_card.fields.plain_text())


def test_a_folded_card_stays_folded_for_the_next_picture(view: ConversationView, qtbot: QtBot) -> None:
    view.show_run_answer(told())
    card, least = view.run_card, view.run_card.fold.height()
    qtbot.waitUntil(lambda: card.height() > 4 * least)
    QTest.mouseClick(card.fold, Qt.MouseButton.LeftButton)
    view.show_run_answer(told(id=2))
    qtbot.waitUntil(lambda: card.height() < 2 * least)
    assert not card.ask.isVisible()


def test_in_a_narrow_pane_nothing_runs_out_of_the_card_at_the_side(view: ConversationView) -> None:
    boxes: dict[str, CellValue] = {"rust": True, "where": [[1000, 2000, 3000, 4000]]}
    view.show_run_answer(told(answer=answer(values=boxes)))
    view.resize(view.minimumSizeHint())
    QApplication.processEvents()
    area = view.run_card.fields.parentWidget()
    assert area is not None
    assert view.run_card.fields.width() <= area.width()


def test_places_named_in_plain_words_are_marks_that_answer_to_the_pointer(view: ConversationView) -> None:
    box = "<|object_ref_start|>rust<|object_ref_end|><|box_start|>(0,0),(500,500)<|box_end|>"
    said = told(plain_form("Rust?"), answer=answer(values={"answer": f"There is {box} here."}))
    view.show_run_answer(said)
    card = view.run_card
    assert card.fields.rows == [("", "There is rust here.", "")]
    assert [mark.label for mark in said.evidence] == ["rust"]
    heard: list[tuple[int, int]] = []
    view.evidence_hovered.connect(lambda turn, index: heard.append((turn, index)))
    text = part(card, AnswerText)
    text.finish_drawing()
    text.evidence_hovered.emit(0)
    assert heard == [(RUN_ANSWER, 0)]
    view.highlight_evidence(RUN_ANSWER, 0)
    lit = [one.cursor.selectedText() for one in text.extraSelections()]
    assert "rust" in lit
    view.highlight_evidence(RUN_ANSWER, None)
    assert text.extraSelections() == []
    quoted: list[str] = []
    card.quote_requested.connect(quoted.append)
    QTest.mouseClick(card.ask, Qt.MouseButton.LeftButton)
    assert quoted[0].endswith("It answered:\n\nThere is rust here.")


def test_the_question_is_quoted_as_this_picture_was_asked(view: ConversationView) -> None:
    asked: list[str] = []
    view.run_card.quote_requested.connect(asked.append)
    own = replace(answer(values={"answer": "Yes."}), asked="Was it rusty before: yes?")
    view.show_run_answer(told(plain_form("Was it rusty before: {{last year.rust}}?"), answer=own))
    QTest.mouseClick(view.run_card.ask, Qt.MouseButton.LeftButton)
    assert asked == [
        "A vision model was asked about this picture:\n\nWas it rusty before: yes?\n\nIt answered:\n\nYes."
    ]


def test_a_plain_answer_that_a_person_changed_says_so_and_is_quoted_as_both(view: ConversationView) -> None:
    asked: list[str] = []
    view.ask_requested.connect(asked.append)
    own = answer(values={"answer": "A girder."})
    view.show_run_answer(told(plain_form("What is this?"), answer=own, edited={"answer": "A beam."}))
    remark = "Set by hand. The vision model answered: A girder."
    assert view.run_card.fields.rows == [("", "A beam.", remark)]
    QTest.mouseClick(view.run_card.ask, Qt.MouseButton.LeftButton)
    box = part(view, QuestionBox)
    QTest.keyClicks(box, "Why?")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == [
        "A vision model was asked about this picture:\n\nWhat is this?\n\nIt answered:\n\nA girder."
        "\n\nA person changed this to:\n\nA beam.\n\nWhy?"
    ]
