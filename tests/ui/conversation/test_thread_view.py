"""The answer of a run and the thread below it are read in one: what is in view, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.conversations import Answer, AnswerState, AskOptions, Turn
from desktop_app.domain.forms.form import Form, FormField, Places, YesNo
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.conversation.answer_bubble import AnswerBubble
from desktop_app.ui.conversation.protocols import RUN_ANSWER
from desktop_app.ui.conversation.thread_view import ThreadView
from desktop_app.ui.conversation.view import ConversationView
from desktop_app.ui.theme.theme import Theme
from tests.fakes.made_runs import answer
from tests.ui.conversation.made_run_answer import told
from tests.ui.finding import part


def thread_of(view: ConversationView) -> ThreadView:
    return part(view, ThreadView)


def is_in_view(view: ConversationView, widget: QWidget) -> bool:
    viewport = thread_of(view).viewport()
    return viewport.rect().contains(widget.rect().translated(widget.mapTo(viewport, QPoint(0, 0))))


def turn(number: int, words: str = "Rusty, and more of it. " * 20) -> Turn:
    said = Answer(number, AnswerState.DONE, datetime.now(UTC), words)
    return Turn(number, f"Question {number}?", AskOptions(), (said,))


def long_form(fields: int = 40) -> RunAnswer:
    return told(
        Form("Long", tuple(FormField(f"f{n}", f"Field {n}", YesNo(), required=False) for n in range(fields)))
    )


def test_a_thread_begins_with_the_runs_answer_and_goes_to_its_end_for_a_new_question(
    view: ConversationView, qtbot: QtBot
) -> None:
    view.show_run_answer(long_form())
    view.show_turns([turn(number) for number in range(1, 13)], begin_anew=True)
    bar = thread_of(view).verticalScrollBar()
    qtbot.waitUntil(lambda: not thread_of(view).is_filling and bar.maximum() > 0)
    assert bar.value() == 0
    assert is_in_view(view, view.run_card.ask)
    view.show_turns([turn(number) for number in range(1, 14)], begin_anew=False)
    qtbot.waitUntil(lambda: not thread_of(view).is_filling and bar.value() == bar.maximum())
    assert not is_in_view(view, view.run_card.ask)


def test_a_long_form_without_a_thread_is_seen_from_its_beginning(
    view: ConversationView, qtbot: QtBot
) -> None:
    view.show_turns([], begin_anew=True)
    view.show_run_answer(long_form())
    bar = thread_of(view).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert is_in_view(view, view.run_card.ask)


def test_the_answer_of_a_run_that_is_opened_comes_into_view_and_its_changes_move_nothing(
    view: ConversationView, qtbot: QtBot
) -> None:
    view.show_turns([turn(1), turn(2), turn(3)], begin_anew=True)
    bar = thread_of(view).verticalScrollBar()
    qtbot.waitUntil(lambda: not thread_of(view).is_filling and bar.value() == bar.maximum() > 0)
    view.show_run_answer(told())
    qtbot.waitUntil(lambda: is_in_view(view, view.run_card.ask))
    bar.setValue(bar.maximum())
    view.show_run_answer(told(edited={"bolts": 6}))
    QApplication.processEvents()
    assert bar.value() == bar.maximum()


def test_a_box_that_is_pointed_at_is_looked_for_only_while_the_runs_answer_is_read(
    view: ConversationView, qtbot: QtBot
) -> None:
    places: dict[str, CellValue] = {"where": [[n, n, n + 1, n + 1] for n in range(60)]}
    view.show_run_answer(
        told(Form("Many", (FormField("where", "Where", Places()),)), answer=answer(values=places))
    )
    view.show_turns([turn(1), turn(2), turn(3)], begin_anew=True)
    bar = thread_of(view).verticalScrollBar()
    qtbot.waitUntil(lambda: not thread_of(view).is_filling and bar.maximum() > view.height())
    view.highlight_evidence(RUN_ANSWER, 50)
    assert is_in_view(view, view.run_card.fields.marks[50])
    bar.setValue(bar.maximum())
    view.highlight_evidence(RUN_ANSWER, 2)
    assert bar.value() == bar.maximum()


def test_in_a_low_pane_an_answer_can_be_read_and_one_can_still_ask(view: ConversationView) -> None:
    view.show_run_answer(told())
    view.show_turns([turn(1, "Yes.\n\nIt is.")], begin_anew=True)
    view.resize(260, view.minimumSizeHint().height())
    QApplication.processEvents()
    thread = thread_of(view)
    assert is_in_view(view, view.run_card.ask)
    answered = part(thread, AnswerBubble)
    thread.follow()
    QApplication.processEvents()
    seen = answered.text.visibleRegion().boundingRect()
    assert seen.bottom() == answered.text.rect().bottom()
    assert seen.height() >= answered.text.fontMetrics().height()


class _Resized(QObject):
    """Counts how often a widget was given another size."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Resize
        return False


def test_an_answer_that_grows_leaves_the_turns_above_it_as_they_are(
    view: ConversationView, qtbot: QtBot
) -> None:
    live = Turn(2, "More?", AskOptions(), (Answer(2, AnswerState.STREAMING, datetime.now(UTC), ""),))
    view.show_turns([turn(1, "Rusty.\n\n" * 60), live], begin_anew=True)
    qtbot.waitUntil(lambda: not thread_of(view).is_filling)
    first, growing = thread_of(view).widgets()
    resized = _Resized(first)
    heights = [growing.height()]
    while len(heights) < 6:
        view.grow(2, 2, f"Line {len(heights)}\n\n", "")
        qtbot.waitUntil(lambda: growing.height() > heights[-1])
        heights.append(growing.height())
    assert resized.count == 0


def on_screen(view: ConversationView) -> QImage:
    """The pixels of the window as they are now, nothing painted for it."""
    shown = view.screen().grabWindow(view.winId()).toImage()
    return shown.convertToFormat(QImage.Format.Format_RGB32)


def painted_anew(view: ConversationView) -> QImage:
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_what_stays_on_the_screen_while_an_answer_grows_is_what_would_be_painted_anew(
    view: ConversationView, qtbot: QtBot, theme: Theme
) -> None:
    live = Turn(2, "More?", AskOptions(), (Answer(2, AnswerState.STREAMING, datetime.now(UTC), ""),))
    view.show_turns([turn(1), turn(3), live], begin_anew=True)
    bar = thread_of(view).verticalScrollBar()

    def is_right() -> bool:
        return not thread_of(view).is_filling and on_screen(view) == painted_anew(view)

    steps: list[Callable[[], object]] = [
        lambda: view.grow(2, 2, "Rust on the **lower** flange. " * 12, ""),
        lambda: view.grow(2, 2, "\n\n| Part | State |\n|---|---|\n| Web | fine |\n", ""),
        lambda: bar.setValue(bar.maximum() // 2),
        lambda: view.resize(360, 700),
        lambda: view.grow(2, 2, "| Flange | bad |\n\nand more.\n\n" * 6, ""),
        lambda: view.resize(480, 900),
        lambda: view.show_run_answer(told()),
        lambda: bar.setValue(bar.maximum()),
        lambda: theme.choose(ThemeChoice.DARK),
        lambda: view.show_turns([turn(1), live], begin_anew=False),
    ]
    seen = [painted_anew(view)]
    for step in steps:
        step()
        qtbot.waitUntil(lambda: painted_anew(view) != seen[-1])
        qtbot.waitUntil(is_right)
        seen.append(painted_anew(view))
